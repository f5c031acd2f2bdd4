import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { requirePerson } from '../access/authenticate.ts'
import { notFound } from '../domain/errors.ts'
import type { Principal } from '../domain/principal.ts'
import { audit } from '../store/audit.ts'
import { putPerson } from '../store/people.ts'
import { membership } from '../store/workspaces.ts'
import { ChangeMe } from './access-views.ts'
import type { HttpDeps, SignedIn } from './deps.ts'
import { jsonBody, makeRouter, ok, problems } from './router.ts'
import { MeView } from './views.ts'

/** Who asks: where they are, what they may do there, and what others know them by. */
export function meRoutes({ pipeline, calls }: HttpDeps): OpenAPIHono<SignedIn> {
  const { database, id: makeId } = pipeline
  const { db } = database
  const app = makeRouter()

  async function show({ userId, workspaceId, role }: Principal): Promise<MeView> {
    const member = await membership(db, workspaceId, userId)
    if (member === undefined) throw notFound('workspace')
    const { id, name } = member.workspace
    return { userId, workspace: { id, name }, role, calls: calls ?? null }
  }

  const responses = { 200: ok(MeView, 'Who asks'), ...problems }
  app.openapi(createRoute({ method: 'get', path: '/v1/me', responses }), async (c) =>
    c.json(await show(c.get('principal')), 200),
  )
  app.openapi(
    createRoute({
      method: 'patch',
      path: '/v1/me',
      request: { body: jsonBody(ChangeMe) },
      responses,
    }),
    async (c) => {
      const principal = c.get('principal')
      const { userId, workspaceId } = principal
      const { name } = c.req.valid('json')
      requirePerson(principal, 'gives nobody a name')
      await db.transaction().execute(async (tx) => {
        await putPerson(tx, { id: userId, name, email: null })
        const line = { workspaceId, actor: userId, action: 'member.rename', target: userId }
        await audit(tx, { id: makeId(), ...line, details: { name } })
      })
      return c.json(await show(principal), 200)
    },
  )
  return app
}
