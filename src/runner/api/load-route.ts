import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { RunnerLoad } from '../../domain/build.ts'
import type { BuildDesk } from '../builds/build-desk.ts'
import { ok, problems } from './router.ts'

const route = createRoute({
  method: 'get',
  path: '/v1/runner',
  summary: 'Read how busy the builder is',
  description: 'Whoever knows several builders hands the next build to the least busy one.',
  responses: { 200: ok(RunnerLoad, 'Its load at this moment.'), ...problems(401) },
})

/** Adds `GET /v1/runner`. */
export function loadRoute(app: OpenAPIHono, desk: BuildDesk): void {
  app.openapi(route, (context) => context.json(desk.load(), 200))
}
