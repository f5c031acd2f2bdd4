import { assertNever } from '../../domain/assert-never.ts'
import type { AgentOutcome } from '../agents/agent-driver.ts'
import { unmetNeed, type TaskRecord } from './needs.ts'
import type { PlanTask } from './plan-task.ts'
import type { TaskWorker } from './task-worker.ts'
import type { Workbench } from './workbench.ts'

export interface CarryOutOptions {
  includeOptional: boolean
  /** How often a task goes back to the agent after a failed verification. */
  maxReturns: number
  signal: AbortSignal
}

/** What came of one task; `broken` when no further one can be tried. */
type TaskEnd =
  | { type: 'verified' }
  | { type: 'open'; reason: string }
  | { type: 'broken'; outcome: AgentOutcome }

/**
 * Carries the plan's leaf tasks out in the order of work: the worker's turn, then verification, a
 * commit and the tick by the workbench. What fails goes back a few times and is then left open, on a
 * tree as it was before, so that later tasks start from a green one.
 */
export async function carryOutTasks(
  bench: Workbench,
  worker: TaskWorker,
  options: CarryOutOptions,
): Promise<AgentOutcome> {
  const records: TaskRecord[] = []
  for (const task of bench.tasks) {
    if (options.signal.aborted) return { type: 'stopped' }
    if (task.optional && !options.includeOptional) {
      await bench.leave(task, 'Optional, and not ordered.')
      records.push({ task, state: 'not_ordered' })
      continue
    }
    if (bench.isDone(task)) {
      records.push({ task, state: 'verified' })
      continue
    }
    const need = unmetNeed(task, records)
    const end: TaskEnd =
      need === undefined
        ? await carryOut(task, bench, worker, options)
        : { type: 'open', reason: need }
    if (end.type === 'broken') return end.outcome
    if (end.type === 'open') await bench.leave(task, end.reason)
    records.push({ task, state: end.type })
  }
  return { type: 'ended', stopReason: 'end_turn' }
}

async function carryOut(
  task: PlanTask,
  bench: Workbench,
  worker: TaskWorker,
  { maxReturns }: CarryOutOptions,
): Promise<TaskEnd> {
  await bench.begin(task)
  let complaint: string | undefined
  for (let returns = 0; ; returns += 1) {
    const turn = await takeTurn(task, complaint, bench, worker)
    if (turn) return turn
    const verdict = await bench.verify(task)
    switch (verdict.type) {
      case 'verified':
        await bench.keep(task)
        return { type: 'verified' }
      case 'stopped':
        return { type: 'broken', outcome: { type: 'stopped' } }
      case 'refused':
        // Nobody works on a checkpoint, so there is nobody to return it to.
        if (task.checkpoint || returns >= maxReturns) {
          return { type: 'open', reason: verdict.reason }
        }
        complaint = verdict.complaint
        break
      default:
        return assertNever(verdict)
    }
  }
}

/** One turn of the worker; undefined when its work is to be verified. */
async function takeTurn(
  task: PlanTask,
  complaint: string | undefined,
  bench: Workbench,
  worker: TaskWorker,
): Promise<TaskEnd | undefined> {
  if (task.checkpoint) return undefined
  const outcome =
    complaint === undefined ? await worker.carryOut(task) : await worker.mend(task, complaint)
  switch (outcome.type) {
    case 'stopped':
      return { type: 'broken', outcome }
    case 'failed':
      if (outcome.code !== 'agent_refused') {
        await bench.leave(task, outcome.message)
        return { type: 'broken', outcome }
      }
      return { type: 'open', reason: 'The agent refused to carry out this task.' }
    case 'ended': {
      const changed = await bench.takeIn(task)
      if (changed || task.confirms) return undefined
      const early =
        outcome.stopReason === 'end_turn' ? '' : ` It stopped early: ${outcome.stopReason}.`
      return { type: 'open', reason: `The agent changed nothing for this task.${early}` }
    }
    default:
      return assertNever(outcome)
  }
}
