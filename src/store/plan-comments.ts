import type { Selectable } from 'kysely'
import { notFound } from '../domain/errors.ts'
import type { AnchoredDocument } from '../kiro/anchors.ts'
import type { Queryable, Tx } from './database.ts'
import type { PlanCommentsTable } from './schema.ts'

export type PlanCommentRow = Selectable<PlanCommentsTable>

export interface NewPlanComment {
  id: string
  workspaceId: string
  projectId: string
  document: AnchoredDocument
  ref: string
  planVersion: number
  /** The line as it stands in that version. */
  quote: string
  body: string
  author: string
  at: Date
}

/** Every comment on a project's plan, in the order in which they were made. */
export async function listPlanComments(
  db: Queryable,
  projectId: string,
): Promise<PlanCommentRow[]> {
  return db
    .selectFrom('plan_comments')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

export async function findPlanComment(
  db: Queryable,
  projectId: string,
  id: string,
): Promise<PlanCommentRow | undefined> {
  return db
    .selectFrom('plan_comments')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export async function countPlanComments(db: Queryable, projectId: string): Promise<number> {
  const found = await db
    .selectFrom('plan_comments')
    .select((eb) => eb.cast<number>(eb.fn.countAll(), 'integer').as('n'))
    .where('project_id', '=', projectId)
    .executeTakeFirstOrThrow()
  return found.n
}

export async function insertPlanComment(tx: Tx, comment: NewPlanComment): Promise<PlanCommentRow> {
  return tx
    .insertInto('plan_comments')
    .values({
      id: comment.id,
      workspace_id: comment.workspaceId,
      project_id: comment.projectId,
      document: comment.document,
      ref: comment.ref,
      plan_version: comment.planVersion,
      quote: comment.quote,
      body: comment.body,
      author: comment.author,
      created_at: comment.at,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Notes who resolved a comment. @throws AppError `not_found` when it is resolved already. */
export async function markResolved(
  tx: Tx,
  id: string,
  resolved: { by: string; at: Date },
): Promise<PlanCommentRow> {
  const row = await tx
    .updateTable('plan_comments')
    .set({ resolved_by: resolved.by, resolved_at: resolved.at })
    .where('id', '=', id)
    .where('resolved_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) throw notFound('open comment')
  return row
}
