import { z } from 'zod'
import { invalidInput, notFound } from '../domain/errors.ts'
import { Stage } from '../domain/status.ts'
import { ownersOfConversations } from '../store/conversations.ts'
import type { Queryable } from '../store/database.ts'
import { getProject, ownersOfProjects } from '../store/projects.ts'
import { firstWorkspace } from '../store/workspaces.ts'
import {
  findJob,
  JobOrder,
  type JobPlace,
  type JobRow,
  jobScan,
  jobsOfKey,
  type JobState,
  scanJobs,
} from './queue/inspect.ts'

export interface JobFilter {
  workspaceId: string
  stage?: Stage | undefined
  state?: JobState | undefined
  projectId?: string | undefined
  /** Part of the code of what the last attempt failed of. */
  code?: string | undefined
}

/** A job as an operator sees it. */
export interface QueuedJob extends Omit<JobRow, 'data' | 'output' | 'place' | 'seenAt'> {
  projectId: string | null
  conversationId: string | null
  inboxId: string | null
  /** From when it could run until it ran, or until now. */
  waitMs: number
  /** Null before the first attempt. */
  runMs: number | null
  error: { code: string; message: string | null } | null
}

export interface JobPage {
  items: QueuedJob[]
  /** Where the next page begins; null after the last. A page may have room left and still not be the last. */
  next: string | null
}

/** How many times a page reads on before it is given as it is, so that a filter which fits little costs little. */
const maxScans = 20

const Data = z.object({
  projectId: z.uuid().nullable().catch(null),
  conversationId: z.uuid().nullable().catch(null),
  inboxId: z.uuid().nullable().catch(null),
})
const Output = z.object({ code: z.string(), message: z.string().nullable().catch(null) })

function idsOf(data: unknown): z.infer<typeof Data> {
  const { data: ids } = Data.safeParse(data)
  return ids ?? { projectId: null, conversationId: null, inboxId: null }
}

function toQueued({ data, output, place: _place, seenAt, ...job }: JobRow): QueuedJob {
  const { startedAt, finishedAt, dueAt } = job
  const until = startedAt ?? finishedAt ?? seenAt
  const ended = finishedAt ?? seenAt
  return {
    ...job,
    ...idsOf(data),
    waitMs: Math.max(0, until.getTime() - dueAt.getTime()),
    runMs: startedAt === null ? null : Math.max(0, ended.getTime() - startedAt.getTime()),
    // What a job that went well has left is no error.
    error: job.state === 'completed' ? null : (Output.safeParse(output).data ?? null),
  }
}

/** Those of a workspace; the first workspace owns what belongs to no project and no conversation. */
async function ownedBy(
  db: Queryable,
  workspaceId: string,
  rows: readonly JobRow[],
): Promise<QueuedJob[]> {
  const jobs = rows.map(toQueued)
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

function orderFor(state: JobState | undefined): JobOrder {
  if (state === 'waiting') return 'claim'
  if (state === 'delayed') return 'due'
  return state === 'completed' || state === 'cancelled' ? 'finished' : 'newest'
}

const Cursor = z.tuple([JobOrder, z.coerce.number().int(), z.iso.datetime(), z.uuid()])

function readCursor(cursor: string | undefined, order: JobOrder): JobPlace | undefined {
  if (cursor === undefined) return undefined
  const { data } = Cursor.safeParse(cursor.split('~'))
  if (data === undefined || data[0] !== order) {
    throw invalidInput('bad_cursor', 'The cursor is not one that this list gave.')
  }
  return { priority: data[1], at: data[2], id: data[3] }
}

function writeCursor(order: JobOrder, { priority, at, id }: JobPlace): string {
  return [order, priority, at, id].join('~')
}

function comesAfter(row: JobRow, place: JobPlace | undefined): boolean {
  if (place === undefined) return true
  return row.place.at < place.at || (row.place.at === place.at && row.id < place.id)
}

/** One stretch of the list: what was read, and whether there is more behind it. */
interface Stretch {
  rows: JobRow[]
  more: boolean
}

async function readOn(
  db: Queryable,
  filter: JobFilter,
  order: JobOrder,
  after: JobPlace | undefined,
): Promise<Stretch> {
  const { stage, state, projectId } = filter
  if (projectId !== undefined) {
    const rows = await jobsOfKey(db, projectId)
    return { rows: rows.filter((row) => comesAfter(row, after)), more: false }
  }
  const stages = stage === undefined ? Stage.options : [stage]
  const rows = await scanJobs(db, { stages, order, onlyActive: state === 'active', after })
  return { rows, more: rows.length === jobScan }
}

/**
 * A page of a workspace's jobs: the waiting ones in the order of claims, the delayed ones by the time
 * they are due, all others newest first.
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
    const { rows, more } = await readOn(db, filter, order, after)
    const owned = new Map((await ownedBy(db, workspaceId, rows)).map((job) => [job.id, job]))
    for (const [index, row] of rows.entries()) {
      const job = owned.get(row.id)
      if (job === undefined || !fits(job, filter)) continue
      items.push(job)
      if (items.length < page.limit) continue
      const isLast = !more && index === rows.length - 1
      return { items, next: isLast ? null : writeCursor(order, row.place) }
    }
    after = rows.at(-1)?.place ?? after
    if (!more || after === undefined) return { items, next: null }
  }
  return { items, next: after === undefined ? null : writeCursor(order, after) }
}

/** One job of a workspace. @throws AppError `not_found` */
export async function getJob(db: Queryable, workspaceId: string, id: string): Promise<QueuedJob> {
  const row = await findJob(db, id)
  const [job] = row === undefined ? [] : await ownedBy(db, workspaceId, [row])
  if (job === undefined) throw notFound('job')
  return job
}
