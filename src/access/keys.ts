import type { Principal, Role } from '../domain/principal.ts'
import { notFound } from '../domain/errors.ts'
import { asCaller } from '../store/caller.ts'
import { type ApiKeyRow, insertApiKey, listApiKeys, revokeApiKey } from '../store/credentials.ts'
import type { Queryable } from '../store/database.ts'
import { apiKeyPrefix, requirePerson, requireRole } from './authenticate.ts'
import { randomToken, tokenHash } from './random-token.ts'

/** How many characters of a key are kept to recognise it by. */
const shownLength = apiKeyPrefix.length + 6

export interface WantedKey {
  id: string
  name: string
  role: Role
  /** Null for a key that holds until it is revoked. */
  expiresAt: Date | null
}

/**
 * Makes a key of the caller's workspace and gives it: it is stored as a hash alone, and never shown
 * again. Nobody makes a key with more rights than their own, and no key makes another.
 *
 * @throws AppError `forbidden`, `person_required`
 */
export async function createKey(
  db: Queryable,
  principal: Principal,
  { id, name, role, expiresAt }: WantedKey,
): Promise<string> {
  requireRole(principal, 'member')
  requireRole(principal, role)
  requirePerson(principal, 'makes no other key')
  const key = `${apiKeyPrefix}${randomToken()}`
  const hash = await tokenHash(key)
  const { workspaceId, userId: createdBy } = principal
  const prefix = key.slice(0, shownLength)
  await asCaller(db, principal, (tx) =>
    insertApiKey(tx, { id, workspaceId, name, prefix, hash, role, createdBy, expiresAt }),
  )
  return key
}

/** The keys of the caller's workspace: all of them for admins, otherwise the caller's own. */
export async function keysOf(db: Queryable, principal: Principal): Promise<ApiKeyRow[]> {
  return asCaller(db, principal, (tx) => listApiKeys(tx, principal.workspaceId))
}

/** Revokes a key for good. @throws AppError `not_found`, `forbidden` */
export async function revokeKey(
  db: Queryable,
  principal: Principal,
  id: string,
  now: Date,
): Promise<void> {
  const { workspaceId } = principal
  requireRole(principal, 'member')
  const revoked = await asCaller(db, principal, (tx) => revokeApiKey(tx, workspaceId, id, now))
  if (!revoked) throw notFound('key that still holds')
}

/** When a key that is made now for so many days expires; null for one that holds until it is revoked. */
export function expiryOf(days: number | undefined, now: Date): Date | null {
  return days === undefined ? null : new Date(now.getTime() + days * 24 * 60 * 60_000)
}
