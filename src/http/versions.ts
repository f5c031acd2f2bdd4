import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { strToU8, zipSync } from 'fflate'
import { answerQuestions } from '../pipeline/answer.ts'
import { putPlan } from '../pipeline/edit-plan.ts'
import { getBrief } from '../store/briefs.ts'
import { asCaller } from '../store/caller.ts'
import { getPlan, listPlans, type PlanRow } from '../store/plans.ts'
import { getProject } from '../store/projects.ts'
import type { HttpDeps, SignedIn } from './deps.ts'
import { mayAct } from './may-act.ts'
import { invalidRequest } from './problem.ts'
import { planVersionView, planView } from './project-views.ts'
import { makeRouter, ok, problems, projectId, ProjectParams } from './router.ts'
import {
  AnsweredView,
  AnswersRequest,
  BriefView,
  PlanVersionListView,
  PlanView,
  PutPlanRequest,
} from './views.ts'

const Version = z.coerce.number().int().min(1).max(2_147_483_647)
const VersionQuery = z.object({ version: Version.optional() })

function get<P extends string, S extends z.ZodType, Q extends z.ZodObject>(
  path: P,
  query: Q,
  schema: S,
  description: string,
) {
  return createRoute({
    method: 'get',
    path,
    request: { params: ProjectParams, query },
    responses: { 200: ok(schema, description), ...problems },
  })
}

function addBriefs(app: OpenAPIHono<SignedIn>, deps: HttpDeps): void {
  const { database } = deps.pipeline
  app.openapi(
    get('/v1/projects/{id}/brief', VersionQuery, BriefView, 'Its newest brief, or one version'),
    async (c) => {
      const { id } = c.req.valid('param')
      const { version } = c.req.valid('query')
      const brief = await asCaller(database.db, c.get('principal'), (tx) =>
        getBrief(tx, id, version),
      )
      return c.json(brief, 200)
    },
  )
  app.openapi(
    createRoute({
      method: 'post',
      path: '/v1/projects/{id}/answers',
      request: {
        params: ProjectParams,
        body: { required: true, content: { 'application/json': { schema: AnswersRequest } } },
      },
      responses: { 200: ok(AnsweredView, 'The answers are kept; a new plan follows'), ...problems },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const principal = c.get('principal')
      await mayAct(database, principal, id)
      const request = { ...c.req.valid('json'), id: c.get('repeatId') }
      return c.json(await answerQuestions(deps.pipeline, principal, id, request), 200)
    },
  )
}

function addPlans(app: OpenAPIHono<SignedIn>, deps: HttpDeps): void {
  const { database } = deps.pipeline
  app.openapi(
    get('/v1/projects/{id}/plan', VersionQuery, PlanView, 'Its newest plan, or one version'),
    async (c) => {
      const { id } = c.req.valid('param')
      const { version } = c.req.valid('query')
      const row = await asCaller(database.db, c.get('principal'), (tx) => getPlan(tx, id, version))
      return c.json(planView(row), 200)
    },
  )
  app.openapi(
    get('/v1/projects/{id}/plans', z.object({}), PlanVersionListView, 'Its plans, newest first'),
    async (c) => {
      const { id } = c.req.valid('param')
      const rows = await asCaller(database.db, c.get('principal'), async (tx) => {
        await getProject(tx, id)
        return listPlans(tx, id)
      })
      return c.json({ items: rows.map(planVersionView) }, 200)
    },
  )
  app.openapi(
    createRoute({
      method: 'put',
      path: '/v1/projects/{id}/plan',
      request: {
        params: ProjectParams,
        body: { required: true, content: { 'application/json': { schema: PutPlanRequest } } },
      },
      responses: { 200: ok(PlanView, 'The new version, which waits for approval'), ...problems },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const principal = c.get('principal')
      await mayAct(database, principal, id)
      const row = await putPlan(deps.pipeline, principal, id, c.req.valid('json'))
      return c.json(planView(row), 200)
    },
  )
}

/** The plan's files as they lie in a repository, with where each line comes from. */
function packOf({ body }: PlanRow): Uint8Array<ArrayBuffer> {
  const entries = body.files.map(({ path, content }) => [path, strToU8(content)] as const)
  const trace = strToU8(`${JSON.stringify(body.trace, null, 2)}\n`)
  return new Uint8Array(zipSync({ ...Object.fromEntries(entries), 'trace.json': trace }))
}

function addPack(app: OpenAPIHono<SignedIn>, deps: HttpDeps): void {
  const { db } = deps.pipeline.database
  app.get('/v1/projects/:id/plan.zip', async (c) => {
    const id = projectId(c.req.param())
    const query = VersionQuery.safeParse(c.req.query())
    if (!query.success) throw invalidRequest(query.error)
    const { version } = query.data
    const plan = await asCaller(db, c.get('principal'), (tx) => getPlan(tx, id, version))
    return c.body(packOf(plan), 200, {
      'Content-Type': 'application/zip',
      'Content-Disposition': `attachment; filename="${plan.body.feature}.kiro.zip"`,
    })
  })
}

/** The versions of a project's brief and plan: reading, comparing and making them. */
export function versionRoutes(deps: HttpDeps): OpenAPIHono<SignedIn> {
  const app = makeRouter()
  for (const add of [addBriefs, addPlans, addPack]) add(app, deps)
  return app
}
