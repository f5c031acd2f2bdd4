import type { Selectable } from 'kysely'
import type { Role } from '../domain/principal.ts'
import type { Queryable } from './database.ts'
import type { ApiKeysTable } from './access-tables.ts'

/** Without the hash, which nobody but the server may read. */
export type ApiKeyRow = Omit<Selectable<ApiKeysTable>, 'hash'>

const shown = [
  'id',
  'workspace_id',
  'name',
  'prefix',
  'role',
  'created_by',
  'created_at',
  'expires_at',
  'revoked_at',
  'last_used_at',
] as const

export interface NewApiKey {
  id: string
  workspaceId: string
  name: string
  prefix: string
  hash: string
  role: Role
  createdBy: string
  expiresAt: Date | null
}

export async function insertApiKey(db: Queryable, key: NewApiKey): Promise<void> {
  await db
    .insertInto('api_keys')
    .values({
      id: key.id,
      workspace_id: key.workspaceId,
      name: key.name,
      prefix: key.prefix,
      hash: key.hash,
      role: key.role,
      created_by: key.createdBy,
      expires_at: key.expiresAt,
    })
    .execute()
}

export async function listApiKeys(db: Queryable, workspaceId: string): Promise<ApiKeyRow[]> {
  return db
    .selectFrom('api_keys')
    .select(shown)
    .where('workspace_id', '=', workspaceId)
    .orderBy('created_at')
    .limit(10_000)
    .execute()
}

/** Revokes a key for good; false when there is none with this id that still holds. */
export async function revokeApiKey(
  db: Queryable,
  workspaceId: string,
  id: string,
  now: Date,
): Promise<boolean> {
  const row = await db
    .updateTable('api_keys')
    .set({ revoked_at: now })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** How exactly it is noted when a key was last used: a write at each request would be too many. */
const useNotedMs = 60_000

/**
 * The key with this hash while it holds: neither revoked nor expired, and made by somebody who is
 * still in its workspace, with their role there. Notes that it was used, to the minute.
 */
export async function useApiKey(
  db: Queryable,
  hash: string,
  now: Date,
): Promise<(ApiKeyRow & { maker_role: Role }) | undefined> {
  const row = await db
    .selectFrom('api_keys')
    .select(shown)
    .select((eb) =>
      eb
        .selectFrom('memberships')
        .select('role')
        .whereRef('memberships.workspace_id', '=', 'api_keys.workspace_id')
        .whereRef('memberships.user_id', '=', 'api_keys.created_by')
        .as('maker_role'),
    )
    .where('hash', '=', hash)
    .where('revoked_at', 'is', null)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .executeTakeFirst()
  if (row === undefined || row.maker_role === null) return undefined
  if (row.last_used_at === null || now.getTime() - row.last_used_at.getTime() >= useNotedMs) {
    await db.updateTable('api_keys').set({ last_used_at: now }).where('id', '=', row.id).execute()
  }
  return { ...row, maker_role: row.maker_role }
}

export interface NewSignInLink {
  hash: string
  workspaceId: string
  userId: string
  expiresAt: Date
}

export async function insertSignInLink(db: Queryable, link: NewSignInLink): Promise<void> {
  await db
    .insertInto('sign_in_links')
    .values({
      hash: link.hash,
      workspace_id: link.workspaceId,
      user_id: link.userId,
      expires_at: link.expiresAt,
      used_at: null,
    })
    .execute()
}

/** Uses a link up and gives whom it signs in; undefined when it is unknown, used or too old. */
export async function useSignInLink(
  db: Queryable,
  hash: string,
  now: Date,
): Promise<{ workspaceId: string; userId: string } | undefined> {
  const row = await db
    .updateTable('sign_in_links')
    .set({ used_at: now })
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning(['workspace_id', 'user_id'])
    .executeTakeFirst()
  return row && { workspaceId: row.workspace_id, userId: row.user_id }
}
