import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { badCursor, type ListPlace, PlaceParts } from '../domain/cursor.ts'
import { ProjectOrder } from '../domain/project-order.ts'
import { ProjectStatus } from '../domain/status.ts'
import { asCaller } from '../store/caller.ts'
import { listProjects } from '../store/project-list.ts'
import type { HttpDeps, SignedIn } from './deps.ts'
import { listItemView } from './project-views.ts'
import { makeRouter, ok, problems } from './router.ts'
import { ProjectListView } from './views.ts'

/** Several values in one parameter, with commas between. */
function listed<S extends z.ZodType<string, string>>(item: S, most: number) {
  return z
    .string()
    .max(most * 40)
    .transform((text) => text.split(','))
    .pipe(z.array(item).max(most))
    .optional()
    .openapi({ type: 'string' })
}

const ListQuery = z.object({
  status: listed(ProjectStatus, ProjectStatus.options.length).describe(
    'Those in one of these statuses, with commas between',
  ),
  q: z.string().trim().min(1).max(100).optional().describe('Part of the title'),
  ids: listed(z.uuid(), 100).describe('These alone, with commas between'),
  order: ProjectOrder.default('newest'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
})

const Cursor = z.tuple([ProjectOrder, ...PlaceParts])

function readCursor(cursor: string | undefined, order: ProjectOrder): ListPlace | undefined {
  if (cursor === undefined) return undefined
  const { data } = Cursor.safeParse(cursor.split('~'))
  if (data === undefined || data[0] !== order) throw badCursor()
  return { at: data[1], id: data[2] }
}

/** The list of a workspace's projects, read as the caller: row-level security decides. */
export function projectListRoutes({ pipeline }: HttpDeps): OpenAPIHono<SignedIn> {
  const app = makeRouter()
  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/projects',
      request: { query: ListQuery },
      responses: { 200: ok(ProjectListView, 'Projects, in the order asked for'), ...problems },
    }),
    async (c) => {
      const principal = c.get('principal')
      const { status: statuses, q: text, cursor, order, ...rest } = c.req.valid('query')
      const after = readCursor(cursor, order)
      const { workspaceId } = principal
      const query = { workspaceId, statuses, text, order, after, ...rest }
      const { rows, next } = await asCaller(pipeline.database.db, principal, (tx) =>
        listProjects(tx, query),
      )
      const nextCursor = next === null ? null : [order, next.at, next.id].join('~')
      return c.json({ items: rows.map(listItemView), nextCursor }, 200)
    },
  )
  return app
}
