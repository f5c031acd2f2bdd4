import type { PlanDraft } from '../../domain/plan.ts'
import { inline } from '../../kiro/inline.ts'

/** What tasks.md notes: how to read it, the effort with what it takes for granted, and what is left out. */
export function notesOf({ estimate, leftOut }: Pick<PlanDraft, 'estimate' | 'leftOut'>): string[] {
  const { low, high, assumptions } = estimate
  return [
    'Tasks marked with `*` are optional and are carried out only when asked for.',
    `Effort: ${low} to ${high} hours.`,
    ...assumptions.map((assumption) => `Assumed: ${inline(assumption)}`),
    ...(leftOut.length > 0
      ? leftOut.map(({ item, reason }) => `Left out (${item}): ${inline(reason)}`)
      : ['Nothing that was asked for is left out.']),
  ]
}
