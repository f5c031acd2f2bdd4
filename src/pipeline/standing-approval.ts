import { contentWords, overlap } from '../analysis/offline/findings.ts'
import type { Brief, BriefItem } from '../domain/brief.ts'
import type { ApprovalHold } from '../domain/event.ts'
import type { PlanDraft } from '../domain/plan.ts'

/** More ids than this are counted and not named. */
const most = 10

/**
 * Why a standing approval does not cover a plan; nothing where it does. It covers what was said and is
 * clear: not what nobody asked for, no talk in which somebody addressed the machine, and nothing that
 * was disputed or taken back and left so, nor parts of a talk that nothing compared.
 */
export function holdsOf(brief: Brief, draft: PlanDraft): ApprovalHold[] {
  const inferred = draft.trace.filter(({ ref, inferred: why }) => !ref.includes('.') && why)
  const unclear = unclearChanges(brief)
  return [
    held(
      'addressed_machine',
      (brief.flags ?? []).map(({ turn }) => turn),
      (turns) =>
        `Words of the talk address the machine (${turns}). They were set aside; read the talk before it is built.`,
    ),
    held(
      'not_asked_for',
      inferred.map(({ ref }) => ref),
      (refs) => `Nobody asked for requirement ${refs}.`,
    ),
    held(
      'contradiction',
      brief.contradictions.map(({ id }) => id),
      (ids) => `The talk contradicts itself and nobody has decided (${ids}).`,
    ),
    held(
      'unclear_change',
      unclear,
      (turns) => `Something was taken back, and what holds instead is not clear (${turns}).`,
    ),
    held(
      'not_compared',
      [brief.manifest?.parameters['uncompared'] ?? []].flat().map(String),
      (parts) =>
        `The talk was read in ${parts} parts, and nothing compared what they gave: it may contradict itself.`,
    ),
  ].flat()
}

function held(
  code: ApprovalHold['code'],
  names: readonly string[],
  message: (names: string) => string,
): ApprovalHold[] {
  const all = [...new Set(names)]
  const more = all.length > most ? ` and ${all.length - most} more` : ''
  return all.length === 0
    ? []
    : [{ code, message: message(`${all.slice(0, most).join(', ')}${more}`) }]
}

/** What keeps it from every plan of a workspace where nobody approves what they asked for. */
export const fourEyesHold: ApprovalHold = {
  code: 'four_eyes',
  message: 'The workspace wants a person to approve each plan who did not ask for it.',
}

/**
 * The turns that were taken back and left something unclear: nothing in the brief says what holds
 * instead, or an item still rests on them alone although what came instead speaks of the same.
 */
function unclearChanges({ items, ledger }: Brief): string[] {
  const understood = new Set(
    ledger.filter(({ outcome }) => outcome !== 'rejected').map(({ turn }) => turn),
  )
  const changes = ledger.flatMap((entry) => (entry.outcome === 'superseded' ? [entry] : []))
  const takenBack = new Set(changes.map(({ turn }) => turn))
  const planned = items.filter(({ priority }) => priority.level !== 'wont')
  const standing = planned.filter(({ citations }) => {
    const turns = citations.map(({ turn }) => turn).filter((turn) => understood.has(turn))
    return turns.length > 0 && turns.every((turn) => takenBack.has(turn))
  })
  return changes
    .filter(
      ({ turn, by }) =>
        !understood.has(by) ||
        standing.some(
          (item) =>
            cites(item, turn) && items.some((other) => cites(other, by) && isAlike(item, other)),
        ),
    )
    .map(({ turn }) => turn)
}

function cites({ citations }: BriefItem, turn: string): boolean {
  return citations.some((citation) => citation.turn === turn)
}

/** Whether two items ask for the same deed with the same thing, as far as their clauses tell, or nearly in the same words. */
function isAlike(one: BriefItem, other: BriefItem): boolean {
  if (one.kind !== other.kind) return false
  const [a, b] = [one.clause, other.clause]
  if (a?.object !== undefined && b?.object !== undefined) {
    return a.verb === b.verb && a.object.toLowerCase() === b.object.toLowerCase()
  }
  const [words, others] = [one, other].map(({ statement }) => new Set(contentWords(statement)))
  return words !== undefined && others !== undefined && overlap(words, others) >= 0.6
}
