import { sql } from 'kysely'
import { Client } from 'pg'
import { afterEach, expect, it } from 'vitest'
import { onEveryDatabase, onPostgres } from '../../test/support/databases.ts'
import { startTestServer, type TestServer } from '../../test/support/server.ts'
import { AppError } from '../domain/errors.ts'
import type { Database } from '../store/database.ts'
import { readEvents } from '../store/events.ts'
import { openPostgres } from '../store/open-postgres.ts'
import { claimJobs } from './queue/claim.ts'
import { JobData } from './queue/queue.ts'
import { createStarts, type Start } from './stage-start.ts'
import { uploadTranscript } from './upload.ts'

const transcript = 'Client: We need an app where members can book rooms. Each room has a name.'

/** Projects that nobody has begun to work on. */
async function uploads({ pipeline, workspaceId }: TestServer, count: number): Promise<string[]> {
  const projects: string[] = []
  for (let n = 0; n < count; n += 1) {
    const { projectId } = await uploadTranscript(pipeline, { workspaceId, transcript })
    projects.push(projectId ?? '')
  }
  return projects
}

/** The starts of all attempts that wait for a worker, by their projects. */
async function claim({ db }: Database): Promise<Map<string, Start>> {
  const { claims } = await claimJobs(db, 'analyse', 100)
  const starts = claims.map(({ id, number, data }): Start => {
    const attempt = { stage: 'analyse', id, number, data: JobData.analyse.parse(data) } as const
    const { signal } = new AbortController()
    return { attempt: { ...attempt, signal }, action: { type: 'start_analysis' } }
  })
  return new Map(starts.map((start) => [start.attempt.data.projectId, start]))
}

function startOf(starts: ReadonlyMap<string, Start>, projectId: string): Start {
  const start = starts.get(projectId)
  if (start === undefined) throw new Error('There is no job of this project.')
  return start
}

/** What happens to a job whose worker is not heard of any more, and to the next one that takes it. */
async function takeOver({ db }: Database, { attempt }: Start): Promise<void> {
  await sql`update pgboss.job_common set retry_count = retry_count + 1
    where id = ${attempt.id}`.execute(db)
}

async function startsTold({ db }: Database, projectId: string): Promise<number> {
  const log = await readEvents(db, projectId, 0, 100)
  return log.filter(({ body }) => body.type === 'stage.started').length
}

/** Resolves when a statement waits for a lock. */
async function somebodyWaits(client: Client): Promise<void> {
  const waits = `select 1 from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`
  for (;;) {
    await client.query('select pg_stat_clear_snapshot()')
    if ((await client.query(waits)).rowCount !== 0) return
    await turn()
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

onEveryDatabase('an attempt that was ended before it began', (database) => {
  let server: TestServer | undefined
  afterEach(() => server?.stop())

  it('writes nothing and says what ended it', async () => {
    server = await startTestServer(database(), { worker: false })
    const [projectId = ''] = await uploads(server, 1)
    const { attempt, action } = startOf(await claim(database()), projectId)
    const signal = AbortSignal.abort(new AppError('lease_lost', 'Another worker has it.'))
    const starts = createStarts(server.pipeline)
    const asked = starts.ask({ attempt: { ...attempt, signal }, action })
    await expect(asked).rejects.toMatchObject({ code: 'lease_lost' })
    expect(await startsTold(database(), projectId)).toBe(0)
  })

  it('writes nothing when another worker has its job and it has not heard of that', async () => {
    server = await startTestServer(database(), { worker: false })
    const [lost = '', kept = ''] = await uploads(server, 2)
    const claimed = await claim(database())
    await takeOver(database(), startOf(claimed, lost))
    const starts = createStarts(server.pipeline)
    const asked = [lost, kept].map((id) => starts.ask(startOf(claimed, id)))
    const [refused, begun] = await Promise.allSettled(asked)
    expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'lease_lost' } })
    expect(begun).toMatchObject({ status: 'fulfilled', value: { id: kept, status: 'analysing' } })
    expect(await startsTold(database(), lost)).toBe(0)
    expect(await startsTold(database(), kept)).toBe(1)
  })
})

onPostgres('attempts that begin one after the other', (url) => {
  let database: Database | undefined
  let server: TestServer | undefined
  const holder = { client: undefined as Client | undefined }
  afterEach(async () => {
    await holder.client?.end()
    await server?.stop()
    await database?.close()
  })

  it('do not wait for those before them whose projects somebody holds', async () => {
    database = await openPostgres({ connectionString: url(), onError: () => undefined })
    server = await startTestServer(database, { worker: false })
    const projects = await uploads(server, 4)
    const [free = '', ...held] = projects
    const client = (holder.client = new Client({ connectionString: url() }))
    await client.connect()
    await client.query('begin')
    await client.query('select 1 from projects where id = any($1::uuid[]) for update', [held])
    const claimed = await claim(database)
    const starts = createStarts(server.pipeline)
    const waiting: Promise<unknown>[] = []
    for (const id of held) {
      waiting.push(starts.ask(startOf(claimed, id)))
      for (let turns = 0; turns < 3; turns += 1) await turn()
    }
    expect(await starts.ask(startOf(claimed, free))).toMatchObject({
      id: free,
      status: 'analysing',
    })
    await client.query('commit')
    const begun = await Promise.all(waiting)
    expect(begun).toMatchObject(held.map((id) => ({ id, status: 'analysing' })))
  })

  it('write nothing when their job was taken over while they waited for the project', async () => {
    database = await openPostgres({ connectionString: url(), onError: () => undefined })
    server = await startTestServer(database, { worker: false })
    const [projectId = ''] = await uploads(server, 1)
    const start = startOf(await claim(database), projectId)
    const client = (holder.client = new Client({ connectionString: url() }))
    await client.connect()
    await client.query('begin')
    await client.query('select 1 from projects where id = $1 for update', [projectId])
    const asked = Promise.allSettled([createStarts(server.pipeline).ask(start)])
    await somebodyWaits(client)
    await takeOver(database, start)
    await client.query('commit')
    expect(await asked).toMatchObject([{ status: 'rejected', reason: { code: 'lease_lost' } }])
    expect(await startsTold(database, projectId)).toBe(0)
  })
})
