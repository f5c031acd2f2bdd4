import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { sql } from 'kysely'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { onPostgres } from '../../test/support/databases.ts'
import { startTestServer, type TestServer } from '../../test/support/server.ts'
import type { JobListView } from '../http/queue-views.ts'
import { agedProject } from '../ops/testing/aged.ts'
import type { Database } from '../store/database.ts'
import { openPostgres } from '../store/open-postgres.ts'
import { insertConversation } from '../store/conversations.ts'
import { tavusSource } from './tavus-webhooks.ts'
import { uploadTranscript } from './upload.ts'
import { reconcile } from './worker.ts'

const transcript = 'Client: Members must be able to book rooms. Each room has a name.'

onPostgres('transactions on the same project', (url) => {
  let database: Database
  let watcher: Client
  const servers: TestServer[] = []
  beforeAll(async () => {
    database = await openPostgres({ connectionString: url(), onError: () => undefined })
    watcher = new Client({ connectionString: url() })
    await watcher.connect()
  })
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop()
  })
  afterAll(async () => {
    await watcher.end()
    await database.close()
  })

  async function start(options: Parameters<typeof startTestServer>[1] = {}): Promise<TestServer> {
    const server = await startTestServer(database, options)
    servers.push(server)
    return server
  }

  const count = async (query: string) => {
    const { rows } = await watcher.query<{ n: number }>(query)
    return rows[0]?.n ?? 0
  }

  const waitingNow = () =>
    count(`select count(*)::int as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`)

  /** Resolves once so many transactions wait for each other's rows. */
  async function waitFor(waiting: number): Promise<void> {
    await expect.poll(waitingNow, { timeout: 20_000 }).toBe(waiting)
  }

  /** How many deadlocks the server has ended here; a session says so at its end at the latest. */
  async function deadlocks(): Promise<number> {
    for (const server of servers.splice(0)) await server.stop()
    await database.close()
    const others = () =>
      count(`select count(*)::int as n from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`)
    await expect.poll(others, { timeout: 20_000 }).toBe(0)
    database = await openPostgres({ connectionString: url(), onError: () => undefined })
    return count(`select deadlocks::int as n from pg_stat_database
      where datname = current_database()`)
  }

  /** A project that came to rest, so that whatever is said about it has it analysed anew. */
  const project = (workspaceId: string) =>
    agedProject(database.db, workspaceId, { status: 'completed', at: new Date(), events: 1 })

  /** A Tavus call that goes on with a project; gives its id at Tavus. */
  async function further(workspaceId: string, projectId: string): Promise<string> {
    const externalId = `c-${randomUUID()}`
    await insertConversation(database.db, {
      id: randomUUID(),
      workspaceId,
      source: tavusSource,
      externalId,
      title: null,
      approval: 'manual',
      continues: projectId,
    })
    return externalId
  }

  it('does not deadlock when two talks about it are uploaded at once', async () => {
    const before = await deadlocks()
    const { pipeline, workspaceId } = await start({ worker: false })
    const id = await project(workspaceId)
    await watcher.query('begin')
    await watcher.query('select from projects where id = $1 for no key update', [id])
    const upload = { workspaceId, transcript, project: id }
    const uploads = Promise.all([1, 2].map(() => uploadTranscript(pipeline, upload)))
    await waitFor(2)
    await watcher.query('commit')
    expect(await uploads).toMatchObject([{ projectId: id }, { projectId: id }])
    expect(await deadlocks()).toBe(before)
  })

  it('refuses nobody for a deadlock, whatever is done to it at the same time', async () => {
    const before = await deadlocks()
    const both = [await start(), await start()] as const
    const { workspaceId } = both[0]
    const deeds = {
      async upload(on: TestServer, id: string) {
        return [await on.call('POST', '/v1/conversations', { transcript, project: id })]
      },
      async talk(on: TestServer, id: string) {
        const call = await further(workspaceId, id)
        const said = { role: 'user', content: 'Members must be able to rate rooms.' }
        const ready = { transcript: [said] }
        const shutdown = { shutdown_reason: 'participant_left_timeout' }
        const message = (event_type: string, properties: object) =>
          on.tavus({ event_type, message_type: 'application', conversation_id: call, properties })
        return Promise.all([
          message('application.transcription_ready', ready),
          message('system.shutdown', shutdown),
        ])
      },
      async priority(on: TestServer, id: string) {
        const listed = await on.call('GET', `/v1/queue?limit=5&project=${id}`)
        const all = await on.call('GET', '/v1/queue?limit=5')
        const pages = (await Promise.all([listed.json(), all.json()])) as JobListView[]
        const paths = pages.flatMap(({ items }) =>
          items.map((job) => `/v1/queue/jobs/${job.id}/priority`),
        )
        return Promise.all(paths.map((path) => on.call('POST', path, { priority: 7 })))
      },
      async retry(on: TestServer, id: string) {
        return [await on.call('POST', `/v1/projects/${id}/retry`, { from: 'analyse' })]
      },
      async letters(on: TestServer) {
        return [await on.call('POST', '/v1/queue/dead-letters/redrive', {})]
      },
      async reconcile(on: TestServer, id: string) {
        await sql`update conversations set awaits_build = true
          where continues = ${id}::uuid and status = 'transcribed'`.execute(database.db)
        await reconcile(on.pipeline)
        return []
      },
    }
    const names = Object.keys(deeds) as (keyof typeof deeds)[]
    const either = fc.constantFrom(0 as const, 1 as const)
    const deed = fc.tuple(fc.constantFrom(...names), either, either)
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 8, maxLength: 20 }), async (course) => {
        const ids = [await project(workspaceId), await project(workspaceId)] as const
        const done = course.map(([name, on, which]) => deeds[name](both[on], ids[which]))
        const answers = (await Promise.all(done)).flat().filter(({ status }) => status >= 500)
        expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual([])
      }),
      { numRuns: 12 },
    )
    const unhandled = () =>
      count('select count(*)::int as n from webhook_inbox where handled_at is null')
    await expect.poll(unhandled, { timeout: 30_000 }).toBe(0)
    expect(await deadlocks()).toBe(before)
  })
})
