import type { Queryable, Tx } from './database.ts'
import { jsonb } from './jsonb.ts'

export interface InboxMessage {
  id: string
  source: string
  /** Equal for a repeat of the same message. */
  dedupeKey: string
  externalId: string | null
  eventType: string | null
  /** The body as it may be stored: without secrets. */
  body: unknown
}

/** Keeps a message; false when it is a repeat of one that is already here. */
export async function insertInbox(tx: Tx, message: InboxMessage): Promise<boolean> {
  const row = await tx
    .insertInto('webhook_inbox')
    .values({
      id: message.id,
      source: message.source,
      dedupe_key: message.dedupeKey,
      external_id: message.externalId,
      event_type: message.eventType,
      body: jsonb(message.body),
      outcome: null,
    })
    .onConflict((conflict) => conflict.columns(['source', 'dedupe_key']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** A kept message's body, and whether it was handled. */
export async function getInbox(
  db: Queryable,
  id: string,
): Promise<{ body: unknown; handled: boolean } | undefined> {
  const row = await db
    .selectFrom('webhook_inbox')
    .select(['body', 'handled_at'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row && { body: row.body, handled: row.handled_at !== null }
}

/** What a kept message is about, and whether it was handled. */
export async function getInboxKey(
  db: Queryable,
  id: string,
): Promise<{ externalId: string | null; handled: boolean } | undefined> {
  const row = await db
    .selectFrom('webhook_inbox')
    .select(['external_id', 'handled_at'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row && { externalId: row.external_id, handled: row.handled_at !== null }
}

export async function markHandled(tx: Tx, id: string, outcome: string, now: Date): Promise<void> {
  await tx
    .updateTable('webhook_inbox')
    .set({ handled_at: now, outcome })
    .where('id', '=', id)
    .execute()
}
