import type { PlanDraft, Retirement } from '../../domain/plan.ts'
import type { Task } from '../../kiro/tree.ts'
import { keepTaskNumbers, type LeafGroup } from '../numbers/keep-task-numbers.ts'
import { type TaskPlan, withCheckpoint } from '../offline/task-plan.ts'

/** A task without parts, on its way into tasks.md. */
export interface Leaf extends Omit<Task, 'number' | 'state' | 'children'> {
  /** The proposal's own number, `2.1`; absent for tasks that code adds. */
  proposed?: string
  /** The proposal's numbers of tasks that must be done before; or all others. */
  needs: readonly string[] | 'all'
}

/** The tasks with their numbers, which stay those of the version before where it had them. */
export function numberTasks(
  groups: readonly LeafGroup<Leaf>[],
  retired: readonly Retirement[],
  previous: PlanDraft | undefined,
): TaskPlan {
  const kept = keepTaskNumbers(groups, previous, new Set(retired.map(({ ref }) => ref)))
  const leaves = kept.groups.flatMap((group) => group.leaves)
  const numbers = new Map(
    leaves.flatMap(({ number, leaf }) => (leaf.proposed ? [[leaf.proposed, number]] : [])),
  )
  const needs = new Map(
    leaves.map(({ number, leaf }) => [
      number,
      leaf.needs === 'all'
        ? leaves.flatMap((other) => (other.leaf.needs === 'all' ? [] : [other.number]))
        : leaf.needs.flatMap((one) => numbers.get(one) ?? []),
    ]),
  )
  const tasks = kept.groups.map(({ number, title, leaves }): Task => ({
    ...bare,
    number,
    title,
    children: leaves.map(({ number: own, leaf }): Task => {
      const { needs: _needs, proposed: _proposed, ...task } = leaf
      return { ...task, number: own, state: 'not_started', children: [] }
    }),
  }))
  return {
    tasks: withCheckpoint(tasks, kept.checkpoint),
    phases: tasks.map(({ title, children }) => ({
      name: title.slice(0, 120),
      tasks: children.map(({ number }) => number),
    })),
    waves: wavesOf(
      leaves.map(({ number }) => number),
      needs,
    ),
  }
}

const bare = {
  state: 'not_started',
  optional: false,
  details: [],
  requirements: [],
  validates: [],
} as const

/** Each task in the first wave after all that it needs; a circle is cut where the order of work goes on. */
export function wavesOf(
  order: readonly string[],
  needs: ReadonlyMap<string, readonly string[]>,
): TaskPlan['waves'] {
  const places = new Map(order.map((number, at) => [number, at]))
  const waves = new Map<string, number>()
  for (const number of order) {
    // Only what comes earlier in the order of work counts, so that there can be no circle.
    const before = (needs.get(number) ?? []).filter(
      (one) => (places.get(one) ?? Infinity) < (places.get(number) ?? 0),
    )
    waves.set(number, Math.max(-1, ...before.map((one) => waves.get(one) ?? 0)) + 1)
  }
  const grouped = Map.groupBy(order, (number) => waves.get(number) ?? 0)
  return [...grouped].sort(([a], [b]) => a - b).map(([, tasks], id) => ({ id, tasks }))
}
