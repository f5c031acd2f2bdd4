import { notFound } from '../domain/errors.ts'
import type { Principal, Role } from '../domain/principal.ts'
import { asCaller } from '../store/caller.ts'
import type { Queryable, Tx } from '../store/database.ts'
import {
  deleteMember,
  findMember,
  listMembers,
  type Member,
  setMemberRole,
} from '../store/members.ts'
import { requireRole } from './authenticate.ts'

async function memberOf(tx: Tx, { workspaceId }: Principal, userId: string): Promise<Member> {
  const member = await findMember(tx, workspaceId, userId)
  if (member === undefined) throw notFound('member')
  return member
}

/** Everybody in the caller's workspace. */
export async function membersOf(db: Queryable, principal: Principal): Promise<Member[]> {
  return asCaller(db, principal, (tx) => listMembers(tx, principal.workspaceId))
}

/**
 * Gives a member another role. Admins change those who stand no higher than they do themselves, and
 * to no higher role; a workspace keeps an owner.
 *
 * @throws AppError `not_found`, `forbidden`, `last_owner`
 */
export async function changeRole(
  db: Queryable,
  principal: Principal,
  userId: string,
  role: Role,
): Promise<Member> {
  requireRole(principal, 'admin')
  return asCaller(db, principal, async (tx) => {
    const member = await memberOf(tx, principal, userId)
    requireRole(principal, member.role)
    requireRole(principal, role)
    const changed = await setMemberRole(tx, principal.workspaceId, userId, role)
    if (!changed) throw notFound('member')
    return { ...member, role }
  })
}

/**
 * Ends a membership, and with it the person's keys of this workspace. Everybody may leave; who
 * removes another must be an admin and stand no lower.
 *
 * @throws AppError `not_found`, `forbidden`, `last_owner`
 */
export async function removeMember(
  db: Queryable,
  principal: Principal,
  userId: string,
): Promise<void> {
  const leaves = userId === principal.userId
  if (!leaves) requireRole(principal, 'admin')
  await asCaller(db, principal, async (tx) => {
    const member = await memberOf(tx, principal, userId)
    requireRole(principal, member.role)
    if (!(await deleteMember(tx, principal.workspaceId, userId))) throw notFound('member')
  })
}
