import { type RawBuilder, sql } from 'kysely'
import type { EventBody, ProjectEvent } from '../domain/event.ts'
import { notFound } from '../domain/errors.ts'
import { isSettled, type ProjectStatus } from '../domain/status.ts'
import type { Queryable, Tx } from './database.ts'
import { archivedEvents, unpackEvents } from './event-archive.ts'
import { storableJson } from './jsonb.ts'

/** What events change of the project's row; what is not named stays. */
export interface ProjectChange {
  status?: { to: ProjectStatus; reason: string | null }
  title?: string
}

/** Events for one project's log, with what they change of its row. */
export interface Append {
  projectId: string
  bodies: readonly EventBody[]
  change?: ProjectChange
  /** Nothing is written when the project's status is another one. */
  from?: ProjectStatus
}

function toParameter({ projectId, bodies, change = {}, from }: Append) {
  const { status, title } = change
  return {
    id: projectId,
    expected: from ?? null,
    status: status?.to ?? null,
    reason: status?.reason ?? null,
    settles: status !== undefined && isSettled(status.to),
    title: title ?? null,
    added: bodies.length,
    bodies,
  }
}

/**
 * Appends events to projects' logs, in one statement with what they change of the projects' rows,
 * and gives the ids of the projects that were written. Each project may be named once. The rows are
 * locked until the commit: seq order is commit order, and a rollback leaves no hole.
 *
 * @param among A query for ids as text: projects outside of it are left out, and so are then those
 *   that another transaction holds, rather than waited for.
 */
export async function appendToMany(
  db: Queryable,
  appends: readonly Append[],
  among?: RawBuilder<unknown>,
): Promise<ReadonlySet<string>> {
  if (appends.length === 0) return new Set()
  // In one order everywhere, so that two statements do not wait for rows of each other.
  const wanted = appends.map(toParameter).sort((a, b) => (a.id < b.id ? -1 : 1))
  // The ids once more: a join alone would read all projects by a plan from when there were few.
  const ids = sql`any(${wanted.map(({ id }) => id)}::uuid[])`
  const named =
    among === undefined
      ? ids
      : sql`any(array(select id from projects where id = ${ids}
          and id::text = any(array(${among})) for no key update skip locked))`
  const { rows } = await sql<{ id: string }>`
    with bumped as (
      update projects set last_seq = last_seq + wanted.added,
        updated_at = clock_timestamp(), archived_at = null,
        title = coalesce(wanted.title, projects.title),
        status = coalesce(wanted.status, projects.status),
        status_since = case when wanted.status is null then status_since else clock_timestamp() end,
        status_reason = case when wanted.status is null then status_reason else wanted.reason end,
        settled_at = case when wanted.status is null then settled_at
          when wanted.settles then clock_timestamp() end
      from json_to_recordset(${storableJson(wanted)}::text::json) as wanted (id uuid,
        expected text, status text, reason text, settles boolean, title text, added int,
        bodies jsonb)
      where projects.id = ${named} and projects.id = wanted.id
        and (wanted.expected is null or projects.status = wanted.expected)
      returning projects.id, workspace_id, last_seq - wanted.added as seq_before, wanted.bodies
    ), added as (
      insert into project_events (project_id, seq, workspace_id, type, body)
      select bumped.id, bumped.seq_before + event.ord, bumped.workspace_id,
        event.body ->> 'type', event.body
      from bumped, jsonb_array_elements(bumped.bodies) with ordinality as event (body, ord)
    )
    select id from bumped`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

/**
 * Appends events to a project's log.
 *
 * @throws AppError `not_found` when there is no such project.
 */
export async function appendEvents(
  tx: Tx,
  projectId: string,
  bodies: readonly EventBody[],
  change: ProjectChange = {},
): Promise<void> {
  const written = await appendToMany(tx, [{ projectId, bodies, change }])
  if (written.size === 0) throw notFound('project')
}

interface EventRow {
  seq: number
  at: Date
  body: EventBody
}
interface PieceRow {
  seq: number
  at: null
  lines: Uint8Array
}

/** What one look finds above `after`: from the table, and the next piece of the archive before it. */
interface Look {
  events: ProjectEvent[]
  /** False while what is left may lie further on in the archive. */
  complete: boolean
}

/** One statement, so that an event that is just being archived is seen in one place and never in none. */
async function look(db: Queryable, projectId: string, after: number, limit: number): Promise<Look> {
  const { rows } = await sql<EventRow | PieceRow>`
    (select seq, at, body, null::bytea as lines from project_events
      where project_id = ${projectId}::uuid and seq > ${after}::int
      order by seq limit ${limit}::int)
    union all
    (select last_seq, null, null, lines from event_archive
      where project_id = ${projectId}::uuid and last_seq > ${after}::int
      order by last_seq limit 1)`.execute(db)
  const kept = rows
    .filter((row) => row.at !== null)
    .map((row) => ({ projectId, seq: row.seq, at: row.at.toISOString(), body: row.body }))
    .sort((a, b) => a.seq - b.seq)
  const piece = rows.find((row) => row.at === null)
  if (piece === undefined) return { events: kept, complete: true }
  const archived = await unpackEvents(projectId, piece.lines)
  const found = archived.filter((event) => event.seq > after)
  // The table goes on where the archive ends; before that, another piece comes first.
  const joins = kept[0]?.seq === piece.seq + 1
  return { events: joins ? [...found, ...kept] : found, complete: joins }
}

/** A project's events with a seq above `after`, in order, at most `limit`, archived ones too. */
export async function readEvents(
  db: Queryable,
  projectId: string,
  after: number,
  limit: number,
): Promise<ProjectEvent[]> {
  const events: ProjectEvent[] = []
  while (events.length < limit) {
    const found = await look(db, projectId, events.at(-1)?.seq ?? after, limit - events.length)
    events.push(...found.events)
    if (found.complete) break
  }
  return events.slice(0, limit)
}

const stageEventTypes = [
  'stage.started',
  'stage.finished',
  'stage.failed',
  'build.completed',
  'build.failed',
  'build.cancelled',
] as const

/** The events of a project's log that tell when its stages began and ended, in order. */
export async function readStageEvents(db: Queryable, projectId: string): Promise<ProjectEvent[]> {
  const rows = await db
    .selectFrom('project_events')
    .select(['seq', 'at', 'body'])
    .where('project_id', '=', projectId)
    // Written out, so that every plan may use the index over these types.
    .where(
      'type',
      'in',
      stageEventTypes.map((type) => sql.lit(type)),
    )
    .orderBy('seq')
    .execute()
  const kept = rows.map(({ seq, at, body }) => ({ projectId, seq, at: at.toISOString(), body }))
  // The archive is read after the table: an event that moves meanwhile is seen twice, never not at all.
  const archived: ProjectEvent[] = []
  const wanted: readonly string[] = stageEventTypes
  for await (const event of archivedEvents(db, projectId)) {
    if (wanted.includes(event.body.type)) archived.push(event)
  }
  const last = archived.at(-1)?.seq ?? 0
  return [...archived, ...kept.filter((event) => event.seq > last)]
}
