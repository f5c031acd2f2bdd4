import { type PlanDraft, planFile } from '../../domain/plan.ts'
import { leafTasks, parseTasks } from '../../kiro/tasks.ts'
import type { Task } from '../../kiro/tree.ts'
import { share } from './likeness.ts'
import { pairUp } from './pair-up.ts'
import { numberTwoLevels, type Place } from './two-levels.ts'

/** A task without parts, as far as it says which one it is. */
type Leaf = Pick<Task, 'title' | 'requirements' | 'validates'>

export interface LeafGroup<L extends Leaf> {
  title: string
  leaves: readonly L[]
}

export interface NumberedLeaves<L extends Leaf> {
  number: string
  title: string
  leaves: readonly { number: string; leaf: L }[]
}

export interface NumberedTasks<L extends Leaf> {
  groups: readonly NumberedLeaves<L>[]
  /** For the checkpoint behind them all. */
  checkpoint: string
}

/**
 * Numbers the tasks so that one which does what a task of the version before did keeps its number.
 *
 * @param retired what is asked for no more: a task that takes it away is not the one that built it
 */
export function keepTaskNumbers<L extends Leaf>(
  groups: readonly LeafGroup<L>[],
  previous: PlanDraft | undefined,
  retired: ReadonlySet<string>,
): NumberedTasks<L> {
  const text = (previous && planFile(previous.files, 'tasks.md')?.content) ?? ''
  const tasks = parseTasks(text).tasks
  const retiredBefore = new Set(previous?.retired?.map(({ ref }) => ref))
  const old = leafTasks(tasks)
    .filter((leaf) => leaf.number.includes('.'))
    .map((leaf) => ({ leaf, ...aimOf(leaf, retiredBefore) }))
  const now = groups
    .flatMap(({ leaves }) => leaves)
    .map((leaf) => ({ leaf, ...aimOf(leaf, retired) }))
  const pairs = new Map(
    [...pairUp(old, now, likeness)].map(([is, was]) => [is.leaf, was.leaf.number]),
  )
  const numbers = [...tasks, ...leafTasks(tasks)].map(({ number }) => placeOf(number))
  const highestGroup = Math.max(0, ...numbers.map(({ group }) => group))
  const numbered = numberTwoLevels(
    groups.map(({ leaves }) => leaves),
    (leaf) => {
      const number = pairs.get(leaf)
      return number === undefined ? undefined : placeOf(number)
    },
    {
      highestGroup,
      highestChild: (group) =>
        Math.max(0, ...numbers.flatMap((place) => (place.group === group ? [place.child] : []))),
    },
  )
  return {
    groups: numbered.map(({ number, from, children }) => ({
      number: `${number}`,
      title:
        (from === undefined ? undefined : groups[from]?.title) ??
        tasks.find((task) => task.number === `${number}`)?.title ??
        '',
      leaves: children.map((one) => ({ number: `${number}.${one.number}`, leaf: one.child })),
    })),
    checkpoint: `${checkpointNumber(tasks, numbered.at(-1)?.number ?? 0, highestGroup)}`,
  }
}

interface Aim {
  kind: 'build' | 'property' | 'removal'
  refs: ReadonlySet<string>
}

function aimOf({ requirements, validates }: Leaf, retired: ReadonlySet<string>): Aim {
  const refs = new Set([...requirements, ...validates])
  const isRemoval = requirements.length > 0 && requirements.every((ref) => retired.has(ref))
  if (isRemoval) return { kind: 'removal', refs }
  return { kind: requirements.length === 0 && validates.length > 0 ? 'property' : 'build', refs }
}

function likeness(old: Aim & { leaf: Leaf }, now: Aim & { leaf: Leaf }): number {
  if (old.kind !== now.kind) return 0
  return 2 * share(old.refs, now.refs) + Number(old.leaf.title === now.leaf.title)
}

function placeOf(number: string): Place {
  const [group = 0, child = 0] = number.split('.').map(Number)
  return { group, child }
}

/** Its old number as long as nothing new stands behind it. */
function checkpointNumber(tasks: readonly Task[], last: number, highest: number): number {
  const old = tasks.findLast(
    ({ title, children }) => /\bcheckpoint\b/i.test(title) && children.length === 0,
  )
  const number = Number(old?.number ?? 0)
  return number > last ? number : Math.max(last, highest) + 1
}
