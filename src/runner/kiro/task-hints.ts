import type { ExecutionStatus, TaskHint } from './spec-messages.ts'

/** What Kiro has said of the tasks so far. */
export interface TaskHints {
  /** The last news of each task, by its number. */
  byNumber: ReadonlyMap<string, TaskHint>
  /** Everything that was ever said, to know a repeat by. */
  said: ReadonlySet<string>
}

export const noHints: TaskHints = { byNumber: new Map(), said: new Set() }

/** Within one execution a task only goes forward. */
const order: Record<ExecutionStatus, number> = {
  queued: 0,
  running: 1,
  succeed: 2,
  failed: 2,
  aborted: 2,
}

function isNews({ byNumber, said }: TaskHints, hint: TaskHint): boolean {
  if (said.has(keyOf(hint))) return false
  const known = byNumber.get(hint.number)
  return known?.execution !== hint.execution || order[hint.status] > order[known.status]
}

const keyOf = ({ number, status, execution }: TaskHint) => `${number} ${status} ${execution}`

export interface Reduced {
  hints: TaskHints
  /** Those that said something new, in order. */
  news: readonly TaskHint[]
}

/**
 * Takes hints in. Kiro repeats itself (nine notifications for two tasks are normal): repeats, also
 * late ones, change nothing.
 */
export function takeHints(hints: TaskHints, incoming: readonly TaskHint[]): Reduced {
  const byNumber = new Map(hints.byNumber)
  const said = new Set(hints.said)
  const news: TaskHint[] = []
  for (const hint of incoming) {
    if (isNews({ byNumber, said }, hint)) {
      byNumber.set(hint.number, hint)
      news.push(hint)
    }
    said.add(keyOf(hint))
  }
  return { hints: { byNumber, said }, news }
}
