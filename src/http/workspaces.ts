import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { requireRole } from '../access/authenticate.ts'
import { invalidInput, notFound } from '../domain/errors.ts'
import { isKey, type Principal } from '../domain/principal.ts'
import { asCaller } from '../store/caller.ts'
import type { Queryable } from '../store/database.ts'
import { changeWorkspace, membership, membershipsOf } from '../store/workspaces.ts'
import { ChangeWorkspace, WorkspaceListView, WorkspaceView, workspaceView } from './access-views.ts'
import type { HttpDeps, SignedIn } from './deps.ts'
import { adminProblems, jsonBody, makeRouter, ok, problems } from './router.ts'

/** The caller's workspace with their role in it, which a key may lower. */
async function current(db: Queryable, principal: Principal): Promise<WorkspaceView> {
  const { workspaceId, userId, role } = principal
  const found = await asCaller(db, principal, (tx) => membership(tx, workspaceId, userId))
  if (found === undefined) throw notFound('workspace')
  return workspaceView({ ...found, role }, workspaceId)
}

/** Workspaces: everybody sees theirs, admins change the one that they are in. */
export function workspaceRoutes({ pipeline }: HttpDeps): OpenAPIHono<SignedIn> {
  const { db } = pipeline.database
  const app = makeRouter()
  const responses = { 200: ok(WorkspaceView, 'The workspace that the request is about') }

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/workspaces',
      responses: { 200: ok(WorkspaceListView, 'Those that the caller belongs to'), ...problems },
    }),
    async (c) => {
      const principal = c.get('principal')
      const { userId, workspaceId } = principal
      if (isKey(principal)) return c.json({ items: [await current(db, principal)] }, 200)
      const all = await asCaller(db, principal, (tx) => membershipsOf(tx, userId))
      return c.json({ items: all.map((one) => workspaceView(one, workspaceId)) }, 200)
    },
  )
  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/workspace',
      responses: { ...responses, ...problems },
    }),
    async (c) => c.json(await current(db, c.get('principal')), 200),
  )
  app.openapi(
    createRoute({
      method: 'patch',
      path: '/v1/workspace',
      request: { body: jsonBody(ChangeWorkspace) },
      responses: { ...responses, ...adminProblems },
    }),
    async (c) => {
      const principal = c.get('principal')
      const wanted = c.req.valid('json')
      requireRole(principal, 'admin')
      if (wanted.secondFactor === true && principal.secondFactor !== 'shown') {
        throw invalidInput(
          'second_factor_not_shown',
          'Sign in with a second factor first; without one, nobody here could turn this off again.',
        )
      }
      const { workspaceId } = principal
      await asCaller(db, principal, (tx) => changeWorkspace(tx, workspaceId, wanted))
      return c.json(await current(db, principal), 200)
    },
  )
  return app
}
