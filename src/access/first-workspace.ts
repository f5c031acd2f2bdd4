import { advisoryLocks } from '../store/advisory-locks.ts'
import type { Database } from '../store/database.ts'
import { firstOwner, firstWorkspace, insertWorkspace } from '../store/workspaces.ts'
import { sql } from 'kysely'

/** The first workspace and its owner; made on an empty database, once, however many servers start. */
export async function ensureFirstWorkspace(
  database: Database,
  id: () => string,
): Promise<{ workspaceId: string; ownerId: string }> {
  return database.db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${advisoryLocks.firstWorkspace}::bigint)`.execute(tx)
    const existing = await firstWorkspace(tx)
    if (existing !== undefined) {
      const owner = await firstOwner(tx, existing.id)
      if (owner !== undefined) return { workspaceId: existing.id, ownerId: owner }
    }
    const workspaceId = id()
    const ownerId = id()
    await insertWorkspace(tx, { id: workspaceId, name: 'My workspace' }, ownerId)
    return { workspaceId, ownerId }
  })
}
