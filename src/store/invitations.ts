import { type Selectable, sql } from 'kysely'
import type { Role } from '../domain/principal.ts'
import type { Queryable, Tx } from './database.ts'
import type { InvitationsTable } from './access-tables.ts'

/** Without the hash, which nobody but the server may read. */
export type InvitationRow = Omit<Selectable<InvitationsTable>, 'hash'>

const shown = [
  'id',
  'workspace_id',
  'name',
  'role',
  'created_by',
  'created_at',
  'expires_at',
  'accepted_at',
  'accepted_by',
  'revoked_at',
] as const

export interface NewInvitation {
  id: string
  workspaceId: string
  name: string
  role: Role
  hash: string
  createdBy: string
  expiresAt: Date
}

export async function insertInvitation(tx: Tx, invitation: NewInvitation): Promise<void> {
  await tx
    .insertInto('invitations')
    .values({
      id: invitation.id,
      workspace_id: invitation.workspaceId,
      name: invitation.name,
      role: invitation.role,
      hash: invitation.hash,
      created_by: invitation.createdBy,
      expires_at: invitation.expiresAt,
    })
    .execute()
}

/** As for a key, whoever made an invitation must still be allowed to: it goes with them. */
const makerMay = sql<boolean>`exists (select from memberships maker
  where maker.workspace_id = invitations.workspace_id and maker.user_id = invitations.created_by
    and talkwright.rank(maker.role) >= greatest(3, talkwright.rank(invitations.role)))`

/** Those that can still be accepted, the newest first. */
export async function openInvitations(
  db: Queryable,
  workspaceId: string,
  now: Date,
): Promise<InvitationRow[]> {
  return db
    .selectFrom('invitations')
    .select(shown)
    .where('workspace_id', '=', workspaceId)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .where(makerMay)
    .orderBy('created_at', 'desc')
    .limit(1_000)
    .execute()
}

/** False when there is none with this id that can still be accepted. */
export async function revokeInvitation(
  tx: Tx,
  workspaceId: string,
  id: string,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('invitations')
    .set({ revoked_at: now })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** The name of the workspace that an invitation leads to, while it can be accepted. */
export async function invitedTo(
  db: Queryable,
  hash: string,
  now: Date,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('invitations')
    .innerJoin('workspaces', 'workspaces.id', 'invitations.workspace_id')
    .select('workspaces.name')
    .where('invitations.hash', '=', hash)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .where(makerMay)
    .executeTakeFirst()
  return row?.name
}

/** The invitation with this hash while it can be accepted; its row stays locked. */
export async function lockInvitation(
  tx: Tx,
  hash: string,
  now: Date,
): Promise<InvitationRow | undefined> {
  return tx
    .selectFrom('invitations')
    .select(shown)
    .where('hash', '=', hash)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .where(makerMay)
    .forUpdate()
    .executeTakeFirst()
}

/** Uses an invitation up; somebody who is in the workspace already keeps the role that they have. */
export async function acceptInvitation(
  tx: Tx,
  { id, workspace_id: workspaceId, role }: InvitationRow,
  userId: string,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('invitations')
    .set({ accepted_at: now, accepted_by: userId })
    .where('id', '=', id)
    .execute()
  await tx
    .insertInto('memberships')
    .values({ workspace_id: workspaceId, user_id: userId, role })
    .onConflict((oc) => oc.columns(['workspace_id', 'user_id']).doNothing())
    .execute()
}
