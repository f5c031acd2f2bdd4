import { sql } from 'kysely'
import type { Talk, Turn } from '../domain/turn.ts'
import type { ConversationRow } from './conversations.ts'
import type { Queryable, Tx } from './database.ts'
import { jsonb } from './jsonb.ts'
import type { ProjectRow } from './projects.ts'

type Began = Pick<ProjectRow, 'id' | 'conversation_id'>

/** The conversations of a project in the order in which their turns are counted, with what was said. */
export async function conversationsOf(
  db: Queryable,
  { id, conversation_id: first }: Began,
): Promise<ConversationRow[]> {
  return db
    .selectFrom('conversations')
    .selectAll()
    .where((eb) => eb.or([eb('id', '=', first), eb('continues', '=', id)]))
    .where((eb) => eb.or([eb('id', '=', first), eb('status', '=', 'transcribed')]))
    .orderBy('turns_before')
    .execute()
}

/** All that was said about a project, one conversation after the other, under the first one's title. */
export async function talkOf(db: Queryable, project: Began): Promise<Talk> {
  const conversations = await conversationsOf(db, project)
  const title = conversations[0]?.title ?? null
  return { turns: conversations.flatMap(({ turns }) => turns), ...(title !== null && { title }) }
}

/** How many turns the talk of a project has; its row must be locked where one more is to be added. */
export async function countTurns(tx: Tx, { id, conversation_id: first }: Began): Promise<number> {
  const row = await tx
    .selectFrom('conversations')
    .select(sql<number>`max(turns_before + jsonb_array_length(turns))`.as('turns'))
    .where((eb) => eb.or([eb('id', '=', first), eb('continues', '=', id)]))
    .where('status', '=', 'transcribed')
    .executeTakeFirst()
  return row?.turns ?? 0
}

/** What was said in a conversation that goes on with a project. */
export interface Continuation {
  turns: readonly Turn[]
  turnsBefore: number
  awaitsBuild: boolean
}

export async function storeContinuation(
  tx: Tx,
  conversationId: string,
  { turns, turnsBefore, awaitsBuild }: Continuation,
): Promise<void> {
  await tx
    .updateTable('conversations')
    .set({
      turns: jsonb(turns),
      status: 'transcribed',
      turns_before: turnsBefore,
      awaits_build: awaitsBuild,
    })
    .where('id', '=', conversationId)
    .execute()
}

/** Notes that nothing of what was said about a project waits for its build to end. */
export async function forgetAwaiting(tx: Tx, projectId: string): Promise<void> {
  await tx
    .updateTable('conversations')
    .set({ awaits_build: false })
    .where('continues', '=', projectId)
    .where(sql<boolean>`awaits_build`)
    .execute()
}

/** Projects whose build has ended and about which more was said meanwhile; not those that were cancelled. */
export async function projectsToRevise(db: Queryable, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('conversations')
    .innerJoin('projects', 'projects.id', 'conversations.continues')
    .select('projects.id')
    .distinct()
    // Written out, so that every plan may use the index over them.
    .where(sql<boolean>`conversations.awaits_build`)
    .where('projects.status', 'not in', ['building', 'paused', 'cancelled'])
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}
