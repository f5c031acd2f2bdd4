import type { Principal } from '../domain/principal.ts'
import { hasRole } from '../domain/role-order.ts'
import type { Queryable } from '../store/database.ts'
import { firstWorkspace } from '../store/workspaces.ts'

/**
 * Whether somebody looks after the machine, and not after a workspace on it alone: who brings the
 * admin key, and the owners of the first workspace, as whom the terminal's link signs in.
 */
export async function operatesMachine(
  db: Queryable,
  { via, role, workspaceId }: Principal,
): Promise<boolean> {
  if (via === 'admin_key') return true
  return hasRole(role, 'owner') && (await firstWorkspace(db))?.id === workspaceId
}
