import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { AnswerBuild, BuildStatus, BuildWebhook } from '../../domain/build.ts'
import type { BuildDesk } from '../builds/build-desk.ts'
import { BuildParams, ok, problems } from './router.ts'

/** Where a page of events begins, and how long it may be. */
export const PageQuery = z.object({
  after: z.coerce
    .number()
    .int()
    .nonnegative()
    .max(Number.MAX_SAFE_INTEGER)
    .default(0)
    .openapi({ description: 'Only what has a higher sequence.' }),
  limit: z.coerce.number().int().min(1).max(1_000).default(1_000),
})

const read = createRoute({
  method: 'get',
  path: '/v1/builds/{id}',
  summary: 'Read a build',
  request: { params: BuildParams },
  responses: { 200: ok(BuildStatus, 'The build as it stands.'), ...problems(401, 404) },
})

const EventPage = z.object({ items: z.array(BuildWebhook) }).openapi('BuildEventPage')

const events = createRoute({
  method: 'get',
  path: '/v1/builds/{id}/events',
  summary: 'Read the events of a build',
  description:
    'The bodies of the webhooks, in order. An empty page means that there is nothing more yet.',
  request: { params: BuildParams, query: PageQuery },
  responses: { 200: ok(EventPage, 'The next events.'), ...problems(401, 404, 422) },
})

const cancel = createRoute({
  method: 'post',
  path: '/v1/builds/{id}/cancel',
  summary: 'Cancel a build',
  description:
    'Asks for its end; `build.cancelled` tells when it is over. A build that has ended stays as it is.',
  request: { params: BuildParams },
  responses: { 202: ok(BuildStatus, 'The build as it stands.'), ...problems(401, 404) },
})

const answer = createRoute({
  method: 'post',
  path: '/v1/builds/{id}/answer',
  summary: 'Answer a question of a build',
  description:
    'Answers what `build.needs_input` asked; `build.input_closed` tells that it was taken. A question takes one answer, until its time is over.',
  request: {
    params: BuildParams,
    body: { required: true, content: { 'application/json': { schema: AnswerBuild } } },
  },
  responses: {
    200: ok(BuildStatus, 'The build as it stands.'),
    ...problems(400, 401, 404, 409, 422),
  },
})

/** Adds what can be asked and told of one build. */
export function buildRoutes(app: OpenAPIHono, desk: BuildDesk): void {
  app.openapi(read, async (context) =>
    context.json(await desk.status(context.req.valid('param').id), 200),
  )
  app.openapi(events, async (context) => {
    const { after, limit } = context.req.valid('query')
    const items = await desk.events(context.req.valid('param').id, after, limit)
    return context.json({ items }, 200)
  })
  app.openapi(answer, async (context) =>
    context.json(await desk.answer(context.req.valid('param').id, context.req.valid('json')), 200),
  )
  app.openapi(cancel, async (context) =>
    context.json(await desk.cancel(context.req.valid('param').id), 202),
  )
}
