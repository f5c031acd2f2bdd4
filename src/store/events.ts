import { sql } from 'kysely'
import type { EventBody, ProjectEvent } from '../domain/event.ts'
import { notFound } from '../domain/errors.ts'
import type { Queryable, Tx } from './database.ts'
import { storableJson } from './jsonb.ts'

/**
 * Appends events to a project's log and gives the seq of the last one. The project's row is
 * locked until the commit: seq order is commit order, and a rollback leaves no hole.
 *
 * @throws AppError `not_found` when there is no such project.
 */
export async function appendEvents(
  tx: Tx,
  projectId: string,
  bodies: readonly EventBody[],
): Promise<number> {
  const { rows } = await sql<{ seq: number }>`
    with bumped as (
      update projects set last_seq = last_seq + ${bodies.length}::int, updated_at = clock_timestamp()
      where id = ${projectId}::uuid returning id, workspace_id, last_seq
    )
    insert into project_events (project_id, seq, workspace_id, type, body)
    select bumped.id, bumped.last_seq - ${bodies.length}::int + added.ord, bumped.workspace_id,
      added.body ->> 'type', added.body
    from bumped, jsonb_array_elements(${storableJson(bodies)}::text::jsonb)
      with ordinality as added (body, ord)
    order by added.ord
    returning seq`.execute(tx)
  const last = rows.at(-1)
  if (last === undefined) throw notFound('project')
  return last.seq
}

/** A project's events with a seq above `after`, in order, at most `limit`. */
export async function readEvents(
  db: Queryable,
  projectId: string,
  after: number,
  limit: number,
): Promise<ProjectEvent[]> {
  const rows = await db
    .selectFrom('project_events')
    .select(['seq', 'at', 'body'])
    .where('project_id', '=', projectId)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    projectId,
    seq: row.seq,
    at: row.at.toISOString(),
    body: row.body,
  }))
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
    .where('type', 'in', stageEventTypes)
    .orderBy('seq')
    .execute()
  return rows.map((row) => ({ projectId, seq: row.seq, at: row.at.toISOString(), body: row.body }))
}
