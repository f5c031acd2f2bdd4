import type { TaskState } from '../../domain/build.ts'
import { parseTasks } from '../../kiro/tasks.ts'
import type { Task } from '../../kiro/tree.ts'

/** A task without sub-tasks: what is carried out, ticked and committed. */
export interface TaskLeaf {
  number: string
  title: string
  state: TaskState
  /** Marked so itself or by a task above it. */
  optional: boolean
}

function leavesBelow(task: Task, within: boolean): TaskLeaf[] {
  const optional = within || task.optional
  if (task.children.length > 0)
    return task.children.flatMap((child) => leavesBelow(child, optional))
  const { number, title, state } = task
  return [{ number: number.slice(0, 20), title: title.slice(0, 500), state, optional }]
}

/** The leaf tasks of a tasks.md in order; of two with the same number the first counts. */
export function taskLeaves(markdown: string): TaskLeaf[] {
  const leaves = new Map<string, TaskLeaf>()
  for (const leaf of parseTasks(markdown).tasks.flatMap((task) => leavesBelow(task, false))) {
    if (!leaves.has(leaf.number)) leaves.set(leaf.number, leaf)
  }
  return [...leaves.values()]
}
