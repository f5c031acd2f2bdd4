import type { Role } from '../../../src/domain/principal.ts'
import { hasRole, roles } from '../../../src/domain/role-order.ts'
import type { MemberView } from '../../../src/http/access-views.ts'
import type { Option } from '../parts/choice.tsx'

const hints: Readonly<Record<Role, string>> = {
  viewer: 'Reads everything of the workspace but the queue.',
  member: 'Besides: brings talks in, answers, edits, comments, approves, and makes keys.',
  admin: 'Besides: the Operate page, budgets, settings, invitations, members, and keys of others.',
  owner: 'Besides: makes and removes owners.',
}

/** The roles that somebody may hand out, the least first: none above their own. */
export function rolesUpTo(role: Role): readonly Option<Role>[] {
  return roles
    .filter((one) => hasRole(role, one))
    .map((value) => ({ value, words: value, hint: hints[value] }))
}

/** What somebody may do with a member; the server decides it anew each time. */
export interface MayWithMember {
  changeRole: boolean
  /** Of oneself it is called leaving, and everybody may. */
  remove: boolean
  /** The workspace's only owner: they stay, and stay what they are. */
  isLastOwner: boolean
}

export function mayWith(
  me: { userId: string; role: Role },
  member: MemberView,
  members: readonly MemberView[],
): MayWithMember {
  const outranks = hasRole(me.role, 'admin') && hasRole(me.role, member.role)
  const owners = members.filter(({ role }) => role === 'owner')
  return {
    changeRole: outranks,
    remove: outranks || member.userId === me.userId,
    isLastOwner: member.role === 'owner' && owners.length === 1,
  }
}

/** A member as people call them. */
export function nameOf({ name, email, userId }: MemberView): string {
  return name ?? email ?? `user ${userId.slice(0, 8)}`
}
