import type { BuildTask, TaskState } from '../../domain/build.ts'
import type { PlannedTask } from '../builds/order.ts'
import type { TaskLeaf } from './task-leaves.ts'

export interface Evidence {
  /** The leaf tasks as the agent's copy of tasks.md has them. */
  ticked: readonly TaskLeaf[]
  /** Commits by task number. */
  commits: ReadonlyMap<string, string>
  /** Reasons for open tasks. */
  reasons: ReadonlyMap<string, string>
  /** The agent's turn is over: what is not proved by now is open. */
  final: boolean
  /** The tasks as the look before had them. */
  known: readonly BuildTask[]
}

interface Verdict {
  state: TaskState
  reason?: string
}

function judge(task: PlannedTask, evidence: Evidence): Verdict {
  const found = evidence.ticked.find(({ number }) => number === task.number)
  const reported = evidence.reasons.get(task.number)
  if (!found || found.title !== task.title) {
    // While the agent works, a look may meet a tasks.md that is half written: it tells nothing.
    const last = evidence.known.find(({ id }) => id === task.number)
    if (!evidence.final && last) return { state: last.state }
    const reason = 'The agent removed or rewrote this task in tasks.md.'
    return { state: 'not_started', reason }
  }
  if (found.state === 'completed') {
    if (evidence.commits.has(task.number)) return { state: 'completed' }
    if (!evidence.final) return { state: 'in_progress' }
    const reason = 'Ticked in tasks.md, but no commit of its own carries it out: not verified.'
    return { state: 'not_started', reason }
  }
  if (!evidence.final && (found.state !== 'not_started' || reported === undefined)) {
    return { state: found.state }
  }
  return { state: 'not_started', ...(reported !== undefined && { reason: reported }) }
}

/**
 * What is proved of each planned task. A tick counts only with a commit of the task's own, and
 * only against the task as it was approved: agents claim too much.
 */
export function verifyTasks(planned: readonly PlannedTask[], evidence: Evidence): BuildTask[] {
  return planned.map((task) => {
    const verdict = judge(task, evidence)
    const commit = verdict.state === 'completed' ? evidence.commits.get(task.number) : undefined
    return {
      id: task.number,
      title: task.title,
      optional: task.optional,
      ...verdict,
      ...(commit !== undefined && { commit }),
    }
  })
}

/** How `git log` is asked for what `taskCommits` reads. */
export const taskCommitFormat = ['--format=%x00%H %s', '--name-only'] as const

/**
 * The newest commit of each task number, by its subject, from a log that is newest first. A commit
 * that changes no file proves nothing and is passed over.
 */
export function taskCommits(log: string): Map<string, string> {
  const commits = new Map<string, string>()
  for (const entry of log.split('\0')) {
    const [line = '', ...files] = entry.split('\n').filter((part) => part !== '')
    if (files.length === 0) continue
    const match = /^([0-9a-f]{40,64}) task (\d{1,4}(?:\.\d{1,4}){0,3}): /.exec(line)
    const [, commit, number] = match ?? []
    if (commit && number && !commits.has(number)) commits.set(number, commit)
  }
  return commits
}
