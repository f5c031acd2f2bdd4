import { type Selectable, sql } from 'kysely'
import { notFound } from '../domain/errors.ts'
import { isSettled, type ProjectStatus } from '../domain/status.ts'
import type { Queryable, Tx } from './database.ts'
import type { Approval, ProjectsTable } from './schema.ts'

export type ProjectRow = Selectable<ProjectsTable>

export interface NewProject {
  id: string
  workspaceId: string
  conversationId: string
  title: string
  approval: Approval
  priority: number
  specId: string
}

/** Stores a new project in status `received`; undefined when its conversation already has one. */
export async function insertProject(tx: Tx, project: NewProject): Promise<string | undefined> {
  const row = await tx
    .insertInto('projects')
    .values({
      id: project.id,
      workspace_id: project.workspaceId,
      conversation_id: project.conversationId,
      title: project.title,
      status: 'received',
      approval: project.approval,
      priority: project.priority,
      spec_id: project.specId,
    })
    .onConflict((conflict) => conflict.column('conversation_id').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

/**
 * The project's row, locked until the transaction ends, so that two stages never decide at once.
 *
 * @throws AppError `not_found`
 */
export async function lockProject(tx: Tx, id: string): Promise<ProjectRow> {
  const row = await tx
    .selectFrom('projects')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound('project')
  return row
}

/** @throws AppError `not_found` */
export async function getProject(db: Queryable, id: string): Promise<ProjectRow> {
  const row = await db.selectFrom('projects').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound('project')
  return row
}

export async function setProjectStatus(
  tx: Tx,
  id: string,
  status: ProjectStatus,
  reason: string | null,
): Promise<void> {
  await tx
    .updateTable('projects')
    .set({
      status,
      status_reason: reason,
      settled_at: isSettled(status) ? sql<Date>`clock_timestamp()` : null,
    })
    .where('id', '=', id)
    .execute()
}

export async function setProjectTitle(tx: Tx, id: string, title: string): Promise<void> {
  await tx.updateTable('projects').set({ title }).where('id', '=', id).execute()
}

/** Where a page of the list begins: after this project. */
export interface ListPosition {
  createdAt: Date
  id: string
}

/** A workspace's projects, newest first, at most `limit`. */
export async function listProjects(
  db: Queryable,
  workspaceId: string,
  limit: number,
  after?: ListPosition,
): Promise<(ProjectRow & { source: string })[]> {
  let query = db
    .selectFrom('projects')
    .innerJoin('conversations', 'conversations.id', 'projects.conversation_id')
    .selectAll('projects')
    .select('conversations.source')
    .where('projects.workspace_id', '=', workspaceId)
    .orderBy('projects.created_at', 'desc')
    .orderBy('projects.id', 'desc')
    .limit(limit)
  if (after !== undefined) {
    query = query.where((eb) =>
      eb(
        eb.refTuple('projects.created_at', 'projects.id'),
        '<',
        eb.tuple(after.createdAt, after.id),
      ),
    )
  }
  return query.execute()
}

/** True when no project was ever made here. */
export async function hasNoProjects(db: Queryable): Promise<boolean> {
  const row = await db.selectFrom('projects').select('id').limit(1).executeTakeFirst()
  return row === undefined
}

/** Makes a conversation's plan wait for a person, unless it has been decided already. */
export async function requireApproval(
  db: Queryable,
  conversation: { source: string; externalId: string },
): Promise<void> {
  const found = await db
    .updateTable('conversations')
    .set({ approval: 'manual' })
    .where('source', '=', conversation.source)
    .where('external_id', '=', conversation.externalId)
    .returning('id')
    .executeTakeFirst()
  if (found === undefined) return
  await db
    .updateTable('projects')
    .set({ approval: 'manual' })
    .where('conversation_id', '=', found.id)
    .where('status', 'in', ['received', 'analysing', 'planning'])
    .execute()
}

/** The project of a conversation; null when nobody spoke. */
export async function projectOfConversation(
  db: Queryable,
  conversationId: string,
): Promise<string | null> {
  const row = await db
    .selectFrom('projects')
    .select('id')
    .where('conversation_id', '=', conversationId)
    .executeTakeFirst()
  return row?.id ?? null
}
