import type { Selectable } from 'kysely'
import type { Queryable, Tx } from './database.ts'
import { jsonb } from './jsonb.ts'
import type { AnswersTable } from './schema.ts'
import type { Citation } from '../domain/citation.ts'

export type AnswerRow = Selectable<AnswersTable>

export interface NewAnswer {
  id: string
  workspaceId: string
  projectId: string
  conversationId: string
  briefVersion: number
  /** The brief's id for the question or contradiction. */
  item: string
  asked: string
  citations: readonly Citation[]
  holds: string | null
  askedIn: string
  saidIn: string
  answeredBy: string
}

/** Stores answers; gives the items that had one already, for which nothing is written. */
export async function insertAnswers(tx: Tx, answers: readonly NewAnswer[]): Promise<string[]> {
  const rows = await tx
    .insertInto('answers')
    .values(
      answers.map((answer) => ({
        id: answer.id,
        workspace_id: answer.workspaceId,
        project_id: answer.projectId,
        conversation_id: answer.conversationId,
        brief_version: answer.briefVersion,
        item: answer.item,
        asked: answer.asked,
        citations: jsonb(answer.citations),
        holds: answer.holds,
        asked_in: answer.askedIn,
        said_in: answer.saidIn,
        answered_by: answer.answeredBy,
      })),
    )
    .onConflict((conflict) => conflict.columns(['project_id', 'brief_version', 'item']).doNothing())
    .returning('item')
    .execute()
  const written = new Set(rows.map(({ item }) => item))
  return answers.flatMap(({ item }) => (written.has(item) ? [] : [item]))
}

/** Every answer that was given about a project, in the order in which they were given. */
export async function answersOf(db: Queryable, projectId: string): Promise<AnswerRow[]> {
  const rows = await db
    .selectFrom('answers')
    .selectAll()
    .where('project_id', '=', projectId)
    .execute()
  const at = ({ said_in: turn }: AnswerRow) => Number(turn.slice(1))
  return rows.sort((a, b) => at(a) - at(b))
}
