import type { Selectable } from 'kysely'
import type { Queryable, Tx } from './database.ts'
import { jsonb } from './jsonb.ts'
import type { AuditLogTable } from './schema.ts'

export interface AuditEntry {
  id: string
  workspaceId: string
  /** A user's id, or `system`. */
  actor: string
  /** What was done: `plan.approve`. */
  action: string
  /** What it was done to. */
  target: string
  details?: Record<string, unknown>
}

/** Adds a line to the audit log, in the transaction of what it tells about. */
export async function audit(tx: Tx, entry: AuditEntry): Promise<void> {
  await tx
    .insertInto('audit_log')
    .values({
      id: entry.id,
      workspace_id: entry.workspaceId,
      actor: entry.actor,
      action: entry.action,
      target: entry.target,
      details: jsonb(entry.details ?? {}),
    })
    .execute()
}

export type AuditRow = Selectable<AuditLogTable>

/** Where a page of the audit log begins: after this line. */
export interface AuditPosition {
  at: Date | string
  id: string
}

async function list(
  db: Queryable,
  column: 'workspace_id' | 'target',
  value: string,
  limit: number,
  after?: AuditPosition,
): Promise<AuditRow[]> {
  let query = db
    .selectFrom('audit_log')
    .selectAll()
    .where(column, '=', value)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (after !== undefined) {
    query = query.where((eb) =>
      eb(eb.refTuple('at', 'id'), '<', eb.tuple(new Date(after.at), after.id)),
    )
  }
  return query.execute()
}

/** A workspace's audit log, newest first, at most `limit` lines. */
export async function listAudit(
  db: Queryable,
  workspaceId: string,
  limit: number,
  after?: AuditPosition,
): Promise<AuditRow[]> {
  return list(db, 'workspace_id', workspaceId, limit, after)
}

/** What was done to one thing, newest first, at most `limit` lines. */
export async function listAuditOf(
  db: Queryable,
  target: string,
  limit: number,
  after?: AuditPosition,
): Promise<AuditRow[]> {
  return list(db, 'target', target, limit, after)
}
