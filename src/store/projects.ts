import { type Selectable, sql } from 'kysely'
import { notFound } from '../domain/errors.ts'
import type { EventBody } from '../domain/event.ts'
import type { Turn } from '../domain/turn.ts'
import type { Queryable, Tx } from './database.ts'
import { storableJson } from './jsonb.ts'
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

/** A project to be, with what was said in its conversation and the first events of its log. */
export interface FirstOfProject {
  project: NewProject
  turns: readonly Turn[]
  /** One at least. */
  events: readonly EventBody[]
}

/**
 * Stores new projects in status `received`, with the first events of their logs and what was said in
 * their conversations, in one statement; gives the ids of those whose conversation had none yet.
 */
export async function insertProjects(
  tx: Tx,
  firsts: readonly FirstOfProject[],
): Promise<ReadonlySet<string>> {
  if (firsts.length === 0) return new Set()
  const parameter = firsts.map(({ project, turns, events }) => ({ ...project, turns, events }))
  const conversations = firsts.map(({ project }) => project.conversationId)
  const { rows } = await sql<{ id: string }>`
    with wanted as materialized (
      select * from json_to_recordset(${storableJson(parameter)}::text::json) as wanted (id uuid,
        "workspaceId" uuid, "conversationId" uuid, title text, approval text, priority int,
        "specId" uuid, turns jsonb, events jsonb)
    ), said as (
      update conversations set turns = wanted.turns, status = 'transcribed'
      -- The ids once more: a join alone would read them all by a plan from when there were few.
      from wanted where conversations.id = any(${conversations}::uuid[])
        and conversations.id = wanted."conversationId"
    ), made as (
      insert into projects (id, workspace_id, conversation_id, title, status, approval, priority,
        spec_id, last_seq)
      select id, "workspaceId", "conversationId", title, 'received', approval, priority, "specId",
        jsonb_array_length(events)
      from wanted
      on conflict (conversation_id) do nothing returning id, workspace_id
    ), told as (
      insert into project_events (project_id, seq, workspace_id, type, body)
      select made.id, added.ord, made.workspace_id, added.body ->> 'type', added.body
      from made join wanted using (id),
        jsonb_array_elements(wanted.events) with ordinality as added (body, ord)
    )
    select id from made`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}

/**
 * The project's row, locked until the transaction ends, so that two stages never decide at once.
 *
 * @throws AppError `not_found`
 */
export async function lockProject(tx: Tx, id: string): Promise<ProjectRow> {
  const row = await findAndLockProject(tx, id)
  if (row === undefined) throw notFound('project')
  return row
}

/**
 * Like lockProject, for one that may have been erased. A row that refers to the project holds its
 * key until the commit: a lock that took the key too would have two that both do so wait for each
 * other.
 */
export async function findAndLockProject(tx: Tx, id: string): Promise<ProjectRow | undefined> {
  return tx
    .selectFrom('projects')
    .selectAll()
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

/**
 * The rows of those projects that nobody else has locked, locked until the transaction ends. One
 * that another transaction holds is left out rather than waited for.
 */
export async function lockFreeProjects(
  tx: Tx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ProjectRow>> {
  const { rows } = await sql<ProjectRow>`select * from projects where id = any(${ids}::uuid[])
    for no key update skip locked`.execute(tx)
  return new Map(rows.map((row) => [row.id, row]))
}

/** The rows of projects by their ids; those that are gone are left out. */
export async function getProjects(
  db: Queryable,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ProjectRow>> {
  const { rows } =
    await sql<ProjectRow>`select * from projects where id = any(${ids}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.id, row]))
}

/** @throws AppError `not_found` */
export async function getProject(db: Queryable, id: string): Promise<ProjectRow> {
  const row = await db.selectFrom('projects').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound('project')
  return row
}

export async function setProjectPriority(tx: Tx, id: string, priority: number): Promise<void> {
  await tx.updateTable('projects').set({ priority }).where('id', '=', id).execute()
}

/** Which workspace each of these belongs to; those that are gone are left out. */
export async function ownersOfProjects(
  db: Queryable,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('projects')
    .select(['id', 'workspace_id'])
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.id, row.workspace_id]))
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

/** The project that a conversation began or goes on with; null when nobody spoke. */
export async function projectOfConversation(
  db: Queryable,
  conversationId: string,
): Promise<string | null> {
  const row = await db
    .selectFrom('conversations')
    .leftJoin('projects', 'projects.conversation_id', 'conversations.id')
    .select((eb) => eb.fn.coalesce('projects.id', 'conversations.continues').as('project'))
    .where('conversations.id', '=', conversationId)
    .where('conversations.status', '<>', 'no_dialogue')
    .executeTakeFirst()
  return row?.project ?? null
}
