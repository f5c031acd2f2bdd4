import { sql } from 'kysely'
import type { Queryable, Tx } from './database.ts'

export interface InboxMessage {
  id: string
  source: string
  /** Equal for a repeat of the same message. */
  dedupeKey: string
  externalId: string | null
  eventType: string | null
  /** The body as it may be stored, as JSON text: without secrets, and of what jsonb takes. */
  body: string
  /** Set for a message that nothing is to be done about. */
  outcome: string | null
}

/** Parts the bodies (RFC 7464): JSON holds it as an escape only, so they need none of their own. */
const separator = '\u001e'

/**
 * Keeps messages that all have other keys, in one statement; gives the ids of those that were not
 * here yet.
 */
export async function insertInbox(
  tx: Tx,
  messages: readonly InboxMessage[],
  now: Date,
): Promise<ReadonlySet<string>> {
  // In one order everywhere, or two transactions that hold keys of each other would wait for ever.
  const ordered = [...messages].sort((a, b) => (a.dedupeKey < b.dedupeKey ? -1 : 1))
  const columns = JSON.stringify(ordered.map(({ body: _body, ...rest }) => rest))
  const bodies = ordered.map(({ body }) => body).join(separator)
  const { rows } = await sql<{ id: string }>`
    insert into webhook_inbox
      (id, source, dedupe_key, external_id, event_type, body, outcome, handled_at)
    select id, source, dedupe_key, external_id, event_type, body::jsonb, outcome,
      case when outcome is not null then ${now.toISOString()}::timestamptz end
    from rows from (
      json_to_recordset(${columns}::text::json) as (id uuid, source text, "dedupeKey" text,
        "externalId" text, "eventType" text, outcome text),
      unnest(string_to_array(${bodies}::text, chr(30)))
    ) as message (id, source, dedupe_key, external_id, event_type, outcome, body)
    on conflict (source, dedupe_key) do nothing
    returning id`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}

export interface KeptMessage {
  body: unknown
  handled: boolean
  /** Its conversation goes on with a project. */
  goesOn: boolean
}

/** Kept messages by their ids; those that are gone are left out. */
export async function getInboxes(
  db: Queryable,
  ids: readonly string[],
): Promise<ReadonlyMap<string, KeptMessage>> {
  const { rows } = await sql<KeptMessage & { id: string }>`
    select id, body, handled_at is not null as handled,
      exists (select 1 from conversations said where said.source = webhook_inbox.source
        and said.external_id = webhook_inbox.external_id
        and said.continues is not null) as "goesOn"
    from webhook_inbox where id = any(${ids}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, ...message }) => [id, message]))
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

/** Says what became of kept messages. */
export async function markHandled(
  tx: Tx,
  outcomes: readonly { id: string; outcome: string }[],
  now: Date,
): Promise<void> {
  if (outcomes.length === 0) return
  await sql`update webhook_inbox set handled_at = ${now.toISOString()}::timestamptz,
      outcome = said.outcome
    from json_to_recordset(${JSON.stringify(outcomes)}::text::json) as said (id uuid, outcome text)
    -- The ids once more: a join alone would read all messages by a plan from when there were few.
    where webhook_inbox.id = any(${outcomes.map(({ id }) => id)}::uuid[])
      and webhook_inbox.id = said.id`.execute(tx)
}
