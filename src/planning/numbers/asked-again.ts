import type { Retirement } from '../../domain/plan.ts'
import type { PlannedCriterion } from '../offline/planned.ts'

/**
 * What was retired and is asked for again in the same words, by the criterion that asks for it: it
 * gets its number back. Otherwise the plan would build it, and then remove it.
 */
export function askedAgain(
  fresh: readonly PlannedCriterion[],
  retired: readonly Retirement[],
): ReadonlyMap<PlannedCriterion, string> {
  const waiting = Map.groupBy(
    retired.filter(({ ref }) => ref.includes('.')),
    ({ text }) => text,
  )
  return new Map(
    fresh.flatMap((criterion) => {
      const old = waiting.get(criterion.text)?.shift()
      return old === undefined ? [] : [[criterion, old.ref] as const]
    }),
  )
}

/** What stays retired when these criteria are asked for again; a requirement is back with its first one. */
export function stillRetired(
  retired: readonly Retirement[],
  back: Iterable<string>,
): readonly Retirement[] {
  const criteria = new Set(back)
  const requirements = new Set([...criteria].map((ref) => ref.replace(/\..*$/, '')))
  return retired.filter(({ ref }) => !criteria.has(ref) && !requirements.has(ref))
}
