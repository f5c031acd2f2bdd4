import { z } from 'zod'

export const Role = z.enum(['viewer', 'member', 'admin', 'owner'])
export type Role = z.infer<typeof Role>

/** Who is asking, for one workspace. */
export interface Principal {
  userId: string
  workspaceId: string
  role: Role
  /** How they proved who they are. */
  via: 'session' | 'terminal' | 'api_key' | 'admin_key'
  /** Whether the sign-in had one; `missing` where the workspace wants it of admins and it had none. */
  secondFactor?: 'shown' | 'missing'
  /** The API key, where it was one. */
  keyId?: string
  /** The hash of the session's token, where it was one. */
  sessionHash?: string
  /** When what they brought ends by itself, where it says so. */
  until?: Date
}

/** Keys stand for one workspace; a person for all of theirs. */
export function isKey({ via }: Pick<Principal, 'via'>): boolean {
  return via === 'api_key' || via === 'admin_key'
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
