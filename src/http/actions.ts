import { createRoute, z } from '@hono/zod-openapi'
import { answerBuild } from '../pipeline/answer-build.ts'
import { approve, reject } from '../pipeline/approve.ts'
import { cancel } from '../pipeline/cancel.ts'
import { retry } from '../pipeline/retry.ts'
import type { HttpDeps } from './deps.ts'
import { mayAct } from './may-act.ts'
import { done, Done, jsonBody, makeRouter, ok, problems, ProjectParams } from './router.ts'
import { BuildAnswerRequest, ApproveRequest, RejectRequest, RetryRequest } from './views.ts'

const Started = z.object({ buildId: z.string() })

function post<P extends string, B extends z.ZodType, S extends z.ZodType>(
  path: P,
  body: B,
  schema: S,
  description: string,
) {
  return createRoute({
    method: 'post',
    path,
    request: {
      params: ProjectParams,
      body: jsonBody(body),
    },
    responses: { 200: ok(schema, description), ...problems },
  })
}

const answerRoute = createRoute({
  method: 'post',
  path: '/v1/projects/{id}/builds/{build}/answer',
  request: {
    params: ProjectParams.extend({ build: z.uuid() }),
    body: jsonBody(BuildAnswerRequest),
  },
  responses: { 200: ok(Done, 'The builder has the answer'), ...problems },
})

/** What people decide about a project; each needs the role member and is audited. */
export function actionRoutes(deps: HttpDeps) {
  const { pipeline } = deps
  const app = makeRouter()

  app.openapi(
    post('/v1/projects/{id}/approve', ApproveRequest, Started, 'The build was queued'),
    async (c) => {
      const { id } = c.req.valid('param')
      const principal = c.get('principal')
      await mayAct(pipeline.database, principal, id)
      return c.json({ buildId: await approve(pipeline, principal, id, c.req.valid('json')) }, 200)
    },
  )
  app.openapi(
    post('/v1/projects/{id}/reject', RejectRequest, Done, 'The plan was rejected'),
    async (c) => {
      const { id } = c.req.valid('param')
      await mayAct(pipeline.database, c.get('principal'), id)
      await reject(pipeline, c.get('principal'), id, c.req.valid('json'))
      return c.json(done, 200)
    },
  )
  app.openapi(
    post('/v1/projects/{id}/retry', RetryRequest, Done, 'The stage was queued again'),
    async (c) => {
      const { id } = c.req.valid('param')
      await mayAct(pipeline.database, c.get('principal'), id)
      await retry(pipeline, c.get('principal'), id, c.req.valid('json').from)
      return c.json(done, 200)
    },
  )
  app.openapi(answerRoute, async (c) => {
    const { id, build } = c.req.valid('param')
    const { question, ...given } = c.req.valid('json')
    await mayAct(pipeline.database, c.get('principal'), id)
    const target = { projectId: id, buildId: build }
    await answerBuild(pipeline, c.get('principal'), target, { input_id: question, ...given })
    return c.json(done, 200)
  })
  app.openapi(
    createRoute({
      method: 'post',
      path: '/v1/projects/{id}/cancel',
      request: { params: ProjectParams },
      responses: { 200: ok(Done, 'The project was cancelled'), ...problems },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      await mayAct(pipeline.database, c.get('principal'), id)
      await cancel(pipeline, c.get('principal'), id)
      return c.json(done, 200)
    },
  )
  return app
}
