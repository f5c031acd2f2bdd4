import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { invalidInput } from '../domain/errors.ts'
import { TraceDocument } from '../domain/trace.ts'
import { answerQuestions } from '../pipeline/answer.ts'
import { putPlan } from '../pipeline/edit-plan.ts'
import { diffPlans } from '../planning/diff-plans.ts'
import { traceOf } from '../planning/trace-document.ts'
import { getBrief } from '../store/briefs.ts'
import { asCaller } from '../store/caller.ts'
import type { Tx } from '../store/database.ts'
import { getPlan, listPlans, type PlanRow } from '../store/plans.ts'
import { getProject } from '../store/projects.ts'
import { tracedPlan } from './traced-plan.ts'
import type { HttpDeps, SignedIn } from './deps.ts'
import { mayAct } from './may-act.ts'
import { planVersionView, planView } from './project-views.ts'
import { jsonBody, makeRouter, ok, problems, ProjectParams } from './router.ts'
import {
  AnsweredView,
  AnswersRequest,
  BriefView,
  PlanDiffView,
  PlanVersionListView,
  PlanView,
  PutPlanRequest,
} from './views.ts'

const Version = z.coerce.number().int().min(1).max(2_147_483_647)
const VersionQuery = z.object({ version: Version.optional() })
const DiffQuery = z.object({ from: Version.optional(), to: Version.optional() })

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
        body: jsonBody(AnswersRequest),
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
        body: jsonBody(PutPlanRequest),
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

function addTrace(app: OpenAPIHono<SignedIn>, deps: HttpDeps): void {
  const { db } = deps.pipeline.database
  const description = 'From each utterance to its tasks, and from each task to its utterances'
  app.openapi(
    get('/v1/projects/{id}/trace', VersionQuery, TraceDocument, description),
    async (c) => {
      const { id } = c.req.valid('param')
      const { version } = c.req.valid('query')
      const traced = await asCaller(db, c.get('principal'), (tx) => tracedPlan(tx, id, version))
      return c.json(traceOf(traced), 200)
    },
  )
}

/** Two versions: the newest and the one before it, unless said. */
async function versionsToCompare(
  tx: Tx,
  projectId: string,
  { from, to }: z.infer<typeof DiffQuery>,
): Promise<[PlanRow, PlanRow]> {
  const after = await getPlan(tx, projectId, to)
  const before = from ?? after.version - 1
  if (before >= 1) return [await getPlan(tx, projectId, before), after]
  throw invalidInput('no_earlier_version', 'This is the first version; there is none before it.')
}

function addDiff(app: OpenAPIHono<SignedIn>, deps: HttpDeps): void {
  const { db } = deps.pipeline.database
  app.openapi(
    get('/v1/projects/{id}/plan/diff', DiffQuery, PlanDiffView, 'What one version changed'),
    async (c) => {
      const { id } = c.req.valid('param')
      const query = c.req.valid('query')
      const [before, after] = await asCaller(db, c.get('principal'), (tx) =>
        versionsToCompare(tx, id, query),
      )
      const diff = diffPlans(before.body, after.body)
      return c.json({ from: before.version, to: after.version, ...diff }, 200)
    },
  )
}

/** The versions of a project's brief and plan: reading, comparing and making them. */
export function versionRoutes(deps: HttpDeps): OpenAPIHono<SignedIn> {
  const app = makeRouter()
  for (const add of [addBriefs, addPlans, addTrace, addDiff]) add(app, deps)
  return app
}
