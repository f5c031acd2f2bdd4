import { z } from '@hono/zod-openapi'
import type { AuditRow } from '../store/audit.ts'

/** Who did what to one thing. */
export const AuditListView = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      at: z.iso.datetime(),
      /** A user's id, or `system`. */
      actor: z.string(),
      /** What was done: `plan.approve`. */
      action: z.string(),
      details: z.record(z.string(), z.unknown()),
    }),
  ),
  /** Pass as `cursor` to get the next page; null on the last one. */
  nextCursor: z.string().nullable(),
})
export type AuditListView = z.infer<typeof AuditListView>

export function auditLine({ id, at, actor, action, details }: AuditRow) {
  return { id, at: at.toISOString(), actor, action, details }
}
