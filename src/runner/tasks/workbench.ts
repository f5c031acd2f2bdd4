import type { PlanTask } from './plan-task.ts'

/** What the workspace's tests say of a task. */
export type Verdict =
  | { type: 'verified' }
  /** `reason` is one line for people; `complaint` is what the agent is told, bounded. */
  | { type: 'refused'; reason: string; complaint: string }
  /** The build was stopped meanwhile. */
  | { type: 'stopped' }

/**
 * The runner's own hands in a workspace: tests, commits and ticks are its business and never the
 * agent's.
 */
export interface Workbench {
  /** The leaf tasks of the plan in the order of work. */
  readonly tasks: readonly PlanTask[]
  /** Whether an earlier attempt has carried a task out. */
  isDone(task: PlanTask): boolean
  /** Says in tasks.md that a task is under way. */
  begin(task: PlanTask): Promise<void>
  /**
   * Looks at what a turn left: commits that the agent made and its edits of the spec are undone, and
   * logged. Gives whether anything else has changed since the last commit.
   */
  takeIn(task: PlanTask): Promise<boolean>
  /** Runs the tests on the workspace as it stands. */
  verify(task: PlanTask): Promise<Verdict>
  /** Commits what has changed, with the task's tick, as `task 2.1: …`. */
  keep(task: PlanTask): Promise<void>
  /** Puts what has changed aside, so that the tree is as it was, and notes why the task stays open. */
  leave(task: PlanTask, reason: string): Promise<void>
}
