import { sql } from 'kysely'
import type { ListPlace } from '../domain/cursor.ts'
import type { Queryable } from './database.ts'
import type { ConversationsTable } from './schema.ts'

/** A conversation as far as its transcript has to be waited for. */
export interface FollowedConversation {
  id: string
  source: string
  title: string | null
  status: ConversationsTable['status']
  createdBy: string | null
  createdAt: Date
  endedAt: Date | null
  endReason: string | null
  /** When the source was last asked for the transcript, and how often. */
  askedAt: Date | null
  askedCount: number
  /** When somebody said that nobody waits for it any more. */
  dismissedAt: Date | null
  /** Why fetching the transcript was given up, where it was and nobody has dealt with it. */
  letter: { code: string; message: string } | null
  /** The project that it began or goes on with. */
  projectId: string | null
}

const columns = sql`c.id, c.source, c.title, c.status, c.created_by as "createdBy",
  c.created_at as "createdAt", c.ended_at as "endedAt", c.end_reason as "endReason",
  c.asked_at as "askedAt", c.asked_count as "askedCount",
  c.dismissed_at as "dismissedAt", l.letter`

const withLetter = sql`left join lateral (
  select json_build_object('code', code, 'message', message) as letter from dead_letters
  where data ->> 'conversationId' = c.id::text and stage = 'fetch' and resolved_at is null
  order by created_at desc limit 1) as l on true`

/**
 * A workspace's conversations since `since` that have no project and were not dismissed, the newest first, each with its
 * place: its time with all the digits that the database has.
 */
export async function listWaitingConversations(
  db: Queryable,
  { workspaceId, since, limit }: { workspaceId: string; since: Date; limit: number },
  after?: ListPlace,
): Promise<(FollowedConversation & { place: string })[]> {
  const from =
    after === undefined
      ? sql``
      : sql`and (c.created_at, c.id) < (${after.at}::timestamptz, ${after.id}::uuid)`
  const { rows } = await sql<FollowedConversation & { place: string }>`
    select ${columns}, null as "projectId",
      to_char(c.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as place
    from conversations c ${withLetter}
    where c.workspace_id = ${workspaceId}::uuid and c.created_at >= ${since}::timestamptz
      and c.status in ('live', 'ended', 'no_dialogue') and c.continues is null and c.dismissed_at is null ${from}
    order by c.created_at desc, c.id desc limit ${limit}::int`.execute(db)
  return rows
}

/** A conversation with the project that it led to; undefined when there is none. */
export async function findFollowedConversation(
  db: Queryable,
  id: string,
): Promise<FollowedConversation | undefined> {
  const { rows } = await sql<FollowedConversation>`
    select ${columns}, coalesce(p.id, c.continues) as "projectId"
    from conversations c left join projects p on p.conversation_id = c.id ${withLetter}
    where c.id = ${id}::uuid`.execute(db)
  return rows[0]
}
