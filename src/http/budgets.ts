import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { requireRole } from '../access/authenticate.ts'
import type { Principal } from '../domain/principal.ts'
import { changeBudget } from '../pipeline/budget.ts'
import { spendingOf } from '../store/budgets.ts'
import { asCaller } from '../store/caller.ts'
import type { HttpDeps, SignedIn } from './deps.ts'
import { callerIn, mayAct } from './may-act.ts'
import { adminProblems, jsonBody, makeRouter, ok, problems, ProjectParams } from './router.ts'
import { BudgetRequest, BudgetView, budgetView } from './usage-views.ts'

const body = jsonBody(BudgetRequest)

/** Budgets: whoever may see the usage reads them; admins set them, and every change is audited. */
export function budgetRoutes({ pipeline }: HttpDeps): OpenAPIHono<SignedIn> {
  const { database, clock } = pipeline
  const app = makeRouter()

  async function show(principal: Principal, projectId: string | null): Promise<BudgetView> {
    const at = clock()
    const spendings = await asCaller(database.db, principal, async (tx) => {
      const caller = projectId === null ? principal : await callerIn(tx, principal, projectId)
      return spendingOf(tx, { workspaceId: caller.workspaceId, projectId }, at)
    })
    // The project's own comes first.
    const [spending] = spendings
    if (spending === undefined) throw new Error('A workspace always has a spending.')
    return budgetView(spending, at)
  }

  async function change(
    principal: Principal,
    projectId: string | null,
    { limitUsd }: { limitUsd: number | null },
  ): Promise<BudgetView> {
    const caller =
      projectId === null ? principal : await mayAct(database, principal, projectId, 'admin')
    requireRole(caller, 'admin')
    await changeBudget(pipeline, caller, projectId, limitUsd)
    return show(caller, projectId)
  }

  const responses = { 200: ok(BudgetView, 'The budget and what was taken from it'), ...problems }
  const changed = { 200: ok(BudgetView, 'The budget as it is now'), ...adminProblems }

  app.openapi(createRoute({ method: 'get', path: '/v1/budget', responses }), async (c) =>
    c.json(await show(c.get('principal'), null), 200),
  )
  app.openapi(
    createRoute({ method: 'put', path: '/v1/budget', request: { body }, responses: changed }),
    async (c) => c.json(await change(c.get('principal'), null, c.req.valid('json')), 200),
  )
  const ofProject = { path: '/v1/projects/{id}/budget' } as const
  app.openapi(
    createRoute({ method: 'get', ...ofProject, request: { params: ProjectParams }, responses }),
    async (c) => c.json(await show(c.get('principal'), c.req.valid('param').id), 200),
  )
  app.openapi(
    createRoute({
      method: 'put',
      ...ofProject,
      request: { params: ProjectParams, body },
      responses: changed,
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      return c.json(await change(c.get('principal'), id, c.req.valid('json')), 200)
    },
  )
  return app
}
