import type { TickedTasks } from '../tasks/ticked-tasks.ts'
import type { PlanTask } from '../tasks/plan-task.ts'
import type { WriteLog } from '../builds/build-log.ts'
import type { ExecutionStatus, TaskHint } from './spec-messages.ts'
import { noHints, takeHints } from './task-hints.ts'

/** What Kiro says of its tasks, held against their boxes: committed is only what both agree on. */
export interface SpecProgress {
  take: (hints: readonly TaskHint[]) => void
  /** Whether anything is committed for a task while Kiro works on others. */
  succeeded: (task: PlanTask) => boolean
  /** Whether Kiro's last word does not speak against a tick. */
  agrees: (task: PlanTask) => boolean
  /** Why a task stays open. */
  reason: (task: PlanTask, ticked: boolean) => string
}

const spoken: Record<ExecutionStatus, string> = {
  queued: 'is queued',
  running: 'is under way',
  succeed: 'is done, it says',
  failed: 'failed',
  aborted: 'was given up',
}

export function followHints(tasks: TickedTasks, log: WriteLog): SpecProgress {
  let hints = noHints
  const statusOf = ({ number }: PlanTask) => hints.byNumber.get(number)?.status
  const progress: SpecProgress = {
    take(incoming) {
      const reduced = takeHints(hints, incoming)
      hints = reduced.hints
      for (const { number, status } of reduced.news) {
        log('runner', `Kiro: task ${number} ${spoken[status]}.`)
      }
      if (reduced.news.some(({ status }) => status === 'succeed')) tasks.keep(progress.succeeded)
    },
    succeeded: (task) => statusOf(task) === 'succeed',
    agrees: (task) => ['succeed', undefined].includes(statusOf(task)),
    reason: (task, ticked) => (ticked ? reasonOfTick(statusOf(task)) : reasonOf(statusOf(task))),
  }
  return progress
}

function reasonOfTick(status: ExecutionStatus | undefined): string {
  return status === undefined || status === 'succeed'
    ? 'Kiro ticked this task, but nothing was changed for it alone: not verified.'
    : `Kiro ticked this task, but says that it ${spoken[status]}: not verified.`
}

function reasonOf(status: ExecutionStatus | undefined): string {
  switch (status) {
    case undefined:
      return 'Kiro ended its turn without beginning this task.'
    case 'queued':
      return 'Kiro queued this task and never began it.'
    case 'running':
      return 'Kiro ended its turn while this task was under way.'
    case 'succeed':
      return 'Kiro says that this task is done, but did not tick it.'
    case 'failed':
      return 'Kiro says that this task failed.'
    case 'aborted':
      return 'Kiro gave this task up.'
    default:
      return status satisfies never
  }
}
