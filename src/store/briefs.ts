import { sql } from 'kysely'
import type { Brief } from '../domain/brief.ts'
import { notFound } from '../domain/errors.ts'
import type { Queryable, Tx } from './database.ts'
import { storableJson } from './jsonb.ts'

export interface StoredBrief {
  version: number
  brief: Brief
}

function briefQuery(db: Queryable, projectId: string) {
  return db
    .selectFrom('briefs')
    .select(['version', 'body as brief'])
    .where('project_id', '=', projectId)
}

/** The newest brief of a project; undefined while there is none. */
export async function latestBrief(
  db: Queryable,
  projectId: string,
): Promise<StoredBrief | undefined> {
  return briefQuery(db, projectId).orderBy('version', 'desc').limit(1).executeTakeFirst()
}

/** One version of a project's brief, the newest unless said. @throws AppError `not_found` */
export async function getBrief(
  db: Queryable,
  projectId: string,
  version?: number,
): Promise<StoredBrief> {
  const found =
    version === undefined
      ? await latestBrief(db, projectId)
      : await briefQuery(db, projectId).where('version', '=', version).executeTakeFirst()
  if (found === undefined) throw notFound('brief')
  return found
}

/** The highest number that an id of each letter has had in any version of a project's brief. */
export async function highestIds(
  db: Queryable,
  projectId: string,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ letter: string; highest: number }>`
    select left(entry ->> 'id', 1) as letter, max(substr(entry ->> 'id', 2)::int) as highest
    from briefs, jsonb_array_elements((body -> 'items') || (body -> 'entities')
      || (body -> 'openQuestions') || (body -> 'contradictions')) as entry
    where project_id = ${projectId}::uuid group by 1`.execute(db)
  return new Map(rows.map(({ letter, highest }) => [letter, highest]))
}

/** A new version of a project's brief. */
export interface NewBrief {
  projectId: string
  workspaceId: string
  brief: Brief
}

/**
 * Stores new versions of projects' briefs and gives their numbers by the project's id. The projects'
 * rows must be locked; each project may be named once.
 */
export async function insertBriefs(
  tx: Tx,
  briefs: readonly NewBrief[],
): Promise<ReadonlyMap<string, number>> {
  if (briefs.length === 0) return new Map()
  const { rows } = await sql<{ id: string; version: number }>`
    insert into briefs (project_id, workspace_id, version, body)
    select wanted."projectId", wanted."workspaceId",
      (select coalesce(max(version), 0) + 1 from briefs where project_id = wanted."projectId"),
      wanted.brief
    from json_to_recordset(${storableJson(briefs)}::text::json)
      as wanted ("projectId" uuid, "workspaceId" uuid, brief jsonb)
    returning project_id as id, version`.execute(tx)
  return new Map(rows.map(({ id, version }) => [id, version]))
}
