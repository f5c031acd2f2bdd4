import { isDeepStrictEqual } from 'node:util'
import type { BuildEventBody, BuildTask } from '../../domain/build.ts'
import { readReasons } from './build-report.ts'
import { cleanLine } from '../process/log-text.ts'
import { coalesce } from '../webhooks/coalesce.ts'
import { readConfined } from '../workspace/confined-files.ts'
import type { Git } from '../workspace/git.ts'
import { plannedAsOpen, tasksInScope, type BuildOrder } from '../builds/order.ts'
import { taskLeaves, type TaskLeaf } from './task-leaves.ts'
import { taskCommitFormat, taskCommits, verifyTasks } from './verify-tasks.ts'

export interface Counts {
  done: number
  total: number
}

/** Follows the truth about a build: tasks.md and git, never the agent's words. */
export interface Progress {
  /** Emits the planned tasks, all open. */
  begin(): void
  /** Emits the tasks as an earlier attempt left them, and gives them. */
  resume(): Promise<readonly BuildTask[]>
  /** Asks for another look; looks are taken one at a time, as often as needed. */
  look(): void
  /** Notes why a task stays open; stronger than what the agent's report says. */
  explain(number: string, reason: string): void
  /**
   * Takes the last look, after which everything unproved is open. Throws `git_failed` when the
   * repository is broken or no longer grows from the plan's commit.
   */
  finish(): Promise<Counts>
}

const maxTasksBytes = 4 * 1024 * 1024

/** The leaf tasks of a workspace's tasks.md; none when the agent made it unreadable. */
async function readTicked(workspace: string, feature: string): Promise<TaskLeaf[]> {
  try {
    const file = `.kiro/specs/${feature}/tasks.md`
    const text = (await readConfined(workspace, file, maxTasksBytes)).toString('utf8')
    return taskLeaves(text)
  } catch {
    return []
  }
}

/** Emits `build.task` for every task whose proved state changed, and `build.progress` with it. */
export function followProgress(
  order: BuildOrder,
  workspace: string,
  git: Git,
  emit: (event: BuildEventBody) => void,
): Progress {
  const scope = new Set(tasksInScope(order).map((task) => task.number))
  let known: readonly BuildTask[] = []
  let counts: Counts | undefined
  const explained = new Map<string, string>()

  const publish = (tasks: readonly BuildTask[]): Counts => {
    const last = new Map(known.map((task) => [task.id, task]))
    for (const task of tasks) {
      if (!isDeepStrictEqual(last.get(task.id), task)) emit({ type: 'build.task', task })
    }
    known = tasks
    const done = tasks.filter((task) => scope.has(task.id) && task.state === 'completed').length
    if (done !== counts?.done) emit({ type: 'build.progress', done, total: scope.size })
    counts = { done, total: scope.size }
    return counts
  }
  const look = async (final: boolean): Promise<Counts> => {
    const history = await git('log', ...taskCommitFormat, `${order.base_commit}..HEAD`)
    const ticked = await readTicked(workspace, order.feature)
    const reported = final ? await readReasons(workspace, order.feature) : []
    const reasons = new Map([...reported, ...explained])
    return publish(
      verifyTasks(order.tasks, { ticked, commits: taskCommits(history), reasons, final, known }),
    )
  }
  // A look may fall between two steps of the agent's git; only the last one has to succeed.
  const looks = coalesce(async () => {
    await look(false).catch(() => undefined)
  })
  return {
    begin: () => void publish(plannedAsOpen(order)),
    async resume() {
      await look(false)
      return known
    },
    look: () => looks.request(),
    explain: (number, reason) => void explained.set(number, cleanLine(reason, 1_000)),
    async finish() {
      await looks.settled()
      await git('merge-base', '--is-ancestor', order.base_commit, 'HEAD')
      return look(true)
    },
  }
}
