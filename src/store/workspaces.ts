import type { Role } from '../domain/principal.ts'
import type { Queryable, Tx } from './database.ts'

export interface Workspace {
  id: string
  name: string
}

/** The oldest workspace: where scripts and hand-set callback URLs land. */
export async function firstWorkspace(db: Queryable): Promise<Workspace | undefined> {
  return db
    .selectFrom('workspaces')
    .select(['id', 'name'])
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
}

/** The first owner of a workspace: whom the one-time link and the admin key act for. */
export async function firstOwner(db: Queryable, workspaceId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('memberships')
    .select('user_id')
    .where('workspace_id', '=', workspaceId)
    .where('role', '=', 'owner')
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst()
  return row?.user_id
}

export async function insertWorkspace(
  tx: Tx,
  workspace: Workspace,
  ownerId: string,
): Promise<void> {
  await tx.insertInto('workspaces').values(workspace).execute()
  await tx
    .insertInto('memberships')
    .values({ workspace_id: workspace.id, user_id: ownerId, role: 'owner' })
    .execute()
}

/** What holds in a workspace for all of its members. */
export interface WorkspaceSettings extends Workspace {
  /** Whoever asked for a plan may not approve it. */
  fourEyes: boolean
  /** What admins do takes a sign-in with a second factor. */
  secondFactor: boolean
}

export interface Membership {
  role: Role
  workspace: WorkspaceSettings
}

function memberships(db: Queryable, userId: string) {
  return db
    .selectFrom('memberships')
    .innerJoin('workspaces', 'workspaces.id', 'memberships.workspace_id')
    .select([
      'memberships.role',
      'workspaces.id',
      'workspaces.name',
      'workspaces.four_eyes as fourEyes',
      'workspaces.second_factor as secondFactor',
    ])
    .where('memberships.user_id', '=', userId)
}

/** A person's role in a workspace and the workspace; undefined when they are not in it. */
export async function membership(
  db: Queryable,
  workspaceId: string,
  userId: string,
): Promise<Membership | undefined> {
  const row = await memberships(db, userId)
    .where('memberships.workspace_id', '=', workspaceId)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const { role, ...workspace } = row
  return { role, workspace }
}

/** All that a person belongs to, the one that they joined first at the head. */
export async function membershipsOf(db: Queryable, userId: string): Promise<Membership[]> {
  const rows = await memberships(db, userId)
    .orderBy('memberships.created_at')
    .orderBy('workspaces.id')
    .limit(1_000)
    .execute()
  return rows.map(({ role, ...workspace }) => ({ role, workspace }))
}

/** Changes what is given of a workspace. False when row-level security does not let the caller. */
export async function changeWorkspace(
  tx: Tx,
  id: string,
  wanted: { [K in 'name' | 'fourEyes' | 'secondFactor']?: WorkspaceSettings[K] | undefined },
): Promise<boolean> {
  const { name, fourEyes, secondFactor } = wanted
  const { numUpdatedRows } = await tx
    .updateTable('workspaces')
    .set({
      ...(name !== undefined && { name }),
      ...(fourEyes !== undefined && { four_eyes: fourEyes }),
      ...(secondFactor !== undefined && { second_factor: secondFactor }),
    })
    .where('id', '=', id)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
