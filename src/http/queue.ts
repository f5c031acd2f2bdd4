import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { PipelineDeps } from '../pipeline/deps.ts'
import { cancelJob, runJobNow, setJobPriority } from '../pipeline/job-actions.ts'
import { listJobs } from '../pipeline/list-jobs.ts'
import type { QueuedJob } from '../pipeline/queued-job.ts'
import { dismiss, redrive } from '../pipeline/redrive.ts'
import { asCaller } from '../store/caller.ts'
import { type DeadLetterRow, pageOfLetters } from '../store/dead-letters.ts'
import type { HttpDeps, SignedIn } from './deps.ts'
import {
  ChooseLetters,
  DeadLetterListView,
  DeadLetterQuery,
  type DeadLetterView,
  JobListView,
  JobQuery,
  type JobView,
  PriorityRequest,
} from './queue-views.ts'
import { adminProblems, asAdmin, done, Done, jsonBody, makeRouter, ok } from './router.ts'

type Router = OpenAPIHono<SignedIn>

const JobParams = z.object({ id: z.uuid() })

export function jobView(job: QueuedJob): JobView {
  const { inboxId: _inboxId, createdAt, dueAt, startedAt, finishedAt, ...rest } = job
  return {
    ...rest,
    createdAt: createdAt.toISOString(),
    dueAt: dueAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
  }
}

export function letterView(row: DeadLetterRow): DeadLetterView {
  const { id, stage, code, message, attempts } = row
  const createdAt = row.created_at.toISOString()
  return { id, stage, projectId: row.project_id, code, message, attempts, createdAt }
}

function addLists(app: Router, { database: { db } }: PipelineDeps): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/queue',
      request: { query: JobQuery },
      responses: {
        200: ok(JobListView, 'Jobs: waiting ones in the order of claims, others newest first'),
        ...adminProblems,
      },
    }),
    async (c) => {
      const { workspaceId } = asAdmin(c.get('principal'))
      const { limit, cursor, project: projectId, ...filter } = c.req.valid('query')
      const page = await listJobs(db, { workspaceId, projectId, ...filter }, { limit, cursor })
      return c.json({ items: page.items.map(jobView), nextCursor: page.next }, 200)
    },
  )
  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/queue/dead-letters',
      request: { query: DeadLetterQuery },
      responses: {
        200: ok(DeadLetterListView, 'Work that was given up and waits for a person, newest first'),
        ...adminProblems,
      },
    }),
    async (c) => {
      const principal = asAdmin(c.get('principal'))
      const { limit, cursor, ...filter } = c.req.valid('query')
      const { workspaceId } = principal
      const { items, next } = await asCaller(db, principal, (tx) =>
        pageOfLetters(tx, { workspaceId, ...filter }, { limit, cursor }),
      )
      return c.json({ items: items.map(letterView), nextCursor: next }, 200)
    },
  )
}

function onLetters<P extends string, S extends z.ZodType>(path: P, schema: S, description: string) {
  return createRoute({
    method: 'post',
    path,
    request: {
      body: jsonBody(ChooseLetters),
    },
    responses: { 200: ok(schema, description), ...adminProblems },
  })
}

function addLetterActions(app: Router, pipeline: PipelineDeps): void {
  const Redriven = z.object({ redriven: z.number(), skipped: z.number() })
  const Dismissed = z.object({ dismissed: z.number(), skipped: z.number() })
  app.openapi(
    onLetters('/v1/queue/dead-letters/redrive', Redriven, 'Their work was queued again'),
    async (c) => {
      const principal = asAdmin(c.get('principal'))
      return c.json(await redrive(pipeline, principal, c.req.valid('json')), 200)
    },
  )
  app.openapi(
    onLetters('/v1/queue/dead-letters/dismiss', Dismissed, 'They need nothing more'),
    async (c) => {
      const principal = asAdmin(c.get('principal'))
      return c.json(await dismiss(pipeline, principal, c.req.valid('json')), 200)
    },
  )
}

function addJobActions(app: Router, pipeline: PipelineDeps): void {
  const onJob = <P extends string>(path: P, description: string) =>
    createRoute({
      method: 'post',
      path,
      request: { params: JobParams },
      responses: { 200: ok(Done, description), ...adminProblems },
    })
  app.openapi(onJob('/v1/queue/jobs/{id}/run', 'It waits for its time no longer'), async (c) => {
    await runJobNow(pipeline, asAdmin(c.get('principal')), c.req.valid('param').id)
    return c.json(done, 200)
  })
  app.openapi(
    onJob('/v1/queue/jobs/{id}/cancel', 'It was cancelled, with its project if it has one'),
    async (c) => {
      await cancelJob(pipeline, asAdmin(c.get('principal')), c.req.valid('param').id)
      return c.json(done, 200)
    },
  )
  app.openapi(
    createRoute({
      method: 'post',
      path: '/v1/queue/jobs/{id}/priority',
      request: {
        params: JobParams,
        body: jsonBody(PriorityRequest),
      },
      responses: { 200: ok(Done, 'It and its project have the priority'), ...adminProblems },
    }),
    async (c) => {
      const principal = asAdmin(c.get('principal'))
      const { priority } = c.req.valid('json')
      await setJobPriority(pipeline, principal, c.req.valid('param').id, priority)
      return c.json(done, 200)
    },
  )
}

/** The queue for operators; everything needs the role admin and every change is audited. */
export function queueRoutes({ pipeline }: HttpDeps): Router {
  const app = makeRouter()
  addLists(app, pipeline)
  addLetterActions(app, pipeline)
  addJobActions(app, pipeline)
  return app
}
