import type { Tx } from './database.ts'
import { jsonb } from './jsonb.ts'

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
