import type { PlanTask } from './plan-task.ts'

/** What became of a task. */
export interface TaskRecord {
  task: PlanTask
  state: 'verified' | 'open' | 'not_ordered'
}

/**
 * Why a task is not even tried, or undefined when it is. The graph says only which tasks may be
 * needed: of those that stay open, a task is taken to need the ones whose criteria it names too, and
 * any at all as long as nothing is verified that it could build on.
 */
export function unmetNeed(task: PlanTask, records: readonly TaskRecord[]): string | undefined {
  if (task.checkpoint) return undefined
  const before = records.filter((record) => record.task.wave < task.wave)
  const open = before.filter(({ state }) => state === 'open').map((record) => record.task)
  const shared = open.find(({ refs }) => refs.some((ref) => task.refs.includes(ref)))
  if (shared) return `Task ${shared.number}, which it builds on, is open.`
  const [first] = open
  const hasGround = before.some(({ state }) => state === 'verified')
  if (first === undefined || hasGround) return undefined
  return `Nothing is verified that it could build on: task ${first.number} is open.`
}
