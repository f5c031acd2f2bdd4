import { sql } from 'kysely'
import type { Brief } from '../domain/brief.ts'
import { notFound } from '../domain/errors.ts'
import type { Queryable, Tx } from './database.ts'
import { storableJson } from './jsonb.ts'

export interface StoredBrief {
  version: number
  brief: Brief
}

/** The newest brief of a project; undefined while there is none. */
export async function latestBrief(
  db: Queryable,
  projectId: string,
): Promise<StoredBrief | undefined> {
  const row = await db
    .selectFrom('briefs')
    .select(['version', 'body'])
    .where('project_id', '=', projectId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { version: row.version, brief: row.body }
}

/** Like latestBrief. @throws AppError `not_found` while there is none. */
export async function getBrief(db: Queryable, projectId: string): Promise<StoredBrief> {
  const found = await latestBrief(db, projectId)
  if (found === undefined) throw notFound('brief')
  return found
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
