import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { pageOf, readCursor } from '../domain/cursor.ts'
import { invalidInput } from '../domain/errors.ts'
import { estimateStages } from '../pipeline/estimate.ts'
import { latestBrief } from '../store/briefs.ts'
import { spendingOf } from '../store/budgets.ts'
import { asCaller } from '../store/caller.ts'
import { getProject } from '../store/projects.ts'
import { talkOf } from '../store/talks.ts'
import {
  type Days,
  listCalls,
  sumOf,
  usageByProject,
  usageOfProject,
  usageOfWorkspace,
} from '../store/usage.ts'
import type { HttpDeps, SignedIn } from './deps.ts'
import { makeRouter, ok, problems, ProjectParams } from './router.ts'
import {
  budgetView,
  callView,
  EstimateView,
  groupView,
  projectRowView,
  ProjectUsageView,
  stageEstimateView,
  sumView,
  UsageByProjectView,
  WorkspaceUsageView,
} from './usage-views.ts'

type Router = OpenAPIHono<SignedIn>

const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
})

const Day = z.iso.date().refine((day) => day >= '2020-01-01', 'must be 2020-01-01 or later')
const DaysQuery = z.object({ from: Day.optional(), to: Day.optional() })

const dayMs = 24 * 60 * 60 * 1000
const mostDays = 366

/** The days asked about, by default the last thirty. @throws AppError `bad_days` */
function readDays({ from, to }: z.infer<typeof DaysQuery>, now: Date): Days {
  const last = to ?? now.toISOString().slice(0, 10)
  const first = from ?? new Date(Date.parse(last) - 29 * dayMs).toISOString().slice(0, 10)
  const count = (Date.parse(last) - Date.parse(first)) / dayMs + 1
  if (count < 1 || count > mostDays) {
    throw invalidInput(
      'bad_days',
      `Ask for 1 to ${mostDays} days: from ${first} to ${last} is not.`,
    )
  }
  return { from: first, to: last }
}

function addOfProject(app: Router, { database: { db }, clock }: HttpDeps['pipeline']): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/projects/{id}/usage',
      request: { params: ProjectParams, query: PageQuery },
      responses: { 200: ok(ProjectUsageView, 'What its model calls took and cost'), ...problems },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const { limit, cursor } = c.req.valid('query')
      const after = readCursor(cursor)
      const at = clock()
      const found = await asCaller(db, c.get('principal'), async (tx) => {
        const { workspace_id: workspaceId } = await getProject(tx, id)
        return {
          byStage: await usageOfProject(tx, id, 'stage'),
          byModel: await usageOfProject(tx, id, 'model'),
          byDay: await usageOfProject(tx, id, 'day'),
          spendings: await spendingOf(tx, { workspaceId, projectId: id }, at),
          calls: await listCalls(tx, id, limit + 1, after),
        }
      })
      const { shown, next } = pageOf(found.calls, limit, (call) => call)
      return c.json(
        {
          total: sumView(sumOf(found.byStage)),
          byStage: found.byStage.map(groupView),
          byModel: found.byModel.map(groupView),
          byDay: found.byDay.map(groupView),
          budgets: found.spendings.map((spending) => budgetView(spending, at)),
          calls: shown.map(callView),
          nextCursor: next,
        },
        200,
      )
    },
  )
}

function addEstimate(app: Router, pipeline: HttpDeps['pipeline']): void {
  const { database, clock } = pipeline
  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/projects/{id}/estimate',
      request: { params: ProjectParams },
      responses: { 200: ok(EstimateView, 'What its model calls may cost, before'), ...problems },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const at = clock()
      const found = await asCaller(database.db, c.get('principal'), async (tx) => {
        const project = await getProject(tx, id)
        const owner = { workspaceId: project.workspace_id, projectId: id }
        return {
          talk: await talkOf(tx, project),
          brief: (await latestBrief(tx, id))?.brief,
          spendings: await spendingOf(tx, owner, at),
        }
      })
      return c.json(
        {
          stages: estimateStages(pipeline, found).map(stageEstimateView),
          budgets: found.spendings.map((spending) => budgetView(spending, at)),
        },
        200,
      )
    },
  )
}

function addOfWorkspace(app: Router, { database: { db }, clock }: HttpDeps['pipeline']): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/usage',
      request: { query: DaysQuery },
      responses: {
        200: ok(WorkspaceUsageView, 'What model calls took and cost on these days (UTC)'),
        ...problems,
      },
    }),
    async (c) => {
      const principal = c.get('principal')
      const { workspaceId } = principal
      const at = clock()
      const days = readDays(c.req.valid('query'), at)
      const found = await asCaller(db, principal, async (tx) => ({
        byDay: await usageOfWorkspace(tx, workspaceId, days, 'day'),
        byStage: await usageOfWorkspace(tx, workspaceId, days, 'stage'),
        byModel: await usageOfWorkspace(tx, workspaceId, days, 'model'),
        spendings: await spendingOf(tx, { workspaceId, projectId: null }, at),
      }))
      const [budget] = found.spendings.map((spending) => budgetView(spending, at))
      if (budget === undefined) throw new Error('A workspace always has a spending.')
      return c.json(
        {
          ...days,
          total: sumView(sumOf(found.byDay)),
          byDay: found.byDay.map(groupView),
          byStage: found.byStage.map(groupView),
          byModel: found.byModel.map(groupView),
          budget,
        },
        200,
      )
    },
  )
}

function addByProject(app: Router, { database: { db } }: HttpDeps['pipeline']): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/usage/projects',
      request: { query: PageQuery },
      responses: {
        200: ok(UsageByProjectView, 'What each project took; that of the newest first call first'),
        ...problems,
      },
    }),
    async (c) => {
      const principal = c.get('principal')
      const { limit, cursor } = c.req.valid('query')
      const after = readCursor(cursor)
      const rows = await asCaller(db, principal, (tx) =>
        usageByProject(tx, principal.workspaceId, limit + 1, after),
      )
      const { shown, next } = pageOf(rows, limit, ({ firstAt: at, projectId: id }) => ({
        at,
        id,
      }))
      return c.json({ items: shown.map(projectRowView), nextCursor: next }, 200)
    },
  )
}

/** What model calls took, cost and may cost, read as the caller: row-level security decides. */
export function usageRoutes({ pipeline }: HttpDeps): Router {
  const app = makeRouter()
  addOfProject(app, pipeline)
  addEstimate(app, pipeline)
  addOfWorkspace(app, pipeline)
  addByProject(app, pipeline)
  return app
}
