import { conflict } from '../domain/errors.ts'
import type { Principal } from '../domain/principal.ts'
import { isSettled } from '../domain/status.ts'
import { audit } from '../store/audit.ts'
import { setConversationPriority } from '../store/conversations.ts'
import type { Tx } from '../store/database.ts'
import { markHandled } from '../store/inbox.ts'
import { getProject, lockProject, setProjectPriority } from '../store/projects.ts'
import { cancel } from './cancel.ts'
import type { PipelineDeps } from './deps.ts'
import { getJob } from './list-jobs.ts'
import type { QueuedJob } from './queued-job.ts'
import { transact } from './transact.ts'

// Every action looks at the job once to know whose it is, and changes it only if it is still as the
// action needs it, so that a worker which was quicker wins.

type Deed = 'queue.run' | 'queue.cancel' | 'queue.priority'

async function tellAudit(
  deps: PipelineDeps,
  tx: Tx,
  principal: Principal,
  job: QueuedJob,
  deed: { action: Deed; details?: Record<string, unknown> },
): Promise<void> {
  const { stage, projectId, conversationId } = job
  const ids = {
    ...(projectId !== null && { project: projectId }),
    ...(conversationId !== null && { conversation: conversationId }),
  }
  await audit(tx, {
    id: deps.id(),
    workspaceId: principal.workspaceId,
    actor: principal.userId,
    action: deed.action,
    target: job.id,
    details: { stage, ...ids, ...deed.details },
  })
}

function tooLate(): Error {
  return conflict(
    'job_not_waiting',
    'The job does not wait any more: a worker has it, or it is done. Read the list again.',
  )
}

/** Lets a job that waits for its time go now. @throws AppError `not_found`, `job_given_up`, `job_not_waiting` */
export async function runJobNow(
  deps: PipelineDeps,
  principal: Principal,
  id: string,
): Promise<void> {
  const job = await getJob(deps.database.db, principal.workspaceId, id)
  await transact(deps, async (tx) => {
    if (!(await deps.queue.hurry(tx, job.stage, id))) throw tooLate()
    await tellAudit(deps, tx, principal, job, { action: 'queue.run' })
  })
}

/** Takes a job out of the engine, also from the worker that has it. */
async function cancelInEngine(
  deps: PipelineDeps,
  principal: Principal,
  job: QueuedJob,
): Promise<void> {
  await transact(deps, async (tx) => {
    if (!(await deps.queue.cancel(tx, job.stage, job.id, 'unfinished'))) throw tooLate()
    // Handled, so that the message's body goes when it is old enough.
    if (job.inboxId !== null) {
      await markHandled(tx, [{ id: job.inboxId, outcome: 'cancelled' }], deps.clock())
    }
    await tellAudit(deps, tx, principal, job, { action: 'queue.cancel' })
  })
}

/**
 * Cancels a job: of a project, the project with it and its build at the builder; of a message or a
 * transcript to be fetched, the job alone.
 *
 * @throws AppError `not_found`, `job_given_up`, `job_not_waiting` when it is done, `wrong_status`
 */
export async function cancelJob(
  deps: PipelineDeps,
  principal: Principal,
  id: string,
): Promise<void> {
  const { db } = deps.database
  const job = await getJob(db, principal.workspaceId, id)
  if (job.finishedAt !== null) throw tooLate()
  const project = job.projectId === null ? undefined : await getProject(db, job.projectId)
  if (project === undefined || isSettled(project.status)) {
    return cancelInEngine(deps, principal, job)
  }
  await cancel(deps, principal, project.id, async (tx) => {
    // One that a worker has stays: it finds out by itself, and ends its build at the builder.
    await deps.queue.cancel(tx, job.stage, id, 'unclaimed')
    await tellAudit(deps, tx, principal, job, { action: 'queue.cancel' })
  })
}

/**
 * Changes how urgent a job is, and its project or conversation with it, for the stages that follow.
 *
 * @throws AppError `not_found`, `job_given_up`, `job_not_waiting` when it is done
 */
export async function setJobPriority(
  deps: PipelineDeps,
  principal: Principal,
  id: string,
  priority: number,
): Promise<void> {
  const job = await getJob(deps.database.db, principal.workspaceId, id)
  const { projectId, conversationId } = job
  await transact(deps, async (tx) => {
    if (projectId !== null) await lockProject(tx, projectId)
    if (!(await deps.queue.prioritise(tx, job.stage, id, priority))) throw tooLate()
    if (projectId !== null) await setProjectPriority(tx, projectId, priority)
    if (conversationId !== null) await setConversationPriority(tx, conversationId, priority)
    const details = { from: job.priority, to: priority }
    await tellAudit(deps, tx, principal, job, { action: 'queue.priority', details })
  })
}
