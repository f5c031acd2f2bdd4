import { sql } from 'kysely'
import type { Principal } from '../domain/principal.ts'
import type { Queryable } from './database.ts'

export interface NewLiveTicket {
  hash: string
  principal: Principal
  expiresAt: Date
}

/** Stores a ticket, and removes some that nobody came with in time. */
export async function insertLiveTicket(
  db: Queryable,
  { hash, principal, expiresAt }: NewLiveTicket,
  now: Date,
): Promise<void> {
  await db
    .with('gone', (with_) =>
      with_.deleteFrom('live_tickets').where(
        'hash',
        'in',
        sql<string>`(select hash from live_tickets where expires_at < ${now}
          order by expires_at limit 10 for update skip locked)`,
      ),
    )
    .insertInto('live_tickets')
    .values({
      hash,
      workspace_id: principal.workspaceId,
      user_id: principal.userId,
      role: principal.role,
      via: principal.via,
      key_id: principal.keyId ?? null,
      session_hash: principal.sessionHash ?? null,
      until: principal.until ?? null,
      expires_at: expiresAt,
    })
    .execute()
}

/** Uses a ticket up and gives whom it lets in; undefined when it is unknown, used or too old. */
export async function useLiveTicket(
  db: Queryable,
  hash: string,
  now: Date,
): Promise<Principal | undefined> {
  const row = await db
    .deleteFrom('live_tickets')
    .where('hash', '=', hash)
    .where('expires_at', '>', now)
    .returning(['workspace_id', 'user_id', 'role', 'via', 'key_id', 'session_hash', 'until'])
    .executeTakeFirst()
  return (
    row && {
      workspaceId: row.workspace_id,
      userId: row.user_id,
      role: row.role,
      via: row.via,
      ...(row.key_id !== null && { keyId: row.key_id }),
      ...(row.session_hash !== null && { sessionHash: row.session_hash }),
      ...(row.until !== null && { until: row.until }),
    }
  )
}
