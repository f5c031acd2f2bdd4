import { z } from 'zod'
import { badCursor, PlaceParts } from '../domain/cursor.ts'
import { conflict, notFound } from '../domain/errors.ts'
import type { QueueState } from '../domain/queue-state.ts'
import { Stage } from '../domain/status.ts'
import { ownersOfConversations } from '../store/conversations.ts'
import type { Queryable } from '../store/database.ts'
import { listLetters, openLetters } from '../store/dead-letters.ts'
import { getProject, ownersOfProjects } from '../store/projects.ts'
import { firstWorkspace } from '../store/workspaces.ts'
import {
  findJob,
  JobOrder,
  type JobPlace,
  type JobRow,
  jobScan,
  jobsOfKey,
  scanJobs,
} from './queue/inspect.ts'
import { jobOfLetter, jobOfRow, type QueuedJob } from './queued-job.ts'

export interface JobFilter {
  workspaceId: string
  stage?: Stage | undefined
  state?: QueueState | undefined
  projectId?: string | undefined
  /** Part of the code of what the last attempt failed of. */
  code?: string | undefined
}

export interface JobPage {
  items: QueuedJob[]
  /** Where the next page begins; null after the last. A page may have room left and still not be the last. */
  next: string | null
}

/** How many times a page reads on before it is given as it is, so that a filter which fits little costs little. */
const maxScans = 20

/** Those of a workspace; the first workspace owns what belongs to no project and no conversation. */
async function ownedBy(
  db: Queryable,
  workspaceId: string,
  rows: readonly JobRow[],
): Promise<QueuedJob[]> {
  const jobs = rows.map(jobOfRow)
  const present = (ids: (string | null)[]) => [...new Set(ids.filter((id) => id !== null))]
  const projects = await ownersOfProjects(db, present(jobs.map((job) => job.projectId)))
  const conversations = await ownersOfConversations(
    db,
    present(jobs.map((job) => job.conversationId)),
  )
  const first = (await firstWorkspace(db))?.id
  return jobs.filter(({ projectId, conversationId }) => {
    const owner = projects.get(projectId ?? '') ?? conversations.get(conversationId ?? '') ?? first
    return owner === workspaceId
  })
}

function fits(job: QueuedJob, { stage, state, code }: JobFilter): boolean {
  if (stage !== undefined && job.stage !== stage) return false
  if (state !== undefined && job.state !== state) return false
  return code === undefined || (job.error?.code.includes(code) ?? false)
}

function orderFor(state: QueueState | undefined): JobOrder {
  if (state === 'waiting') return 'claim'
  if (state === 'delayed') return 'due'
  return state === 'completed' || state === 'cancelled' ? 'finished' : 'newest'
}

const Cursor = z.tuple([JobOrder, z.coerce.number().pipe(z.int32()), ...PlaceParts])

function readCursor(cursor: string | undefined, order: JobOrder): JobPlace | undefined {
  if (cursor === undefined) return undefined
  const { data } = Cursor.safeParse(cursor.split('~'))
  if (data === undefined || data[0] !== order) throw badCursor()
  return { priority: data[1], at: data[2], id: data[3] }
}

function writeCursor(order: JobOrder, { priority, at, id }: JobPlace): string {
  return [order, priority, at, id].join('~')
}

/** The newest first. */
function byPlace({ place: one }: Found, { place: other }: Found): number {
  if (one.at !== other.at) return one.at < other.at ? 1 : -1
  return one.id < other.id ? 1 : -1
}

/** What a list came upon; without a job where it is none of the workspace's. */
interface Found {
  place: JobPlace
  job: QueuedJob | undefined
}

async function readEngine(
  db: Queryable,
  filter: JobFilter,
  order: JobOrder,
  after: JobPlace | undefined,
): Promise<Found[]> {
  const { workspaceId, stage, state, projectId } = filter
  const stages = stage === undefined ? Stage.options : [stage]
  const rows =
    projectId === undefined
      ? await scanJobs(db, { stages, order, onlyActive: state === 'active', after })
      : await jobsOfKey(db, projectId, after)
  const owned = new Map((await ownedBy(db, workspaceId, rows)).map((job) => [job.id, job]))
  return rows.map(({ id, place }) => ({ place, job: owned.get(id) }))
}

async function readLetters(
  db: Queryable,
  { workspaceId, stage, projectId }: JobFilter,
  after: JobPlace | undefined,
): Promise<Found[]> {
  const rows = await listLetters(db, { workspaceId, stage, projectId }, jobScan, after)
  return rows.map((row) => ({
    place: { priority: 0, at: row.place, id: row.id },
    job: jobOfLetter(row),
  }))
}

/** One stretch of the list: what was come upon, and whether there is more behind it. */
async function readOn(
  db: Queryable,
  filter: JobFilter,
  order: JobOrder,
  after: JobPlace | undefined,
): Promise<{ found: Found[]; more: boolean }> {
  const { state } = filter
  const jobs = state === 'failed' ? [] : await readEngine(db, filter, order, after)
  const asksForLetters = state === undefined || state === 'failed'
  const letters = asksForLetters ? await readLetters(db, filter, after) : []
  const all = letters.length === 0 ? jobs : [...jobs, ...letters].toSorted(byPlace)
  const found = all.slice(0, jobScan)
  // A full reading may have more behind it, and what was cut off is read again.
  const more = [jobs, letters, all].some(({ length }) => length >= jobScan)
  return { found, more }
}

/**
 * A page of a workspace's jobs: the waiting ones in the order of claims, the delayed ones by the time
 * they are due, all others newest first. Those that were given up are among them as long as nobody
 * has dealt with their dead letters.
 *
 * @throws AppError `not_found` for a project of another workspace, `bad_cursor`
 */
export async function listJobs(
  db: Queryable,
  filter: JobFilter,
  page: { limit: number; cursor?: string | undefined },
): Promise<JobPage> {
  const { workspaceId, projectId } = filter
  if (projectId !== undefined) {
    const project = await getProject(db, projectId)
    if (project.workspace_id !== workspaceId) throw notFound('project')
  }
  const order = projectId === undefined ? orderFor(filter.state) : 'newest'
  let after = readCursor(page.cursor, order)
  const items: QueuedJob[] = []
  for (let scans = 0; scans < maxScans; scans += 1) {
    const { found, more } = await readOn(db, filter, order, after)
    for (const [index, { job, place }] of found.entries()) {
      if (job === undefined || !fits(job, filter)) continue
      items.push(job)
      if (items.length < page.limit) continue
      const isLast = !more && index === found.length - 1
      return { items, next: isLast ? null : writeCursor(order, place) }
    }
    after = found.at(-1)?.place ?? after
    if (!more || after === undefined) return { items, next: null }
  }
  return { items, next: after === undefined ? null : writeCursor(order, after) }
}

/**
 * One job of a workspace.
 *
 * @throws AppError `not_found`, and `job_given_up` for one that is a dead letter by now.
 */
export async function getJob(db: Queryable, workspaceId: string, id: string): Promise<QueuedJob> {
  const row = await findJob(db, id)
  const [job] = row === undefined ? [] : await ownedBy(db, workspaceId, [row])
  if (job !== undefined) return job
  const [letter] = await openLetters(db, { workspaceId, ids: [id] }, 1)
  if (letter === undefined) throw notFound('job')
  throw conflict('job_given_up', 'The job was given up. Send its dead letter again, or dismiss it.')
}
