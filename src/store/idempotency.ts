import { sql } from 'kysely'
import { conflict } from '../domain/errors.ts'
import type { Queryable } from './database.ts'
import { jsonb } from './jsonb.ts'

export interface StoredAnswer {
  status: number
  response: unknown
}

/**
 * A request that was not answered for this long has most likely died with its process, and its key is
 * free again. What can take longer, a look through all pages of Tavus's list, orders one call at most
 * by its own note.
 */
const abandoned = sql<Date>`now() - interval '1 minute'`

/** Either a claim, with which the request is to be carried out, or the answer that it got before. */
export type Claimed = { claim: Claim } | { answered: StoredAnswer }

/** One hold on a key. A request that outlived its time loses it to a repeat, which has another. */
export interface Claim {
  workspaceId: string
  key: string
  /** When it was taken, with all the digits that the database has: no two holds on a key share it. */
  takenAt: string
}

/**
 * Claims an idempotency key for a request, which is carried out with it, or gives the answer that the
 * same request got before.
 *
 * @throws AppError `idempotency_key_reused` when the key came with another request, and
 *   `request_in_progress` while the first one is still being carried out.
 */
export async function claimIdempotencyKey(
  db: Queryable,
  request: { workspaceId: string; key: string; hash: string },
): Promise<Claimed> {
  const inserted = await db
    .insertInto('idempotency_keys')
    .values({
      workspace_id: request.workspaceId,
      key: request.key,
      request_hash: request.hash,
      status: null,
    })
    .onConflict((onConflict) =>
      onConflict
        .columns(['workspace_id', 'key'])
        .doUpdateSet((eb) => ({
          request_hash: eb.ref('excluded.request_hash'),
          created_at: sql<Date>`now()`,
        }))
        .where('idempotency_keys.status', 'is', null)
        .where('idempotency_keys.created_at', '<', abandoned),
    )
    .returning(sql<string>`created_at::text`.as('taken_at'))
    .executeTakeFirst()
  if (inserted !== undefined) {
    const { workspaceId, key } = request
    return { claim: { workspaceId, key, takenAt: inserted.taken_at } }
  }
  const row = await db
    .selectFrom('idempotency_keys')
    .select(['request_hash', 'status', 'response'])
    .where('workspace_id', '=', request.workspaceId)
    .where('key', '=', request.key)
    .executeTakeFirst()
  if (row !== undefined && row.request_hash !== request.hash) {
    throw conflict(
      'idempotency_key_reused',
      'This Idempotency-Key was used for another request. Use a new key for a new request.',
    )
  }
  if (row === undefined || row.status === null) {
    throw conflict(
      'request_in_progress',
      'The first request with this Idempotency-Key is still being carried out. Ask again shortly.',
    )
  }
  return { answered: { status: row.status, response: row.response } }
}

function held(claim: Claim) {
  return sql<boolean>`workspace_id = ${claim.workspaceId} and key = ${claim.key}
    and created_at = ${claim.takenAt}::timestamptz and status is null`
}

/** Keeps the answer for repeats of the request; does nothing when the claim was lost. */
export async function storeAnswer(
  db: Queryable,
  claim: Claim,
  answer: StoredAnswer,
): Promise<void> {
  await db
    .updateTable('idempotency_keys')
    .set({ status: answer.status, response: jsonb(answer.response) })
    .where(held(claim))
    .execute()
}

/** Frees the key of a request that failed, so that it can be tried again; a lost claim frees nothing. */
export async function releaseIdempotencyKey(db: Queryable, claim: Claim): Promise<void> {
  await db.deleteFrom('idempotency_keys').where(held(claim)).execute()
}
