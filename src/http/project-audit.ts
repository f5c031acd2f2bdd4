import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { pageOf, readCursor } from '../domain/cursor.ts'
import { listAuditOf } from '../store/audit.ts'
import { asCaller } from '../store/caller.ts'
import { getProject } from '../store/projects.ts'
import { auditLine, AuditListView } from './audit-views.ts'
import type { HttpDeps, SignedIn } from './deps.ts'
import { makeRouter, ok, problems, ProjectParams } from './router.ts'

const Query = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
})

const route = createRoute({
  method: 'get',
  path: '/v1/projects/{id}/audit',
  request: { params: ProjectParams, query: Query },
  responses: { 200: ok(AuditListView, 'Who did what to it, newest first'), ...problems },
})

/** What people did to a project, read as the caller: row-level security decides. */
export function projectAuditRoutes({ pipeline }: HttpDeps): OpenAPIHono<SignedIn> {
  const app = makeRouter()
  app.openapi(route, async (c) => {
    const { id } = c.req.valid('param')
    const { limit, cursor } = c.req.valid('query')
    const after = readCursor(cursor)
    const rows = await asCaller(pipeline.database.db, c.get('principal'), async (tx) => {
      await getProject(tx, id)
      return listAuditOf(tx, id, limit + 1, after)
    })
    const { shown, next } = pageOf(rows, limit, (row) => row)
    return c.json({ items: shown.map(auditLine), nextCursor: next }, 200)
  })
  return app
}
