import { z } from 'zod'
import { roles } from './role-order.ts'

export const Role = z.enum(roles)
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
