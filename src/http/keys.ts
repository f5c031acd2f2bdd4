import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { createKey, expiryOf, keysOf, revokeKey } from '../access/keys.ts'
import { CreateKey, KeyCreatedView, KeyListView, keyView } from './access-views.ts'
import type { HttpDeps, SignedIn } from './deps.ts'
import { adminProblems, done, Done, jsonBody, makeRouter, ok, problems } from './router.ts'

/** API keys: members make and revoke their own, admins see and revoke all of the workspace. */
export function keyRoutes({ pipeline }: HttpDeps): OpenAPIHono<SignedIn> {
  const { database, clock, id: makeId } = pipeline
  const { db } = database
  const app = makeRouter()
  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/keys',
      responses: { 200: ok(KeyListView, 'Keys, without the keys themselves'), ...problems },
    }),
    async (c) => {
      const rows = await keysOf(db, c.get('principal'))
      return c.json({ items: rows.map(keyView) }, 200)
    },
  )
  app.openapi(
    createRoute({
      method: 'post',
      path: '/v1/keys',
      request: { body: jsonBody(CreateKey) },
      responses: { 201: ok(KeyCreatedView, 'The key, this once'), ...adminProblems },
    }),
    async (c) => {
      const { days, ...wanted } = c.req.valid('json')
      const expiresAt = expiryOf(days, clock())
      const id = makeId()
      const key = await createKey(db, c.get('principal'), { id, ...wanted, expiresAt })
      c.header('Cache-Control', 'no-store')
      return c.json({ id, key, expiresAt: expiresAt?.toISOString() ?? null }, 201)
    },
  )
  app.openapi(
    createRoute({
      method: 'delete',
      path: '/v1/keys/{id}',
      request: { params: z.object({ id: z.uuid() }) },
      responses: { 200: ok(Done, 'It holds no more'), ...adminProblems },
    }),
    async (c) => {
      await revokeKey(db, c.get('principal'), c.req.valid('param').id, clock())
      return c.json(done, 200)
    },
  )
  return app
}
