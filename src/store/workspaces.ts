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

/** A person's role in a workspace and the workspace's name; undefined when they are not in it. */
export async function membership(
  db: Queryable,
  workspaceId: string,
  userId: string,
): Promise<{ role: Role; workspace: Workspace } | undefined> {
  const row = await db
    .selectFrom('memberships')
    .innerJoin('workspaces', 'workspaces.id', 'memberships.workspace_id')
    .select(['memberships.role', 'workspaces.id', 'workspaces.name'])
    .where('memberships.workspace_id', '=', workspaceId)
    .where('memberships.user_id', '=', userId)
    .executeTakeFirst()
  return row && { role: row.role, workspace: { id: row.id, name: row.name } }
}
