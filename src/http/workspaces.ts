import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { requirePerson, requireRole } from '../access/authenticate.ts'
import { invalidInput, notFound } from '../domain/errors.ts'
import { isKey, type Principal } from '../domain/principal.ts'
import { asCaller } from '../store/caller.ts'
import type { Queryable } from '../store/database.ts'
import { changeWorkspace, membershipsOf } from '../store/workspaces.ts'
import { ChangeWorkspace, WorkspaceListView, WorkspaceView, workspaceView } from './access-views.ts'
import { cookies } from './cookies.ts'
import type { HttpDeps, SignedIn } from './deps.ts'
import { memberAt } from './may-act.ts'
import { adminProblems, jsonBody, makeRouter, ok, problems } from './router.ts'

/** A workspace with the caller's role in it, which a key may lower. */
async function inWorkspace(
  db: Queryable,
  principal: Principal,
  id = principal.workspaceId,
): Promise<WorkspaceView> {
  const found = await asCaller(db, principal, (tx) => memberAt(tx, principal, id))
  if (found === undefined) throw notFound('workspace')
  return workspaceView(found, id)
}

const responses = { 200: ok(WorkspaceView, 'The workspace that the request is about') }

function addReads(app: OpenAPIHono<SignedIn>, { pipeline }: HttpDeps): void {
  const { db } = pipeline.database
  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/workspaces',
      responses: { 200: ok(WorkspaceListView, 'Those that the caller belongs to'), ...problems },
    }),
    async (c) => {
      const principal = c.get('principal')
      const { userId, workspaceId } = principal
      if (isKey(principal)) return c.json({ items: [await inWorkspace(db, principal)] }, 200)
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
    async (c) => c.json(await inWorkspace(db, c.get('principal')), 200),
  )
}

/** A browser's session changes to another workspace; programs say which one by a header. */
function addOpen(app: OpenAPIHono<SignedIn>, deps: HttpDeps): void {
  const { authentication, pipeline, publicUrl } = deps
  const { db } = pipeline.database
  const { session } = cookies(publicUrl)
  app.openapi(
    createRoute({
      method: 'post',
      path: '/v1/workspaces/{id}/open',
      request: { params: z.object({ id: z.uuid() }) },
      responses: { 200: ok(WorkspaceView, 'The session is in it from now on'), ...problems },
    }),
    async (c) => {
      const principal = c.get('principal')
      const { id } = c.req.valid('param')
      const view = await inWorkspace(db, principal, id)
      const value = session.read(c)
      if (!isKey(principal) && value !== undefined) await authentication.sessions.choose(value, id)
      return c.json(view, 200)
    },
  )
}

function addChange(app: OpenAPIHono<SignedIn>, { pipeline }: HttpDeps): void {
  const { db } = pipeline.database
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
      // A key shows no second factor, and may be in anybody's hands.
      if (wanted.fourEyes !== undefined || wanted.secondFactor !== undefined) {
        requirePerson(principal, 'changes neither four eyes nor the second factor')
      }
      if (wanted.secondFactor === true && principal.secondFactor !== 'shown') {
        throw invalidInput(
          'second_factor_not_shown',
          'Sign in with a second factor first; without one, nobody here could turn this off again.',
        )
      }
      const { workspaceId } = principal
      await asCaller(db, principal, (tx) => changeWorkspace(tx, workspaceId, wanted))
      pipeline.changed(workspaceId)
      return c.json(await inWorkspace(db, principal), 200)
    },
  )
}

/** Workspaces: everybody sees theirs, admins change the one that they are in. */
export function workspaceRoutes(deps: HttpDeps): OpenAPIHono<SignedIn> {
  const app = makeRouter()
  for (const add of [addReads, addOpen, addChange]) add(app, deps)
  return app
}
