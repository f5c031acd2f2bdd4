import type { Citation } from '../../domain/citation.ts'
import type { Retirement, TraceLink } from '../../domain/plan.ts'
import { leafTasks } from '../../kiro/tasks.ts'
import type { Task } from '../../kiro/tree.ts'
import { criteriaOf, numberedRequirements } from './planned.ts'
import type { Area, PlannedCriterion } from './planned.ts'

/** Where every requirement and criterion comes from, and which tasks carry it out. */
export function traceOf(areas: readonly Area[], tasks: readonly Task[]): TraceLink[] {
  const leaves = leafTasks(tasks)
  const tasksFor = (fits: (ref: string) => boolean): string[] =>
    leaves
      .filter((leaf) => [...leaf.requirements, ...leaf.validates].some(fits))
      .map(({ number }) => number)
  return numberedRequirements(areas).flatMap((requirement) => {
    const criteria = criteriaOf(requirement)
    const refs = new Set([requirement.ref, ...criteria.map(({ ref }) => ref)])
    return [
      {
        ...linkOf(requirement.ref, requirement.value.criteria),
        tasks: tasksFor((named) => refs.has(named)),
      },
      ...criteria.map(({ ref, value }) => {
        return { ...linkOf(ref, [value]), tasks: tasksFor((named) => named === ref) }
      }),
    ]
  })
}

/** What is asked for no more, with the tasks that take it away. */
export function withRemovals(retired: readonly Retirement[], tasks: readonly Task[]): Retirement[] {
  const leaves = leafTasks(tasks)
  return retired.map((one) => ({
    ...one,
    tasks: leaves
      .filter(({ requirements }) => requirements.includes(one.ref))
      .map(({ number }) => number),
  }))
}

/** A requirement is inferred when all of its criteria are. */
function linkOf(ref: string, criteria: readonly PlannedCriterion[]): Omit<TraceLink, 'tasks'> {
  const asked = criteria.filter(({ inferred }) => inferred === undefined)
  const inferred = asked.length === 0 ? criteria[0]?.inferred : undefined
  const from = asked.length > 0 ? asked : criteria
  return {
    ref,
    items: [...new Set(from.flatMap(({ items }) => items))],
    citations: distinct(from.flatMap(({ citations }) => citations)),
    ...(inferred !== undefined && { inferred: inferred.slice(0, 300) }),
  }
}

function distinct(citations: readonly Citation[]): Citation[] {
  const first = new Map(citations.map((one) => [JSON.stringify([one.turn, one.quote]), one]))
  return [...first.values()]
}
