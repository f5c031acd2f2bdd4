import { isDeepStrictEqual } from 'node:util'
import type { BuildCost, BuildEventBody, BuildTask, CriterionEvidence } from '../../domain/build.ts'
import { readReasons } from './build-report.ts'
import { evidenceFrom } from './criteria-evidence.ts'
import type { TestResults } from './results/test-results.ts'
import { cleanLine } from '../process/log-text.ts'
import { coalesce } from '../webhooks/coalesce.ts'
import { readConfined } from '../workspace/confined-files.ts'
import type { Git } from '../workspace/git.ts'
import { criteriaAsOpen, plannedAsOpen, tasksInScope, type BuildOrder } from '../builds/order.ts'
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
  /** Emits the tasks as an earlier attempt left them, and gives them; `shown` is what still holds of its evidence. */
  resume(shown: readonly CriterionEvidence[]): Promise<readonly BuildTask[]>
  /** Asks for another look; looks are taken one at a time, as often as needed. */
  look(): void
  /** Notes why a task stays open; stronger than what the agent's report says. */
  explain(number: string, reason: string): void
  /** Tells what tests showed of the criteria, as the workspace is committed. */
  show(results: TestResults): void
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

/** What progress is read from, and whom it is told. */
export interface ProgressOptions {
  order: BuildOrder
  workspace: string
  git: Git
  emit: (event: BuildEventBody) => void
  /** Since the build was started. */
  elapsedMs: () => number
  cost: () => BuildCost | undefined
}

/** Criteria in one event, so that it stays small. */
const criteriaInEvent = 100

/**
 * Emits `build.task` for every task whose proved state changed, `build.progress` with it, and
 * `build.evidence` for the criteria of which something else is shown.
 */
export function followProgress(options: ProgressOptions): Progress {
  const { order, workspace, git, emit } = options
  const explained = new Map<string, string>()
  const tell = tellProgress(options)

  const look = async (final: boolean): Promise<Counts> => {
    const history = await git('log', ...taskCommitFormat, `${order.base_commit}..HEAD`)
    const ticked = await readTicked(workspace, order.feature)
    const reported = final ? await readReasons(workspace, order.feature) : []
    const reasons = new Map([...reported, ...explained])
    const evidence = { ticked, commits: taskCommits(history), reasons, final, known: tell.known() }
    return tell.tasks(verifyTasks(order.tasks, evidence), final)
  }
  // A look may fall between two steps of the agent's git; only the last one has to succeed.
  const looks = coalesce(async () => {
    await look(false).catch(() => undefined)
  })
  const showEvidence = tellEvidence(emit)
  return {
    begin() {
      tell.tasks(plannedAsOpen(order), false)
      showEvidence(criteriaAsOpen(order))
    },
    async resume(shown) {
      await look(false)
      showEvidence(shown)
      return tell.known()
    },
    look: () => looks.request(),
    explain: (number, reason) => void explained.set(number, cleanLine(reason, 1_000)),
    show: ({ cases = [] }) => showEvidence(evidenceFrom(order.criteria, cases)),
    async finish() {
      await looks.settled()
      await git('merge-base', '--is-ancestor', order.base_commit, 'HEAD')
      return look(true)
    },
  }
}

/** Tells tasks that have changed, and how far the build is when that has changed or is asked for. */
function tellProgress({ order, emit, elapsedMs, cost }: ProgressOptions) {
  const scope = new Set(tasksInScope(order).map((task) => task.number))
  let known: readonly BuildTask[] = []
  let told: (Counts & { cost: BuildCost | undefined }) | undefined
  return {
    known: () => known,
    tasks(tasks: readonly BuildTask[], always: boolean): Counts {
      const last = new Map(known.map((task) => [task.id, task]))
      for (const task of tasks) {
        if (!isDeepStrictEqual(last.get(task.id), task)) emit({ type: 'build.task', task })
      }
      known = tasks
      const done = tasks.filter((task) => scope.has(task.id) && task.state === 'completed').length
      const now = { done, total: scope.size, cost: cost() }
      if (always || !isDeepStrictEqual(now, told)) {
        const { cost: spent, ...counts } = now
        emit({
          type: 'build.progress',
          ...counts,
          elapsed_ms: elapsedMs(),
          ...(spent && { cost: spent }),
        })
      }
      told = now
      return { done, total: scope.size }
    },
  }
}

/** Tells the criteria of which something else is shown than before. */
function tellEvidence(emit: ProgressOptions['emit']) {
  const told = new Map<string, CriterionEvidence>()
  return (evidence: readonly CriterionEvidence[]) => {
    const changed = evidence.filter((one) => !isDeepStrictEqual(told.get(one.ref), one))
    for (const one of changed) told.set(one.ref, one)
    for (let from = 0; from < changed.length; from += criteriaInEvent) {
      emit({ type: 'build.evidence', criteria: changed.slice(from, from + criteriaInEvent) })
    }
  }
}
