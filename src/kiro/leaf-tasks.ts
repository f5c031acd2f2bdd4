import type { TaskState } from '../domain/build.ts'
import type { Task, TasksDocument } from './tree.ts'

/** A task without sub-tasks: what is carried out, ticked and committed. */
export interface LeafTask {
  number: string
  title: string
  state: TaskState
  /** Marked so itself or by a task above it. */
  optional: boolean
  /** Names no criterion and asks only that all tests pass. */
  checkpoint: boolean
  /** Asks to see tests pass that are there already, so that nothing may be left to change. */
  confirms: boolean
  details: readonly string[]
  /** The criteria that it carries out; a whole requirement is written out. */
  refs: readonly string[]
}

/** The leaf tasks in the document's order; of two with the same number the first counts. */
export function leafTasksOf(
  { tasks }: Pick<TasksDocument, 'tasks'>,
  criteria: readonly string[],
): LeafTask[] {
  const leaves = new Map<string, LeafTask>()
  for (const leaf of tasks.flatMap((task) => leavesBelow(task, false, criteria))) {
    if (!leaves.has(leaf.number)) leaves.set(leaf.number, leaf)
  }
  return [...leaves.values()]
}

function leavesBelow(task: Task, within: boolean, criteria: readonly string[]): LeafTask[] {
  const optional = within || task.optional
  if (task.children.length > 0) {
    return task.children.flatMap((child) => leavesBelow(child, optional, criteria))
  }
  const { number, title, state, details } = task
  const named = [...task.requirements, ...task.validates]
  const checkpoint = named.length === 0 && /\bcheckpoint\b/i.test(title)
  const confirms =
    checkpoint || /^(?:see|verify|check|ensure|confirm)\b.*\bpass(?:es)?\b/i.test(title)
  const refs = [...new Set(named.flatMap((ref) => writtenOut(ref, criteria)))]
  return [{ number, title, state, optional, checkpoint, confirms, details, refs }]
}

function writtenOut(ref: string, criteria: readonly string[]): readonly string[] {
  if (ref.includes('.')) return [ref]
  const all = criteria.filter((criterion) => criterion.startsWith(`${ref}.`))
  return all.length > 0 ? all : [ref]
}

/** A task with the wave that it belongs to; those of a wave need only those of the waves before. */
export interface PlacedTask<T> {
  task: T
  wave: number
}

type Orderable = Pick<LeafTask, 'number' | 'optional' | 'checkpoint'>

/**
 * The order of work: by wave, then as they stand. A task in no wave keeps its place behind the one
 * before it, and a checkpoint comes behind everything required that stands above it. Without a graph
 * each task is a wave of its own.
 */
export function inWorkOrder<T extends Orderable>(
  tasks: readonly T[],
  waves: TasksDocument['waves'],
): PlacedTask<T>[] {
  if (waves.length === 0) return tasks.map((task, wave) => ({ task, wave }))
  const waveOf = new Map(waves.flatMap((wave, at) => wave.tasks.map((number) => [number, at])))
  let current = 0
  const placed = tasks.map((task) => {
    current = task.checkpoint
      ? Math.max(current, lastWaveAbove(tasks, task, waveOf))
      : (waveOf.get(task.number) ?? current)
    return { task, wave: current }
  })
  return placed.sort((a, b) => a.wave - b.wave)
}

function lastWaveAbove<T extends Orderable>(
  tasks: readonly T[],
  checkpoint: T,
  waveOf: ReadonlyMap<string, number>,
): number {
  const above = tasks.slice(0, tasks.indexOf(checkpoint)).filter(({ optional }) => !optional)
  return Math.max(0, ...above.map(({ number }) => waveOf.get(number) ?? 0))
}
