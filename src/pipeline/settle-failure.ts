import { pausingCodes } from '../domain/pausing-codes.ts'
import { toAppError } from '../domain/errors.ts'
import { decideRetry, type RetryPolicy } from '../domain/retry-policy.ts'
import { nextStatus } from '../domain/status.ts'
import type { Tx } from '../store/database.ts'
import { appendEvents } from '../store/events.ts'
import { lockProject } from '../store/projects.ts'
import type { PipelineDeps } from './deps.ts'
import { giveUp, pause, projectOf } from './give-up.ts'
import type { Attempt } from './queue/queue.ts'
import { transact } from './transact.ts'

/** Tells a project's log that a stage will be tried again. */
async function tellAgain(
  tx: Tx,
  attempt: Attempt,
  error: { code: string; message: string },
  afterSeconds: number,
): Promise<void> {
  const projectId = projectOf(attempt.data)
  if (projectId === undefined) return
  const project = await lockProject(tx, projectId)
  if (nextStatus(project.status, { type: 'fail' }) === undefined) return
  const { stage } = attempt
  const { code, message } = error
  const rounded = Math.round(afterSeconds)
  await appendEvents(tx, projectId, [
    { type: 'stage.failed', stage, code, message, again: true, afterSeconds: rounded },
  ])
}

/**
 * Decides what becomes of a failed attempt and writes all of it in one transaction: the job is given
 * back for later, or it is taken away and kept as a dead letter, with its project failed or, where a
 * budget is used up, paused. An attempt that lost its job to
 * another worker changes nothing.
 *
 * @throws AppError when that cannot be written; the lease then ends by itself and the job is tried again.
 */
export async function settleFailure(
  deps: PipelineDeps,
  policy: RetryPolicy,
  attempt: Attempt,
  thrown: unknown,
): Promise<void> {
  const error = toAppError(thrown)
  if (error.code === 'lease_lost') return
  const { stage, data, number } = attempt
  const verdict = decideRetry(policy, error, number, deps.random())
  const facts = { stage, jobId: attempt.id, attempt: number, code: error.code, ...verdict }
  deps.log.info({ ...facts, message: error.message }, 'job.failed')
  let workspaceId: string | undefined
  try {
    workspaceId = await transact(deps, async (tx) => {
      // The project first, as everywhere, so that no two transactions wait for each other.
      if (verdict.kind === 'again') {
        await tellAgain(tx, attempt, error, verdict.afterSeconds)
        await deps.queue.again(tx, attempt, verdict.afterSeconds, error)
        return undefined
      }
      const job = { stage, data, attempts: number, error }
      const pauses = pausingCodes.has(error.code)
      if (pauses) await pause(deps, tx, job)
      const home = pauses ? undefined : await giveUp(deps, tx, job)
      await deps.queue.remove(tx, attempt)
      return home
    })
  } catch (failure) {
    if (toAppError(failure).code === 'lease_lost') return
    throw failure
  }
  const projectId = projectOf(data)
  if (projectId !== undefined) deps.committed(projectId)
  if (workspaceId !== undefined) deps.changed(workspaceId)
}
