/** The roles of a workspace, each with the rights of those before it and more. */
export const roles = ['viewer', 'member', 'admin', 'owner'] as const
type Role = (typeof roles)[number]

const rank: Readonly<Record<Role, number>> = { viewer: 0, member: 1, admin: 2, owner: 3 }

/** The one of two roles that may do less. */
export function lesserRole(one: Role, other: Role): Role {
  return rank[one] < rank[other] ? one : other
}

/** True when the role is the needed one or stands above it. */
export function hasRole(role: Role, needed: Role): boolean {
  return rank[role] >= rank[needed]
}
