import { sql } from 'kysely'
import type { Brief } from '../domain/brief.ts'
import { notFound } from '../domain/errors.ts'
import type { Queryable, Tx } from './database.ts'
import { jsonb } from './jsonb.ts'

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

/** Stores a new version of a project's brief and gives its number. The project's row must be locked. */
export async function insertBrief(
  tx: Tx,
  project: { id: string; workspaceId: string },
  brief: Brief,
): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    insert into briefs (project_id, workspace_id, version, body)
    select ${project.id}::uuid, ${project.workspaceId}::uuid, coalesce(max(version), 0) + 1,
      ${jsonb(brief)}
    from briefs where project_id = ${project.id}::uuid
    returning version`.execute(tx)
  return rows[0]?.version ?? 1
}
