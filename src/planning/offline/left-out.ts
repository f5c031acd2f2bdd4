import type { Brief } from '../../domain/brief.ts'
import type { PlanDraft } from '../../domain/plan.ts'
import { plainLine } from '../../kiro/inline.ts'

/** What was said and is not built, with the reason. */
export function leftOutOf(brief: Brief): PlanDraft['leftOut'] {
  return brief.items.flatMap(({ id, kind, priority, statement }) => {
    const isOut = kind === 'out_of_scope' || priority.level === 'wont'
    return isOut ? [{ item: id, reason: plainLine(statement, 300) }] : []
  })
}
