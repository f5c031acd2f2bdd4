import { z } from '@hono/zod-openapi'
import { anchoredDocuments } from '../kiro/anchors.ts'
import type { PlanCommentRow } from '../store/plan-comments.ts'

/** What people said about lines of a plan. */

const Words = z
  .string()
  .max(4_000)
  // PostgreSQL refuses NUL, and lone surrogates are no text.
  .transform((text) => text.replaceAll('\u0000', '').toWellFormed().trim())
  .pipe(z.string().min(1, 'must hold words that can be read'))

export const CommentRequest = z.object({
  document: z.enum(anchoredDocuments),
  /** The name of the line in the newest version: `2` or `2.1`, or a heading of design.md. */
  ref: z.string().min(1).max(300),
  body: Words,
})

export const CommentView = z.object({
  id: z.string(),
  document: z.enum(anchoredDocuments),
  ref: z.string(),
  /** The version that it was said of, and the line as it stood there. */
  planVersion: z.number().int(),
  quote: z.string(),
  body: z.string(),
  /** A user's id. */
  author: z.string(),
  createdAt: z.iso.datetime(),
  resolved: z.object({ by: z.string(), at: z.iso.datetime() }).nullable(),
})
export type CommentView = z.infer<typeof CommentView>

export const CommentListView = z.object({ items: z.array(CommentView) })
export type CommentListView = z.infer<typeof CommentListView>

export function commentView(row: PlanCommentRow): CommentView {
  const { resolved_by: by, resolved_at: at } = row
  return {
    id: row.id,
    document: row.document,
    ref: row.ref,
    planVersion: row.plan_version,
    quote: row.quote,
    body: row.body,
    author: row.author,
    createdAt: row.created_at.toISOString(),
    resolved: by === null || at === null ? null : { by, at: at.toISOString() },
  }
}
