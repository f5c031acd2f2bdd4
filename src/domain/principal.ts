import { z } from 'zod'

export const Role = z.enum(['viewer', 'member', 'admin', 'owner'])
export type Role = z.infer<typeof Role>

/** Who is asking, for one workspace. */
export interface Principal {
  userId: string
  workspaceId: string
  role: Role
  /** How they proved who they are. */
  via: 'session' | 'api_key' | 'admin_key'
  /** The API key, where it was one. */
  keyId?: string
}

const rank: Readonly<Record<Role, number>> = { viewer: 0, member: 1, admin: 2, owner: 3 }

/** The one of two roles that may do less. */
export function lesserRole(one: Role, other: Role): Role {
  return rank[one] < rank[other] ? one : other
}

/** True when the role is the needed one or stands above it. */
export function hasRole(role: Role, needed: Role): boolean {
  return rank[role] >= rank[needed]
}
