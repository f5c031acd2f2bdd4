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

/**
 * Claims an idempotency key for a request. Undefined: the key is new, carry the request out.
 * Otherwise the answer that the same request got before.
 *
 * @throws AppError `idempotency_key_reused` when the key came with another request, and
 *   `request_in_progress` while the first one is still being carried out.
 */
export async function claimIdempotencyKey(
  db: Queryable,
  request: { workspaceId: string; key: string; hash: string },
): Promise<StoredAnswer | undefined> {
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
    .returning('key')
    .executeTakeFirst()
  if (inserted !== undefined) return undefined
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
  return { status: row.status, response: row.response }
}

/** Keeps the answer for repeats of the request. */
export async function storeAnswer(
  db: Queryable,
  request: { workspaceId: string; key: string },
  answer: StoredAnswer,
): Promise<void> {
  await db
    .updateTable('idempotency_keys')
    .set({ status: answer.status, response: jsonb(answer.response) })
    .where('workspace_id', '=', request.workspaceId)
    .where('key', '=', request.key)
    .execute()
}

/** Frees a key whose request failed, so that it can be tried again. */
export async function releaseIdempotencyKey(
  db: Queryable,
  request: { workspaceId: string; key: string },
): Promise<void> {
  await db
    .deleteFrom('idempotency_keys')
    .where('workspace_id', '=', request.workspaceId)
    .where('key', '=', request.key)
    .where('status', 'is', null)
    .execute()
}
