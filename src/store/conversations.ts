import { type Selectable, sql } from 'kysely'
import { notFound } from '../domain/errors.ts'
import type { Turn } from '../domain/turn.ts'
import type { Queryable, Tx } from './database.ts'
import { jsonb, storableJson } from './jsonb.ts'
import type { Approval, ConversationsTable } from './schema.ts'

export type ConversationRow = Selectable<ConversationsTable>

export interface NewConversation {
  id: string
  workspaceId: string
  source: string
  externalId: string | null
  title: string | null
  approval: Approval
  /** Higher goes first. */
  priority?: number | undefined
  /** The project that it goes on with; absent for one that begins a project of its own. */
  continues?: string | undefined
  /** The person who brought it; absent for one that came by itself. */
  createdBy?: string | undefined
}

export type WantedConversation = Omit<NewConversation, 'workspaceId' | 'externalId'> & {
  externalId: string
  /** The first workspace unless said. */
  workspaceId?: string
}

/**
 * The conversations of a source's own ids, made where they are new, by that id, locked until the
 * transaction ends; those are left out for which there is no workspace. Each id may be named once.
 */
export async function ensureConversations(
  tx: Tx,
  wanted: readonly WantedConversation[],
): Promise<ReadonlyMap<string, ConversationRow>> {
  if (wanted.length === 0) return new Map()
  // In one order everywhere, or two transactions that hold rows of each other would wait for ever.
  const ordered = [...wanted].sort((a, b) => (a.externalId < b.externalId ? -1 : 1))
  const { rows } = await sql<ConversationRow>`
    insert into conversations (id, workspace_id, source, external_id, title, status, approval,
      priority, continues, created_by)
    select w.id, home.id, w.source, w."externalId", w.title, 'live', w.approval,
      coalesce(w.priority, 0), w.continues, w."createdBy"
    from json_to_recordset(${storableJson(ordered)}::text::json) as w (id uuid,
        "workspaceId" uuid, source text, "externalId" text, title text, approval text, priority int,
        continues uuid, "createdBy" text)
      cross join lateral (select id from workspaces
        where w."workspaceId" is null or id = w."workspaceId" order by created_at, id limit 1) as home
    -- A change of nothing, which locks the row that is there and returns it.
    on conflict (source, external_id) do update set source = excluded.source
    returning *`.execute(tx)
  return new Map(rows.map((row) => [row.external_id ?? '', row]))
}

/** Like ensureConversations, for one. */
export async function ensureConversation(
  tx: Tx,
  wanted: WantedConversation,
): Promise<ConversationRow | undefined> {
  return (await ensureConversations(tx, [wanted])).get(wanted.externalId)
}

/** Stores a live conversation; does nothing when its id or the source's is already known. */
export async function insertConversation(db: Queryable, wanted: NewConversation): Promise<void> {
  await db
    .insertInto('conversations')
    .values({
      id: wanted.id,
      workspace_id: wanted.workspaceId,
      source: wanted.source,
      external_id: wanted.externalId,
      title: wanted.title,
      status: 'live',
      approval: wanted.approval,
      priority: wanted.priority ?? 0,
      continues: wanted.continues ?? null,
      created_by: wanted.createdBy ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** What the person who made a conversation wants of it. */
export async function setWishes(
  tx: Tx,
  id: string,
  wishes: Pick<ConversationRow, 'title' | 'approval' | 'priority' | 'continues' | 'created_by'>,
): Promise<void> {
  await tx.updateTable('conversations').set(wishes).where('id', '=', id).execute()
}

export async function setConversationPriority(tx: Tx, id: string, priority: number): Promise<void> {
  await tx.updateTable('conversations').set({ priority }).where('id', '=', id).execute()
}

/** Which workspace each of these belongs to; those that are gone are left out. */
export async function ownersOfConversations(
  db: Queryable,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('conversations')
    .select(['id', 'workspace_id'])
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.id, row.workspace_id]))
}

/** A conversation by its id; undefined when there is none. */
export async function findConversation(
  db: Queryable,
  id: string,
): Promise<ConversationRow | undefined> {
  return db.selectFrom('conversations').selectAll().where('id', '=', id).executeTakeFirst()
}

/** @throws AppError `not_found` */
export async function getConversation(db: Queryable, id: string): Promise<ConversationRow> {
  const row = await findConversation(db, id)
  if (row === undefined) throw notFound('conversation')
  return row
}

/** Like getConversation, with the row locked until the transaction ends. */
export async function lockConversation(tx: Tx, id: string): Promise<ConversationRow> {
  const row = await tx
    .selectFrom('conversations')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound('conversation')
  return row
}

/** Stores what was said in a conversation in which no client said anything. */
export async function storeNoDialogue(tx: Tx, id: string, turns: readonly Turn[]): Promise<void> {
  await tx
    .updateTable('conversations')
    .set({ turns: jsonb(turns), status: 'no_dialogue' })
    .where('id', '=', id)
    .execute()
}

/** Marks a conversation as over; its transcript may be there already or may yet come. */
export async function markEnded(
  tx: Tx,
  conversation: ConversationRow,
  reason: string,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('conversations')
    .set({
      status: conversation.status === 'live' ? 'ended' : conversation.status,
      end_reason: conversation.end_reason ?? reason,
      ended_at: conversation.ended_at ?? now,
    })
    .where('id', '=', conversation.id)
    .execute()
}

/**
 * Conversations of a source that have no transcript and were not asked about since `before`: those
 * that had ended by then, and those that had begun and whose end was never told.
 */
export async function conversationsWithoutTranscript(
  db: Queryable,
  source: string,
  before: Date,
  limit: number,
  maxAsked: number,
): Promise<ConversationRow[]> {
  // Written out, so that every plan may use the index over those that are not given up yet.
  const givenUp = sql.lit(maxAsked)
  return db
    .selectFrom('conversations')
    .selectAll()
    .where('source', '=', source)
    .where(sql<boolean>`status in ('ended', 'live')`)
    .where((eb) =>
      eb.or([
        eb('ended_at', '<', before),
        eb.and([eb('status', '=', 'live'), eb('created_at', '<', before)]),
      ]),
    )
    .where('asked_count', '<', givenUp)
    .where((eb) => eb.or([eb('asked_at', 'is', null), eb('asked_at', '<', before)]))
    .orderBy('created_at')
    .limit(limit)
    .execute()
}

/** Notes that the source was asked for the transcript. */
export async function markAsked(db: Queryable, id: string, now: Date): Promise<void> {
  await db.updateTable('conversations').set({ asked_at: now }).where('id', '=', id).execute()
}

/** Notes that the source is asked for the transcript once more, which is done `maxAsked` times. */
export async function markAskedAgain(db: Queryable, id: string, now: Date): Promise<void> {
  await db
    .updateTable('conversations')
    .set((eb) => ({ asked_at: now, asked_count: eb('asked_count', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

/** Notes that nobody waits for a conversation's project any more. */
export async function dismissConversation(
  tx: Tx,
  id: string,
  by: string,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('conversations')
    .set({ dismissed_at: now, dismissed_by: by })
    .where('id', '=', id)
    .execute()
}
