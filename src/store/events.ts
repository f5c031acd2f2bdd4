import { sql } from 'kysely'
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

/**
 * Appends events to a project's log and gives the seq of the last one; what they change of the
 * project's row is written by the same statement. The row is locked until the commit: seq order is
 * commit order, and a rollback leaves no hole.
 *
 * @throws AppError `not_found` when there is no such project.
 */
export async function appendEvents(
  tx: Tx,
  projectId: string,
  bodies: readonly EventBody[],
  change: ProjectChange = {},
): Promise<number> {
  const last = await appendEventsIf(tx, projectId, bodies, change)
  if (last === undefined) throw notFound('project')
  return last
}

/**
 * Like appendEvents, for a project whose row is not locked: writes nothing and gives undefined when
 * its status is not `from`.
 */
export async function appendEventsIf(
  db: Queryable,
  projectId: string,
  bodies: readonly EventBody[],
  change: ProjectChange,
  from?: ProjectStatus,
): Promise<number | undefined> {
  const { status, title } = change
  const to = status?.to ?? null
  const settles = status !== undefined && isSettled(status.to)
  const { rows } = await sql<{ seq: number }>`
    with bumped as (
      update projects set last_seq = last_seq + ${bodies.length}::int,
        updated_at = clock_timestamp(), archived_at = null,
        title = coalesce(${title ?? null}::text, title),
        status = coalesce(${to}::text, status),
        status_reason = case when ${to}::text is null then status_reason
          else ${status?.reason ?? null}::text end,
        settled_at = case when ${to}::text is null then settled_at
          when ${settles}::boolean then clock_timestamp() end
      where id = ${projectId}::uuid
        and (${from ?? null}::text is null or status = ${from ?? null}::text)
      returning id, workspace_id, last_seq
    )
    insert into project_events (project_id, seq, workspace_id, type, body)
    select bumped.id, bumped.last_seq - ${bodies.length}::int + added.ord, bumped.workspace_id,
      added.body ->> 'type', added.body
    from bumped, jsonb_array_elements(${storableJson(bodies)}::text::jsonb)
      with ordinality as added (body, ord)
    order by added.ord
    returning seq`.execute(db)
  return rows.at(-1)?.seq
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
