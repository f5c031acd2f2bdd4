import type { TaskState } from '../../domain/build.ts'
import { leafTasksOf } from '../../kiro/leaf-tasks.ts'
import { plainLine } from '../../kiro/inline.ts'
import { parseTasks } from '../../kiro/tasks.ts'

/** A leaf task as tasks.md has it. */
export interface TaskLeaf {
  number: string
  title: string
  state: TaskState
  optional: boolean
}

/** The leaf tasks of a tasks.md in order, within the bounds of a build's events. */
export function taskLeaves(markdown: string): TaskLeaf[] {
  return leafTasksOf(parseTasks(markdown), []).map(({ number, title, state, optional }) => ({
    number: number.slice(0, 20),
    title: plainLine(title, 500),
    state,
    optional,
  }))
}
