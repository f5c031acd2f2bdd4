import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { uploadTranscript } from '../src/pipeline/upload.ts'
import type { Database } from '../src/store/database.ts'
import { openPostgres } from '../src/store/open-postgres.ts'
import { type RunningCommand, startCommand } from './support/command.ts'
import { onPostgres } from './support/databases.ts'
import { queueFetch } from './support/fetch-jobs.ts'
import { startTestServer, type TestServer } from './support/server.ts'
import { type SlowTavus, startSlowTavus } from './support/slow-tavus.ts'

// Leases run out in here; this only ends what hangs.
vi.setConfig({ testTimeout: 180_000 })

/** Tells the connections of the workers from those of this test. */
const workerName = 'a_worker_of_the_test'

onPostgres('workers of their own', (url) => {
  let folder: string
  let tavus: SlowTavus
  let database: Database
  let server: TestServer
  const running: RunningCommand[] = []
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'talkwright-workers-'))
    tavus = await startSlowTavus()
    database = await openPostgres({ connectionString: url(), onError: () => undefined })
    server = await startTestServer(database, { worker: false })
  })
  afterEach(async () => {
    for (const { child } of running) child.kill('SIGKILL')
    await Promise.all(running.splice(0).map(({ ended }) => ended))
    await tavus.stop()
    await sql`truncate conversations, projects cascade`.execute(database.db)
    await sql`delete from pgboss.job`.execute(database.db)
    await server.stop()
    await database.close()
    await rm(folder, { recursive: true, force: true })
  })

  async function startWorker(): Promise<RunningCommand> {
    const worker = startCommand(['worker'], {
      DATABASE_URL: `${url()}?application_name=${workerName}`,
      TALKWRIGHT_DATA: folder,
      TALKWRIGHT_SLOTS: 'fetch=2 analyse=2 plan=2',
      TAVUS_API_KEY: 'a-key-of-this-test',
      TAVUS_BASE_URL: tavus.baseUrl,
    })
    running.push(worker)
    for await (const line of worker.lines) if (line['event'] === 'worker.ready') return worker
    throw new Error(`The worker ended: ${worker.stderr()}`)
  }

  const fetchOf = (externalId: string) =>
    queueFetch(server.pipeline, server.workspaceId, externalId)

  async function untilPlanned(count: number): Promise<void> {
    const projects = () => database.db.selectFrom('projects').select('status').execute()
    // Other processes write, so there is nothing here to wait on.
    while ((await projects()).filter(({ status }) => status === 'awaiting_approval').length < count)
      await new Promise((next) => setTimeout(next, 100))
  }

  /** All that the projects' logs say, in order. */
  async function events(): Promise<{ project_id: string; seq: number; type: string }[]> {
    return database.db
      .selectFrom('project_events')
      .select(['project_id', 'seq', 'type'])
      .orderBy('project_id')
      .orderBy('seq')
      .execute()
  }

  /** Each conversation has one project with one brief and one plan, and a log without a hole. */
  async function expectOnce(conversations: number): Promise<void> {
    const rows = await database.db
      .selectFrom('projects')
      .select(['id', 'conversation_id'])
      .execute()
    expect(rows.length).toBe(conversations)
    expect(new Set(rows.map((row) => row.conversation_id)).size).toBe(conversations)
    const all = await events()
    for (const { id } of rows) {
      const own = all.filter(({ project_id }) => project_id === id)
      expect(own.map(({ seq }) => seq)).toEqual(own.map((_, index) => index + 1))
      const ready = own.map(({ type }) => type).filter((type) => type.endsWith('.ready'))
      expect(ready).toEqual(['brief.ready', 'plan.ready'])
    }
  }

  async function jobsOf(stage: string): Promise<{ state: string; attempts: number }[]> {
    return database.db
      .selectFrom('processing_queue')
      .select(['state', 'attempts'])
      .where('stage', '=', stage)
      .execute()
  }

  /** Resolves once no worker is connected any more. */
  async function untilNobodyIsConnected(): Promise<void> {
    for (;;) {
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from pg_stat_activity
        where datname = current_database() and application_name = ${workerName}`.execute(
        database.db,
      )
      if (rows[0]?.count === 0) return
      // A server process ends a moment after its client.
      await new Promise((next) => setTimeout(next, 100))
    }
  }

  it('share what is queued, each conversation once', async () => {
    const transcript = 'Client: Members must be able to add rooms. Each room has a name.'
    const { workspaceId } = server
    for (let count = 0; count < 12; count += 1)
      await uploadTranscript(server.pipeline, { workspaceId, transcript })
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await fetchOf(name)
    await Promise.all([startWorker(), startWorker(), startWorker()])
    // Two slots in each process: six at once are in all three.
    const held = [await tavus.next(), await tavus.next(), await tavus.next()]
    held.push(await tavus.next(), await tavus.next(), await tavus.next())
    expect(held.map(({ conversation }) => conversation).sort()).toEqual([
      'a',
      'b',
      'c',
      'd',
      'e',
      'f',
    ])
    for (const one of held) one.answer()
    await untilPlanned(18)
    await expectOnce(18)
    expect(await jobsOf('fetch')).toEqual(held.map(() => ({ state: 'completed', attempts: 1 })))
  })

  it('take over the job of one that is killed in the middle', async () => {
    const first = await startWorker()
    await fetchOf('killed')
    await tavus.next()
    await startWorker()
    first.child.kill('SIGKILL')
    const again = await tavus.next()
    expect(again.conversation).toBe('killed')
    again.answer()
    await untilPlanned(1)
    await expectOnce(1)
    expect(await jobsOf('fetch')).toEqual([{ state: 'completed', attempts: 2 }])
  })

  it('finish what they have begun when they are asked to end', async () => {
    const worker = await startWorker()
    await fetchOf('finished')
    const held = await tavus.next()
    worker.child.kill('SIGTERM')
    held.answer()
    expect(await worker.ended).toBe(0)
    expect(await jobsOf('fetch')).toEqual([{ state: 'completed', attempts: 1 }])
    await untilNobodyIsConnected()
  })

  it('hand back untried what they cannot finish in time when they are asked to end', async () => {
    const worker = await startWorker()
    await fetchOf('handed-back')
    await tavus.next()
    worker.child.kill('SIGTERM')
    expect(await worker.ended).toBe(0)
    expect(await jobsOf('fetch')).toEqual([{ state: 'waiting', attempts: 0 }])
    await untilNobodyIsConnected()
    await startWorker()
    const again = await tavus.next()
    again.answer()
    await untilPlanned(1)
    await expectOnce(1)
    expect(await jobsOf('fetch')).toEqual([{ state: 'completed', attempts: 1 }])
  })

  it('write nothing for a job that was taken over while they stood still', async () => {
    const still = await startWorker()
    await fetchOf('stood-still')
    const before = await tavus.next()
    await startWorker()
    still.child.kill('SIGSTOP')
    const after = await tavus.next()
    after.answer()
    await untilPlanned(1)
    const log = await events()
    // It wakes up with the answer in its hands.
    before.answer()
    still.child.kill('SIGCONT')
    still.child.kill('SIGTERM')
    expect(await still.ended).toBe(0)
    expect(await events()).toEqual(log)
    await expectOnce(1)
    expect(await jobsOf('fetch')).toEqual([{ state: 'completed', attempts: 2 }])
    expect(await database.db.selectFrom('dead_letters').select('id').execute()).toEqual([])
  })
})
