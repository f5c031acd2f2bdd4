import { randomUUID } from 'node:crypto'
import { ensureFirstWorkspace } from '../access/first-workspace.ts'
import type { Principal } from '../domain/principal.ts'
import type { Database } from '../store/database.ts'

/** Whoever has the terminal acts for the owner of the first workspace. */
export async function terminalOwner(database: Database): Promise<Principal> {
  const { workspaceId, ownerId } = await ensureFirstWorkspace(database, randomUUID)
  return { userId: ownerId, workspaceId, role: 'owner', via: 'terminal' }
}
