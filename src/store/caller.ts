import { type Kysely, sql } from 'kysely'
import type { Principal } from '../domain/principal.ts'
import type { Tx } from './database.ts'
import type { Schema } from './schema.ts'

/**
 * Reads as a person: in a transaction with the role `authenticated` and their claims, so that
 * row-level security decides what they see, whatever the query says.
 */
export function asCaller<T>(
  db: Kysely<Schema>,
  principal: Principal,
  read: (tx: Tx) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (tx) => {
    const claims = JSON.stringify({ sub: principal.userId, role: 'authenticated' })
    await sql`select set_config('request.jwt.claims', ${claims}, true),
      set_config('role', 'authenticated', true)`.execute(tx)
    return read(tx)
  })
}
