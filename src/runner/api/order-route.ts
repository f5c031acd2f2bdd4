import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { BuildCreated, CreateBuild } from '../../domain/build.ts'
import type { BuildDesk } from '../builds/build-desk.ts'
import { ok, problems } from './router.ts'

const route = createRoute({
  method: 'post',
  path: '/v1/projects',
  summary: 'Order a build',
  description:
    'Takes in a plan whose hash was approved. Repeating the request with the same Idempotency-Key starts nothing and gives the same answer; another request under a used key is refused.',
  request: {
    headers: z.object({
      'idempotency-key': z.string().min(1).max(200).optional(),
    }),
    body: { required: true, content: { 'application/json': { schema: CreateBuild } } },
  },
  responses: {
    201: ok(BuildCreated, 'The build is on disk and will be carried out.'),
    ...problems(400, 401, 409, 413, 422, 429, 501, 503),
  },
})

/** Adds `POST /v1/projects`. */
export function orderRoute(app: OpenAPIHono, desk: BuildDesk): void {
  app.openapi(route, async (context) => {
    const { 'idempotency-key': key } = context.req.valid('header')
    return context.json(await desk.create(context.req.valid('json'), key), 201)
  })
}
