import type { Citation } from '../../domain/citation.ts'
import type { TraceLink } from '../../domain/plan.ts'
import { leafTasks } from '../../kiro/tasks.ts'
import type { Task } from '../../kiro/tree.ts'
import { numberedRequirements } from './planned.ts'
import type { Area, PlannedCriterion } from './planned.ts'

/** Where every requirement and criterion comes from, and which tasks carry it out. */
export function traceOf(areas: readonly Area[], tasks: readonly Task[]): TraceLink[] {
  const leaves = leafTasks(tasks)
  const tasksFor = (fits: (ref: string) => boolean): string[] =>
    leaves
      .filter((leaf) => [...leaf.requirements, ...leaf.validates].some(fits))
      .map(({ number }) => number)
  return numberedRequirements(areas).flatMap(({ ref, value: { criteria } }) => [
    {
      ...linkOf(ref, criteria),
      tasks: tasksFor((named) => named === ref || named.startsWith(`${ref}.`)),
    },
    ...criteria.map((criterion, index) => {
      const own = `${ref}.${index + 1}`
      return { ...linkOf(own, [criterion]), tasks: tasksFor((named) => named === own) }
    }),
  ])
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
