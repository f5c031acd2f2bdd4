import type { Brief } from '../../domain/brief.ts'
import type { PlanDraft } from '../../domain/plan.ts'
import { inline } from '../../kiro/inline.ts'

/** What tasks.md notes: how to read it, the effort with what it takes for granted, and what is left out. */
export function notesOf(
  { estimate, leftOut }: Pick<PlanDraft, 'estimate' | 'leftOut'>,
  { needs = [] }: Pick<Brief, 'needs'>,
): string[] {
  const missed = needs.flatMap(({ outcome, turn }) => (outcome === 'missed' ? [turn] : []))
  const { low, high, assumptions } = estimate
  return [
    'Tasks marked with `*` are optional and are carried out only when asked for.',
    `Effort: ${low} to ${high} hours.`,
    ...assumptions.map((assumption) => `Assumed: ${inline(assumption)}`),
    ...(leftOut.length > 0
      ? leftOut.map(({ item, reason }) => `Left out (${item}): ${inline(reason)}`)
      : missed.length === 0
        ? ['Nothing that was asked for is left out.']
        : []),
    ...(missed.length > 0 ? [notUnderstood(missed)] : []),
  ]
}

/** No plan says that it holds everything while the ledger knows better. */
function notUnderstood(missed: readonly string[]): string {
  const turns = [...new Set(missed)]
  const more = turns.length > most ? ` and ${turns.length - most} more` : ''
  return `Nothing was made of what was said in ${turns.slice(0, most).join(', ')}${more}: read these turns, the brief asks about them.`
}

const most = 12
