import type { Selectable } from 'kysely'
import type { Stage } from '../domain/status.ts'
import type { Queryable, Tx } from './database.ts'
import { jsonb } from './jsonb.ts'
import type { DeadLettersTable, LetterResolution } from './schema.ts'

export type DeadLetterRow = Selectable<DeadLettersTable>

export interface NewDeadLetter {
  id: string
  workspaceId: string
  projectId: string | null
  stage: Stage
  /** What the job carried, to send it again. */
  data: object
  code: string
  message: string
  attempts: number
}

/** An error's text is for people; nobody reads more than this. */
const maxMessage = 2_000

/** Keeps what a job that was given up had failed of. */
export async function insertDeadLetter(tx: Tx, letter: NewDeadLetter): Promise<void> {
  await tx
    .insertInto('dead_letters')
    .values({
      id: letter.id,
      workspace_id: letter.workspaceId,
      project_id: letter.projectId,
      stage: letter.stage,
      data: jsonb(letter.data),
      code: letter.code,
      message: letter.message.slice(0, maxMessage),
      attempts: letter.attempts,
    })
    .execute()
}

export interface LetterFilter {
  workspaceId: string
  stage?: Stage | undefined
  code?: string | undefined
  ids?: readonly string[] | undefined
}

/** Letters that nobody has dealt with, the oldest first. */
export async function openLetters(
  db: Queryable,
  filter: LetterFilter,
  limit: number,
): Promise<DeadLetterRow[]> {
  const { workspaceId, stage, code, ids } = filter
  let query = db
    .selectFrom('dead_letters')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('resolved_at', 'is', null)
  if (stage !== undefined) query = query.where('stage', '=', stage)
  if (code !== undefined) query = query.where('code', '=', code)
  if (ids !== undefined) query = query.where('id', 'in', [...ids])
  return query.orderBy('created_at').orderBy('id').limit(limit).execute()
}

/** Marks one letter as dealt with; false when somebody else was quicker. */
export async function resolveLetter(
  tx: Tx,
  id: string,
  resolution: LetterResolution,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('dead_letters')
    .set({ resolved_at: now, resolution })
    .where('id', '=', id)
    .where('resolved_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Marks all letters of a project as dealt with. */
export async function resolveLettersOf(
  tx: Tx,
  projectId: string,
  resolution: LetterResolution,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('dead_letters')
    .set({ resolved_at: now, resolution })
    .where('project_id', '=', projectId)
    .where('resolved_at', 'is', null)
    .execute()
}
