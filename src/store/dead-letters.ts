import { type Selectable, sql } from 'kysely'
import { type ListPlace, pageOf, readCursor } from '../domain/cursor.ts'
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

/** An error's text is for people; nobody reads more characters than this. */
export const maxMessage = 2_000

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
  if (filter.ids?.length === 0) return []
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

/** How many of these are letters of the workspace, dealt with or not. */
export async function countLetters(
  db: Queryable,
  workspaceId: string,
  ids: readonly string[],
): Promise<number> {
  if (ids.length === 0) return 0
  const rows = await db
    .selectFrom('dead_letters')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', [...ids])
    .execute()
  return rows.length
}

export interface ListedLetters extends Omit<LetterFilter, 'ids'> {
  projectId?: string | undefined
}

/** Letters that nobody has dealt with, the newest first, each with its place: its time with all the digits that the database has. */
export async function listLetters(
  db: Queryable,
  filter: ListedLetters,
  limit: number,
  after?: ListPlace,
): Promise<(DeadLetterRow & { place: string })[]> {
  const { workspaceId, stage, code, projectId } = filter
  let query = db
    .selectFrom('dead_letters')
    .selectAll()
    .select(
      sql<string>`to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as(
        'place',
      ),
    )
    .where('workspace_id', '=', workspaceId)
    .where('resolved_at', 'is', null)
  if (stage !== undefined) query = query.where('stage', '=', stage)
  if (code !== undefined) query = query.where('code', '=', code)
  if (projectId !== undefined) query = query.where('project_id', '=', projectId)
  if (after !== undefined) {
    query = query.where(
      sql<boolean>`(created_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`,
    )
  }
  return query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
}

/**
 * A page of the letters that nobody has dealt with, the newest first, and the cursor of the next one.
 *
 * @throws AppError `bad_cursor`
 */
export async function pageOfLetters(
  db: Queryable,
  filter: ListedLetters,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: DeadLetterRow[]; next: string | null }> {
  const { limit, cursor } = page
  const rows = await listLetters(db, filter, limit + 1, readCursor(cursor))
  const { shown, next } = pageOf(rows, limit, ({ place: at, id }) => ({ at, id }))
  return { items: shown, next }
}

/** Locks a letter until the transaction ends; false when it is dealt with already. */
export async function lockOpenLetter(tx: Tx, id: string): Promise<boolean> {
  const row = await tx
    .selectFrom('dead_letters')
    .select('id')
    .where('id', '=', id)
    .where('resolved_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  return row !== undefined
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
