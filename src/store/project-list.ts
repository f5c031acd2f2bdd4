import { sql } from 'kysely'
import type { BuildState, ProgressReport } from '../domain/build.ts'
import type { ListPlace } from '../domain/cursor.ts'
import type { CostSum } from '../domain/money.ts'
import type { ProjectOrder } from '../domain/project-order.ts'
import type { ProjectStatus } from '../domain/status.ts'
import type { Queryable } from './database.ts'
import type { ProjectRow } from './projects.ts'
import { toCost } from './usage.ts'

export interface ProjectFilter {
  /** Those in one of these; all when absent. */
  statuses?: readonly ProjectStatus[] | undefined
  /** Part of the title, in whatever case. */
  text?: string | undefined
  /** These alone. */
  ids?: readonly string[] | undefined
}

export interface ProjectListQuery extends ProjectFilter {
  workspaceId: string
  order: ProjectOrder
  limit: number
  after?: ListPlace | undefined
}

/** A project with what a list shows of it. */
export type ListedProject = ProjectRow & {
  source: string
  created_by: string | null
  /** Its newest build. */
  build: { state: BuildState; progress: ProgressReport | null } | null
  /** Null when none of its models was called. */
  cost: (CostSum & { calls: number }) | null
}

export interface ProjectPage {
  rows: ListedProject[]
  /** Where the next page begins; null after the last. A page may have room left and still not be the last. */
  next: ListPlace | null
}

/** How many projects a page looks at, so that a filter which fits few costs little. */
const walk = 5_000

const columns = {
  newest: { place: sql`created_at`, direction: sql`desc`, beyond: sql`<` },
  oldest: { place: sql`created_at`, direction: sql`asc`, beyond: sql`>` },
  changed: { place: sql`status_since`, direction: sql`desc`, beyond: sql`<` },
} as const

/** Whatever a person types is looked for as it is. */
function pattern(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
}

function condition({ statuses, text, ids }: ProjectFilter) {
  const parts = [
    ...(statuses === undefined ? [] : [sql`status = any(${[...statuses]}::text[])`]),
    ...(text === undefined ? [] : [sql`title ilike ${pattern(text)}`]),
    ...(ids === undefined ? [] : [sql`id = any(${[...ids]}::uuid[])`]),
  ]
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `)
}

/** The projects that a page looks at, in order: a range of an index, and no more of it than said. */
function walked(query: ProjectListQuery, rest: ReturnType<typeof sql>) {
  const { workspaceId, order, after, ids } = query
  const { place, direction, beyond } = columns[order]
  const from =
    after === undefined
      ? sql``
      : sql`and (${place}, id) ${beyond} (${after.at}::timestamptz, ${after.id}::uuid)`
  const among = ids === undefined ? sql`` : sql`and id = any(${[...ids]}::uuid[])`
  return sql`select id, title, status, ${place} as place from projects
    where workspace_id = ${workspaceId}::uuid ${from} ${among}
    order by ${place} ${direction}, id ${direction} ${rest}`
}

type Row = Omit<ListedProject, 'build' | 'cost'> & {
  place: string
  build_state: BuildState | null
  build_progress: ProgressReport | null
  calls: string | null
  cost_micros: string
  unknown_calls: string
  unpriced_calls: string
  unknown_micros: string
}

function toListed({ build_state: state, build_progress: progress, ...row }: Row): ListedProject {
  return {
    ...row,
    build: state === null ? null : { state, progress },
    cost: row.calls === null ? null : { calls: Number(row.calls), ...toCost(row) },
  }
}

async function readRows(db: Queryable, query: ProjectListQuery): Promise<Row[]> {
  const { direction } = columns[query.order]
  const { rows } = await sql<Row>`
    select p.*, c.source, c.created_by, b.state as build_state, b.progress as build_progress,
      u.calls::text, u.cost_micros::text, u.unknown_calls::text, u.unpriced_calls::text,
      u.unknown_micros::text,
      to_char(page.place at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as place
    from (select id, place from (${walked(query, sql`limit ${walk}::int`)}) as walked
      where ${condition(query)}
      order by place ${direction}, id ${direction} limit ${query.limit + 1}::int) as page
    join projects p on p.id = page.id
    join conversations c on c.id = p.conversation_id
    left join usage_by_project u on u.project_id = p.id
    left join lateral (select state, progress from builds where project_id = p.id
      order by created_at desc, id desc limit 1) as b on true
    order by page.place ${direction}, page.id ${direction}`.execute(db)
  return rows
}

/** The last project that a page looked at; null when it looked at all there are. */
async function endOfWalk(db: Queryable, query: ProjectListQuery): Promise<ListPlace | null> {
  const last = walked(query, sql`offset ${walk - 1}::int limit 1`)
  const { rows } = await sql<ListPlace>`
    select id, to_char(place at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
    from (${last}) as last`.execute(db)
  return rows[0] ?? null
}

/** A page of a workspace's projects, with what a list shows of each. */
export async function listProjects(db: Queryable, query: ProjectListQuery): Promise<ProjectPage> {
  const found = await readRows(db, query)
  const shown = found.slice(0, query.limit)
  const last = shown.at(-1)
  const rows = shown.map(toListed)
  if (found.length > query.limit && last !== undefined) {
    return { rows, next: { at: last.place, id: last.id } }
  }
  return { rows, next: await endOfWalk(db, query) }
}
