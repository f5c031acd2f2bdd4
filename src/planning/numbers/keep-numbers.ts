import type { Brief } from '../../domain/brief.ts'
import type { PlanDraft, Retirement } from '../../domain/plan.ts'
import type { Area, PlannedCriterion, PlannedRequirement } from '../offline/planned.ts'
import type { PreviousPlan } from '../planner.ts'
import { type Requirement, requirementsIn } from '../../kiro/requirements-in.ts'
import { askedAgain, stillRetired } from './asked-again.ts'
import { sameCriteria } from './same-criteria.ts'
import { type NumberedGroup, numberTwoLevels, type Place, type Taken } from './two-levels.ts'

/** What a plan asks for under numbers that mean the same in every version, and what it no longer asks for. */
export interface KeptNumbers {
  areas: readonly Area[]
  /** Of all versions; which tasks remove it is not known yet. */
  retired: readonly Retirement[]
}

/**
 * Gives requirements and criteria the numbers that they had in the version before. A criterion stays
 * with its requirement even where the planner would group it otherwise; what is new gets a number
 * that no version has used, and what was retired gets its own back when it is asked for again.
 */
export function keepNumbers(
  areas: readonly Area[],
  brief: Brief,
  previous: PreviousPlan | undefined,
): KeptNumbers {
  if (!previous) return { areas, retired: [] }
  const before = requirementsIn(previous.draft.files)
  const planned = areas.flatMap(({ requirements }) => requirements)
  const criteria = planned.flatMap((requirement) => requirement.criteria)
  const same = sameCriteria(criteria, brief, previous, before)
  const retired = (previous.draft.retired ?? []).map(withoutTasks)
  const again = askedAgain(
    criteria.filter((criterion) => !same.has(criterion)),
    retired,
  )
  const groups = numberTwoLevels(
    planned.map((requirement) => requirement.criteria),
    (criterion) => {
      const ref = same.get(criterion)?.ref ?? again.get(criterion)
      return ref === undefined ? undefined : placeOf(ref)
    },
    takenBy(previous, before),
  )
  const kept = new Set([...same.values()].map(({ ref }) => ref))
  return {
    areas: regrouped(areas, groups, before),
    retired: [
      ...stillRetired(retired, again.values()),
      ...retirements(previous.draft, before, kept),
    ],
  }
}

/**
 * The same for the three parts of a bugfix.md, whose own numbers are fixed: a statement keeps its number
 * as long as it stands in the same part.
 */
export function keepStatements(
  areas: readonly Area[],
  brief: Brief,
  previous: PreviousPlan | undefined,
): KeptNumbers {
  if (!previous) return { areas, retired: [] }
  const before = requirementsIn(previous.draft.files)
  const parts = areas.flatMap(({ requirements }) => requirements)
  const criteria = parts.flatMap((part) => part.criteria)
  const same = sameCriteria(criteria, brief, previous, before)
  const { highestChild } = takenBy(previous, before)
  const retired = (previous.draft.retired ?? []).map(withoutTasks)
  const again = askedAgain(
    criteria.filter((criterion) => !same.has(criterion)),
    retired,
  )
  const kept = new Set<string>()
  const numbered = parts.map((part, index): PlannedRequirement => {
    const own = part.numbers?.own ?? index + 1
    let last = highestChild(own)
    const pairs = part.criteria.map((criterion) => {
      const ref = same.get(criterion)?.ref ?? again.get(criterion)
      const place = ref === undefined ? undefined : placeOf(ref)
      if (ref === undefined || place?.group !== own) return { criterion, number: (last += 1) }
      kept.add(ref)
      return { criterion, number: place.child }
    })
    pairs.sort((a, b) => a.number - b.number)
    const numbers = { own, criteria: pairs.map(({ number }) => number) }
    return { ...part, criteria: pairs.map(({ criterion }) => criterion), numbers }
  })
  const gone = retirements(previous.draft, before, kept).filter(({ ref }) => ref.includes('.'))
  return {
    areas: areas.map((area) => ({ ...area, requirements: numbered })),
    retired: [...retired.filter(({ ref }) => !kept.has(ref)), ...gone],
  }
}

function placeOf(ref: string): Place {
  const [group = 0, child = 0] = ref.split('.').map(Number)
  return { group, child }
}

/** Every number that stands in the version before, or that it says is retired. */
function takenBy({ draft }: PreviousPlan, before: readonly Requirement[]): Taken {
  const refs = [
    ...before.flatMap(({ ref, criteria }) => [ref, ...criteria.map((one) => one.ref)]),
    ...[...draft.trace, ...(draft.retired ?? [])].map(({ ref }) => ref),
  ].map(placeOf)
  return {
    highestGroup: Math.max(0, ...refs.map(({ group }) => group)),
    highestChild: (group) =>
      Math.max(0, ...refs.flatMap((ref) => (ref.group === group ? [ref.child] : []))),
  }
}

/** The areas with their requirements as they are numbered; one that only the version before had goes where its criteria stand. */
function regrouped(
  areas: readonly Area[],
  groups: readonly NumberedGroup<PlannedCriterion>[],
  before: readonly Requirement[],
): Area[] {
  const planned = areas.flatMap(({ requirements }) => requirements)
  const homes = areas.flatMap((area) => area.requirements.map(() => area))
  const homeOf = ({ from, children }: NumberedGroup<PlannedCriterion>): Area | undefined => {
    const first = children[0]?.child
    const at = from ?? planned.findIndex(({ criteria }) => first && criteria.includes(first))
    return homes[at]
  }
  const byHome = Map.groupBy(groups, homeOf)
  return areas
    .map((area) => ({
      ...area,
      requirements: (byHome.get(area) ?? []).flatMap((group) => {
        const base = group.from === undefined ? undefined : planned[group.from]
        return requirementOf(group, base, before)
      }),
    }))
    .filter(({ requirements }) => requirements.length > 0)
}

function requirementOf(
  { number, children }: NumberedGroup<PlannedCriterion>,
  planned: PlannedRequirement | undefined,
  before: readonly Requirement[],
): PlannedRequirement {
  const old = before.find(({ ref }) => ref === `${number}`)
  return {
    title: planned?.title ?? old?.title ?? children[0]?.child.title ?? '',
    story: planned?.story ??
      old?.story ?? { role: 'user', want: 'to use the software', benefit: '' },
    criteria: children.map(({ child }) => child),
    numbers: { own: number, criteria: children.map((one) => one.number) },
  }
}

/**
 * What stands in the version before and not in the new one; a requirement is gone with its last criterion.
 *
 * @param kept the criteria that the new version still has
 */
export function retirements(
  draft: Pick<PlanDraft, 'trace'>,
  before: readonly Requirement[],
  kept: ReadonlySet<string>,
): Retirement[] {
  const links = new Map(draft.trace.map((link) => [link.ref, link]))
  const retired = (ref: string, text: string): Retirement => {
    const { items = [], citations = [], inferred } = links.get(ref) ?? {}
    const why = inferred === undefined ? {} : { inferred }
    return { ref, text: text.slice(0, 2_000), items, citations, ...why, tasks: [] }
  }
  return before.flatMap(({ ref, title, criteria }) => {
    const gone = criteria.filter((one) => !kept.has(one.ref))
    const whole = gone.length === criteria.length ? [retired(ref, title)] : []
    return [...whole, ...gone.map((one) => retired(one.ref, one.text))]
  })
}

function withoutTasks(retirement: Retirement): Retirement {
  return { ...retirement, tasks: [] }
}
