import { z } from 'zod'
import { invalidInput } from '../domain/errors.ts'
import { Stage } from '../domain/status.ts'
import { jobView, letterView } from '../http/queue.ts'
import { cancelJob, runJobNow, setJobPriority } from '../pipeline/job-actions.ts'
import { listJobs, type QueuedJob } from '../pipeline/list-jobs.ts'
import { JobState } from '../pipeline/queue/inspect.ts'
import { redrive } from '../pipeline/redrive.ts'
import { type DeadLetterRow, listLetters } from '../store/dead-letters.ts'
import type { Context } from './context.ts'
import { asOperator, uuid } from './operator.ts'
import { printable } from './output.ts'
import { aligned, duration } from './table.ts'

export interface ListOptions {
  stage?: string
  state?: string
  project?: string
  limit: number
}

export interface RetryOptions {
  all?: boolean
  stage?: string
  code?: string
}

/** What of a list is read at a time. */
const page = 100

/** @throws AppError `bad_option` that names what there is to choose from. */
function oneOf<T extends string>(name: string, schema: z.ZodEnum<Record<T, T>>, text?: string) {
  if (text === undefined) return undefined
  const { data } = schema.safeParse(text)
  if (data !== undefined) return data
  const known = schema.options.join(', ')
  throw invalidInput('bad_option', `There is no ${name} "${text}". Choose one of: ${known}.`)
}

function jobCells(job: QueuedJob): string[] {
  const { id, stage, state, priority, attempts, waitMs, runMs, error, dueAt } = job
  const dueIn = dueAt.getTime() - Date.now()
  return [
    id,
    stage,
    state,
    String(priority),
    String(attempts),
    state === 'delayed' ? `due in ${duration(dueIn)}` : duration(waitMs),
    runMs === null || state === 'waiting' || state === 'delayed' ? '–' : duration(runMs),
    job.projectId ?? '–',
    error === null ? '' : printable(error.code),
  ]
}

const jobHeads = [
  'JOB',
  'STAGE',
  'STATE',
  'PRIORITY',
  'ATTEMPTS',
  'WAITED',
  'RAN',
  'PROJECT',
  'ERROR',
]

/** Lists jobs: the waiting ones in the order of claims, all others newest first. */
export async function listQueueCommand(context: Context, options: ListOptions): Promise<void> {
  const { output } = context
  const stage = oneOf('stage', Stage, options.stage)
  const state = oneOf('state', JobState, options.state)
  const projectId = options.project === undefined ? undefined : uuid('project', options.project)
  await asOperator(context, async ({ pipeline, principal }) => {
    const filter = { workspaceId: principal.workspaceId, stage, state, projectId }
    const jobs: QueuedJob[] = []
    let cursor: string | undefined
    do {
      const limit = Math.min(page, options.limit - jobs.length)
      const { items, next } = await listJobs(pipeline.database.db, filter, { limit, cursor })
      jobs.push(...items)
      cursor = next ?? undefined
    } while (cursor !== undefined && jobs.length < options.limit)
    const lines = aligned(jobHeads, jobs.map(jobCells))
    if (jobs.length === 0) output.say('There are no such jobs.')
    else if (!output.json) output.result(lines.head, {})
    for (const [index, job] of jobs.entries()) {
      output.result(lines.rows[index] ?? '', jobView(job))
    }
    if (cursor !== undefined) output.say(`There are more; --limit ${options.limit * 2} shows them.`)
  })
}

const letterHeads = ['LETTER', 'STAGE', 'GIVEN UP', 'ATTEMPTS', 'PROJECT', 'ERROR', 'REASON']

function letterCells(row: DeadLetterRow): string[] {
  const ago = duration(Date.now() - row.created_at.getTime())
  return [
    row.id,
    row.stage,
    `${ago} ago`,
    String(row.attempts),
    row.project_id ?? '–',
    printable(row.code),
    printable(row.message).slice(0, 100),
  ]
}

/** Lists the work that was given up and waits for a person, newest first. */
export async function deadLettersCommand(context: Context, options: ListOptions): Promise<void> {
  const { output } = context
  const stage = oneOf('stage', Stage, options.stage)
  await asOperator(context, async ({ pipeline, principal }) => {
    const { workspaceId } = principal
    const { db } = pipeline.database
    const letters = await listLetters(db, { workspaceId, stage }, options.limit)
    const lines = aligned(letterHeads, letters.map(letterCells))
    if (letters.length === 0) output.say('There are no dead letters.')
    else if (!output.json) output.result(lines.head, {})
    for (const [index, letter] of letters.entries()) {
      output.result(lines.rows[index] ?? '', letterView(letter))
    }
  })
}

/** Sends dead letters again: those that are named, or all that fit. @throws AppError `bad_option`, `not_found` */
export async function retryLettersCommand(
  context: Context,
  ids: readonly string[],
  options: RetryOptions,
): Promise<void> {
  const all = options.all === true
  if (all === ids.length > 0) {
    const message =
      'Name the dead letters to send again, or say --all. `talkwright queue dead` lists them.'
    throw invalidInput('bad_option', message)
  }
  const stage = oneOf('stage', Stage, options.stage)
  const chosen = all ? undefined : ids.map((id) => uuid('dead letter', id))
  await asOperator(context, async ({ pipeline, principal }) => {
    const sum = { redriven: 0, skipped: 0 }
    const choice = { stage, code: options.code, ids: chosen, limit: 1_000 }
    for (;;) {
      const { redriven, skipped } = await redrive(pipeline, principal, choice)
      sum.redriven += redriven
      sum.skipped += skipped
      // One that cannot be sent again stays open, so a round that sent none is the last.
      if (!all || redriven === 0) break
    }
    const text = `${sum.redriven} sent again, ${sum.skipped} skipped.`
    context.output.result(text, { event: 'queue.redriven', ...sum })
  })
}

/** Cancels a job, and its project with it. @throws AppError `not_found`, `job_not_waiting` */
export async function cancelJobCommand(context: Context, text: string): Promise<void> {
  const id = uuid('job', text)
  await asOperator(context, ({ pipeline, principal }) => cancelJob(pipeline, principal, id))
  context.output.result('Cancelled.', { event: 'queue.cancelled', id })
}

/** Lets a delayed job go now. @throws AppError `not_found`, `job_not_waiting` */
export async function runJobCommand(context: Context, text: string): Promise<void> {
  const id = uuid('job', text)
  await asOperator(context, ({ pipeline, principal }) => runJobNow(pipeline, principal, id))
  context.output.result('It waits no longer.', { event: 'queue.hurried', id })
}

/** Changes how urgent a job and its project are. @throws AppError `bad_option`, `not_found`, `job_not_waiting` */
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
