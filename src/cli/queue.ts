import { z } from 'zod'
import { invalidInput } from '../domain/errors.ts'
import { QueueState } from '../domain/queue-state.ts'
import { Stage } from '../domain/status.ts'
import { jobView } from '../http/queue.ts'
import { cancelJob, runJobNow, setJobPriority } from '../pipeline/job-actions.ts'
import { listJobs } from '../pipeline/list-jobs.ts'
import type { QueuedJob } from '../pipeline/queued-job.ts'
import type { Context } from './context.ts'
import { asOperator } from './operator.ts'
import { oneOf, uuid } from './options.ts'
import { printable } from './output.ts'
import { readPages, sayPage, type Stretch, type Table } from './pages.ts'
import { duration } from './table.ts'

export interface ListOptions extends Stretch {
  stage?: string
  state?: string
  project?: string
  code?: string
}

/** The time that a job waits or waited. */
function waited({ state, dueAt, waitMs }: QueuedJob): string {
  if (state === 'failed') return '–'
  return state === 'delayed' ? `due in ${duration(dueAt.getTime() - Date.now())}` : duration(waitMs)
}

/** The time that its last attempt took, unless it has yet to run again. */
function ran({ state, runMs }: QueuedJob): string {
  return runMs === null || state === 'waiting' || state === 'delayed' ? '–' : duration(runMs)
}

const table: Table<QueuedJob> = {
  heads: ['JOB', 'STAGE', 'STATE', 'PRIORITY', 'ATTEMPTS', 'WAITED', 'RAN', 'PROJECT', 'ERROR'],
  cells: (job) => [
    job.id,
    job.stage,
    job.state,
    String(job.priority),
    String(job.attempts),
    waited(job),
    ran(job),
    job.projectId ?? '–',
    job.error === null ? '' : printable(job.error.code),
  ],
  facts: jobView,
  none: 'There are no such jobs.',
}

/** Lists jobs: the waiting ones in the order of claims, all others newest first. @throws AppError `bad_option`, `bad_cursor` */
export async function listQueueCommand(context: Context, options: ListOptions): Promise<void> {
  const stage = oneOf('stage', Stage, options.stage)
  const state = oneOf('state', QueueState, options.state)
  const projectId = options.project === undefined ? undefined : uuid('project', options.project)
  const { code } = options
  await asOperator(context, async ({ pipeline, principal }) => {
    const filter = { workspaceId: principal.workspaceId, stage, state, projectId, code }
    const jobs = await readPages(options, (page) => listJobs(pipeline.database.db, filter, page))
    sayPage(context.output, jobs, table)
  })
}

/** Cancels a job, and its project with it. @throws AppError `not_found`, `job_given_up`, `job_not_waiting` */
export async function cancelJobCommand(context: Context, text: string): Promise<void> {
  const id = uuid('job', text)
  await asOperator(context, ({ pipeline, principal }) => cancelJob(pipeline, principal, id))
  context.output.result('Cancelled.', { event: 'queue.cancelled', id })
}

/** Lets a delayed job go now. @throws AppError `not_found`, `job_given_up`, `job_not_waiting` */
export async function runJobCommand(context: Context, text: string): Promise<void> {
  const id = uuid('job', text)
  await asOperator(context, ({ pipeline, principal }) => runJobNow(pipeline, principal, id))
  context.output.result('It waits no longer.', { event: 'queue.hurried', id })
}

/** Changes how urgent a job and its project are. @throws AppError `bad_option`, `not_found`, `job_given_up`, `job_not_waiting` */
export async function priorityCommand(
  context: Context,
  text: string,
  number: string,
): Promise<void> {
  const id = uuid('job', text)
  const { data: priority } = z.coerce.number().int().min(-100).max(100).safeParse(number)
  if (priority === undefined) {
    throw invalidInput('bad_option', 'A priority is a whole number from -100 to 100.')
  }
  await asOperator(context, ({ pipeline, principal }) =>
    setJobPriority(pipeline, principal, id, priority),
  )
  context.output.result(`Its priority is ${priority}.`, {
    event: 'queue.prioritised',
    id,
    priority,
  })
}
