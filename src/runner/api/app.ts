import type { OpenAPIHono } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import { AppError, notFound } from '../../domain/errors.ts'
import type { Log } from '../../domain/log.ts'
import type { BuildDesk } from '../builds/build-desk.ts'
import { artifactRoute } from './artifact-route.ts'
import { requireKey } from './authorise.ts'
import { buildRoutes } from './build-routes.ts'
import { describeApi } from './describe.ts'
import { loadRoute } from './load-route.ts'
import { logRoutes } from './log-routes.ts'
import { orderRoute } from './order-route.ts'
import { answerErrors, problem } from './problem.ts'
import { makeRouter } from './router.ts'

const maxBodyBytes = 5 * 1024 * 1024

export interface AppOptions {
  desk: BuildDesk
  apiKey: string
  log: Log
}

const tooLarge = new AppError('body_too_large', 'The body may have 5 MiB at most.', { status: 413 })

/** The routes of the build API; everything but `/livez` and `/openapi.json` wants the key. */
export function createApp({ desk, apiKey, log }: AppOptions): OpenAPIHono {
  const app = makeRouter()
  app.onError(answerErrors(log))
  app.notFound(() => problem(notFound('address')))
  app.get('/livez', (context) => context.json({ status: 'ok' }))
  // Made once: it takes a while, needs no key, and describing adds to what is to be described.
  let description: ReturnType<typeof describeApi> | undefined
  app.get('/openapi.json', (context) => context.json((description ??= describeApi(app))))

  app.use('/v1/*', requireKey(apiKey))
  app.use('/v1/*', bodyLimit({ maxSize: maxBodyBytes, onError: () => problem(tooLarge) }))
  for (const add of [loadRoute, orderRoute, buildRoutes, logRoutes, artifactRoute]) add(app, desk)
  return app
}
