import { type Kysely, sql } from 'kysely'
import { isKey, type Principal } from '../domain/principal.ts'
import type { Tx } from './database.ts'
import type { Schema } from './schema.ts'

/** A person has all of their workspaces; a key has its own alone, and its own role there at most. */
function claimsOf(principal: Principal): object {
  const { userId, workspaceId, role, via, secondFactor } = principal
  // Whoever has the terminal has the machine.
  const aal = secondFactor === 'shown' || via === 'terminal' ? 'aal2' : 'aal1'
  const claims = { sub: userId, role: 'authenticated', aal }
  return isKey(principal) ? { ...claims, talkwright: { workspace: workspaceId, role } } : claims
}

/**
 * Works as the caller: in a transaction with the role `authenticated` and their claims, so that
 * row-level security decides what they see and write, whatever the statement says.
 */
export function asCaller<T>(
  db: Kysely<Schema>,
  principal: Principal,
  run: (tx: Tx) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (tx) => {
    const claims = JSON.stringify(claimsOf(principal))
    await sql`select set_config('request.jwt.claims', ${claims}, true),
      set_config('role', 'authenticated', true)`.execute(tx)
    return run(tx)
  })
}
