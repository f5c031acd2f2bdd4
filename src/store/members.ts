import type { Role } from '../domain/principal.ts'
import { conflict, hasCode } from '../domain/errors.ts'
import type { Queryable, Tx } from './database.ts'

export interface Member {
  userId: string
  role: Role
  /** Null where nobody has said. */
  name: string | null
  email: string | null
  since: Date
}

/** The most members that a list shows; a workspace is a team. */
const mostListed = 1_000

function members(db: Queryable, workspaceId: string) {
  return db
    .selectFrom('memberships')
    .leftJoin('people', 'people.id', 'memberships.user_id')
    .select([
      'memberships.user_id as userId',
      'memberships.role',
      'people.name',
      'people.email',
      'memberships.created_at as since',
    ])
    .where('memberships.workspace_id', '=', workspaceId)
}

/** A workspace's members, the first one first. */
export async function listMembers(db: Queryable, workspaceId: string): Promise<Member[]> {
  return members(db, workspaceId)
    .orderBy('memberships.created_at')
    .orderBy('memberships.user_id')
    .limit(mostListed)
    .execute()
}

export async function findMember(
  db: Queryable,
  workspaceId: string,
  userId: string,
): Promise<Member | undefined> {
  return members(db, workspaceId).where('memberships.user_id', '=', userId).executeTakeFirst()
}

/** What the database says when a workspace would be left without an owner. */
function lastOwner(thrown: unknown): unknown {
  if (!hasCode(thrown, 'TW001')) return thrown
  return conflict('last_owner', 'A workspace needs an owner. Make somebody else an owner first.')
}

/** False when row-level security does not let the caller. @throws AppError `last_owner` */
export async function setMemberRole(
  tx: Tx,
  workspaceId: string,
  userId: string,
  role: Role,
): Promise<boolean> {
  try {
    const { numUpdatedRows } = await tx
      .updateTable('memberships')
      .set({ role })
      .where('workspace_id', '=', workspaceId)
      .where('user_id', '=', userId)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  } catch (error) {
    throw lastOwner(error)
  }
}

/**
 * Ends a membership, and with it the keys that the person made here. False when row-level security
 * does not let the caller.
 *
 * @throws AppError `last_owner`
 */
export async function deleteMember(tx: Tx, workspaceId: string, userId: string): Promise<boolean> {
  try {
    const { numDeletedRows } = await tx
      .deleteFrom('memberships')
      .where('workspace_id', '=', workspaceId)
      .where('user_id', '=', userId)
      .executeTakeFirst()
    return numDeletedRows > 0n
  } catch (error) {
    throw lastOwner(error)
  }
}
