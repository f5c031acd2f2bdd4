import { inWorkspace, requireRole } from '../access/authenticate.ts'
import { notFound } from '../domain/errors.ts'
import { isKey, type Principal, type Role } from '../domain/principal.ts'
import { lesserRole } from '../domain/role-order.ts'
import { asCaller } from '../store/caller.ts'
import type { Database, Tx } from '../store/database.ts'
import { getProject } from '../store/projects.ts'
import { type Membership, membership } from '../store/workspaces.ts'

/**
 * The caller in the workspace of a project: a person may open one of another workspace than the one
 * that they have chosen, and then has the role that they have there. `tx` must be the caller's.
 *
 * @throws AppError `not_found`
 */
export async function callerIn(
  tx: Tx,
  principal: Principal,
  projectId: string,
): Promise<Principal> {
  const { workspace_id: workspaceId } = await getProject(tx, projectId)
  const caller = await callerAt(tx, principal, workspaceId)
  if (caller === undefined) throw notFound('project')
  return caller
}

/** A workspace with the caller's role in it, which a key may lower; undefined when they are not in it. */
export async function memberAt(
  tx: Tx,
  principal: Principal,
  workspaceId: string,
): Promise<Membership | undefined> {
  const member = await membership(tx, workspaceId, principal.userId)
  if (member === undefined || !isKey(principal)) return member
  return { ...member, role: lesserRole(principal.role, member.role) }
}

/** The caller in a workspace, with the role that they have there; undefined when they are not in it. */
export async function callerAt(
  tx: Tx,
  principal: Principal,
  workspaceId: string,
): Promise<Principal | undefined> {
  if (workspaceId === principal.workspaceId) return principal
  const member = await membership(tx, workspaceId, principal.userId)
  return member && inWorkspace({ ...principal, shown: principal.secondFactor === 'shown' }, member)
}

/**
 * Whether somebody may act on a project: who may not see it learns nothing of it, not even which
 * role that takes. Gives the caller in the project's workspace.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function mayAct(
  { db }: Database,
  principal: Principal,
  projectId: string,
  needed: Role = 'member',
): Promise<Principal> {
  const caller = await asCaller(db, principal, (tx) => callerIn(tx, principal, projectId))
  requireRole(caller, needed)
  return caller
}
