import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { commentPlan, resolveComment } from '../pipeline/comment-plan.ts'
import { asCaller } from '../store/caller.ts'
import { listPlanComments } from '../store/plan-comments.ts'
import { getProject } from '../store/projects.ts'
import { CommentListView, CommentRequest, commentView, CommentView } from './comment-views.ts'
import type { HttpDeps, SignedIn } from './deps.ts'
import { mayAct } from './may-act.ts'
import { jsonBody, makeRouter, ok, problems, ProjectParams } from './router.ts'

const path = '/v1/projects/{id}/comments'

const list = createRoute({
  method: 'get',
  path,
  request: { params: ProjectParams },
  responses: {
    200: ok(CommentListView, 'What was said about its plan, oldest first'),
    ...problems,
  },
})

const add = createRoute({
  method: 'post',
  path,
  request: {
    params: ProjectParams,
    body: jsonBody(CommentRequest),
  },
  responses: { 200: ok(CommentView, 'The comment'), ...problems },
})

const resolve = createRoute({
  method: 'post',
  path: `${path}/{comment}/resolve`,
  request: { params: ProjectParams.extend({ comment: z.uuid() }) },
  responses: { 200: ok(CommentView, 'The comment, which is resolved'), ...problems },
})

/** Comments on lines of plans: members make and resolve them, whoever sees the project reads them. */
export function commentRoutes({ pipeline }: HttpDeps): OpenAPIHono<SignedIn> {
  const { database } = pipeline
  const app = makeRouter()
  app.openapi(list, async (c) => {
    const { id } = c.req.valid('param')
    const rows = await asCaller(database.db, c.get('principal'), async (tx) => {
      await getProject(tx, id)
      return listPlanComments(tx, id)
    })
    return c.json({ items: rows.map(commentView) }, 200)
  })
  app.openapi(add, async (c) => {
    const { id } = c.req.valid('param')
    const principal = c.get('principal')
    await mayAct(database, principal, id)
    const given = { ...c.req.valid('json'), id: c.get('repeatId') }
    return c.json(commentView(await commentPlan(pipeline, principal, id, given)), 200)
  })
  app.openapi(resolve, async (c) => {
    const { id, comment } = c.req.valid('param')
    const principal = c.get('principal')
    await mayAct(database, principal, id)
    return c.json(commentView(await resolveComment(pipeline, principal, id, comment)), 200)
  })
  return app
}
