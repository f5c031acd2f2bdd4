import { sql } from 'kysely'
import { afterEach } from 'vitest'
import { startTestServer, type TestServer } from '../../../test/support/server.ts'
import type { Analyst } from '../../analysis/analyst.ts'
import { createOfflineAnalyst } from '../../analysis/offline/analyst.ts'
import { AppError } from '../../domain/errors.ts'
import type { ProjectEvent } from '../../domain/event.ts'
import { uploadTranscript } from '../../pipeline/upload.ts'
import type { Database } from '../../store/database.ts'
import type { DeadLetterListView, JobListView, JobView } from '../queue-views.ts'

const transcript = 'Client: We need an app where members can book rooms. Each room has a name.'
export const refused = new AppError('model_refused', 'The model refused the talk.')
export const busy = new AppError('model_overloaded', 'The model is busy.', {
  retryable: true,
  details: { retryAfterSeconds: 600 },
})

const real = createOfflineAnalyst()

/** Starts a server for each test that asks, and leaves neither it nor its jobs and letters behind. */
export function operatedServer(database: () => Database) {
  let server: TestServer | undefined
  afterEach(async () => {
    await server?.stop()
    await sql`delete from pgboss.job`.execute(database().db)
    await sql`delete from dead_letters`.execute(database().db)
  })
  return async (options: Parameters<typeof startTestServer>[1] = {}): Promise<TestServer> => {
    server = await startTestServer(database(), { analyst: real, ...options })
    return server
  }
}

/** An analyst that fails for as long as it is told to. */
export function moody(error: AppError) {
  const mood = { fails: true }
  const analyst: Analyst = {
    name: 'moody',
    analyse: async (talk, signal) => {
      if (mood.fails) throw error
      return real.analyse(talk, signal)
    },
  }
  return { analyst, mood }
}

export async function upload(on: TestServer, priority = 0): Promise<string> {
  const { workspaceId } = on
  const wanted = { workspaceId, transcript, priority }
  const { projectId } = await uploadTranscript(on.pipeline, wanted)
  if (projectId === null) throw new Error('The upload made no project.')
  return projectId
}

export async function jobs(on: TestServer, query = ''): Promise<JobListView> {
  return (await (await on.call('GET', `/v1/queue?${query}`)).json()) as JobListView
}

export async function letters(on: TestServer, query = ''): Promise<DeadLetterListView> {
  const answer = await on.call('GET', `/v1/queue/dead-letters?${query}`)
  return (await answer.json()) as DeadLetterListView
}

export function failed(on: TestServer, id: string): Promise<ProjectEvent> {
  return on.until(id, ({ body }) => body.type === 'project.status' && body.to === 'failed')
}

/** A project's job as soon as it waits for its next attempt. */
export async function delayedJob(on: TestServer, projectId: string): Promise<JobView> {
  await on.until(projectId, ({ body }) => body.type === 'stage.failed')
  const { items } = await jobs(on, `state=delayed&project=${projectId}`)
  const [job] = items
  if (job === undefined) throw new Error('There is no such job.')
  return job
}
