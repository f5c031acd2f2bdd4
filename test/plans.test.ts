import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { PgBoss } from 'pg-boss'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeSignInLink } from '../src/access/sign-in-link.ts'
import { randomToken, tokenHash } from '../src/access/random-token.ts'
import { silentLog } from '../src/domain/log.ts'
import { defaultRetention } from '../src/domain/retention.ts'
import type { DeadLetterListView, JobListView } from '../src/http/queue-views.ts'
import type { ProjectUsageView, UsageByProjectView } from '../src/http/usage-views.ts'
import type { EventListView, PlanView, ProjectListView } from '../src/http/views.ts'
import { sweep } from '../src/ops/retention.ts'
import { agedProject, line, makeWorkspace } from '../src/ops/testing/aged.ts'
import { createCall } from '../src/pipeline/create-call.ts'
import { askForMissingTranscripts } from '../src/pipeline/fetch-transcript.ts'
import { followBuild } from '../src/pipeline/follow.ts'
import { createMeter } from '../src/pipeline/meter.ts'
import { reviseAfterBuilds } from '../src/pipeline/revise.ts'
import { askAboutSilentBuilds, endUnwantedBuilds } from '../src/pipeline/reconcile-builds.ts'
import { call } from '../src/pipeline/testing/paying-analyst.ts'
import type { TavusClient } from '../src/sources/tavus/client.ts'
import { listAudit } from '../src/store/audit.ts'
import { silentBuilds } from '../src/store/builds.ts'
import { insertApiKey, listApiKeys } from '../src/store/credentials.ts'
import type { Database } from '../src/store/database.ts'
import { appendEvents } from '../src/store/events.ts'
import { openPostgres } from '../src/store/open-postgres.ts'
import { getProject } from '../src/store/projects.ts'
import { onPostgres } from './support/databases.ts'
import { bigTables, fillLargeDatabase } from './support/large-database.ts'
import { planFaults, type RecordedPlan, recordPlans } from './support/plans.ts'
import { startTestServer, type TestServer } from './support/server.ts'

const talk =
  'Interviewer: What do you need?\nAda: I need an app where members book classes. Each class has a name and a date.\n'

/** What Tavus sends of a conversation, out of order. */
function tavusBodies(conversationId: string): object[] {
  const body = (event_type: string, properties: object) => ({
    event_type,
    message_type: event_type.split('.')[0],
    conversation_id: conversationId,
    timestamp: '2026-03-02T10:00:00.000000Z',
    properties,
  })
  const transcript = talk.split('\n').map((content) => ({ role: 'user', content }))
  return [
    body('system.shutdown', { shutdown_reason: 'participant_left_timeout' }),
    body('application.transcription_ready', { transcript }),
    body('system.replica_joined', {}),
  ]
}

/** From the upload to a build that cannot reach its builder, and what people look at meanwhile. */
async function followOneProject(server: TestServer): Promise<void> {
  const upload = await server.app.request('/v1/conversations', {
    method: 'POST',
    headers: {
      authorization: 'Bearer the-admin-key-of-the-tests',
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify({ transcript: talk }),
  })
  const { projectId } = (await upload.json()) as { projectId: string }
  await server.until(projectId, ({ body }) => body.type === 'plan.ready')
  expect((await server.app.request('/readyz')).status).toBe(200)
  for (const part of ['', '/conversation', '/brief', '/builds', '/plan.zip']) {
    expect((await server.call('GET', `/v1/projects/${projectId}${part}`)).status).toBe(200)
  }
  const plan = (await (
    await server.call('GET', `/v1/projects/${projectId}/plan`)
  ).json()) as PlanView
  const events = await server.call('GET', `/v1/projects/${projectId}/events?after=2`)
  expect(((await events.json()) as EventListView).items[0]?.seq).toBe(3)
  await server.call('POST', `/v1/projects/${projectId}/approve`, { planHash: plan.hash })
  await server.until(projectId, ({ body }) => body.type === 'stage.failed')
  await server.call('POST', `/v1/projects/${projectId}/cancel`)
  await server.call('POST', `/v1/projects/${projectId}/retry`, { from: 'plan' })
  await server.until(projectId, ({ body }) => body.type === 'plan.ready' && body.version === 2)
}

async function receiveWebhooks(server: TestServer, db: Database['db']): Promise<void> {
  const conversationId = `c-${randomUUID()}`
  for (const body of tavusBodies(conversationId)) {
    expect((await server.tavus(body)).status).toBeLessThan(300)
  }
  const build = await db
    .selectFrom('builds')
    .select('id')
    .where('external_id', '=', 'b1')
    .executeTakeFirstOrThrow()
  await followBuild(server.pipeline, {
    type: 'build.progress',
    timestamp: new Date().toISOString(),
    data: {
      project_id: 'p',
      build_id: 'b1',
      sequence: 5,
      metadata: { build: build.id },
      event: { type: 'build.progress', done: 1, total: 2 },
    },
  })
}

async function signIn(server: TestServer, db: Database['db']): Promise<void> {
  const { workspaceId, ownerId: userId } = server
  const token = await makeSignInLink(db, { workspaceId, userId }, new Date())
  const answer = await server.app.request(`/sign-in/${token}`)
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  const key = `tw_${randomToken()}`
  await insertApiKey(db, {
    id: randomUUID(),
    workspaceId,
    name: 'script',
    prefix: key.slice(0, 9),
    hash: await tokenHash(key),
    role: 'viewer',
    createdBy: userId,
    expiresAt: null,
  })
  await listApiKeys(db, workspaceId)
  for (const headers of [{ cookie }, { authorization: `Bearer ${key}` }]) {
    expect((await server.app.request('/v1/me', { headers })).status).toBe(200)
  }
}

async function pageThroughLists(server: TestServer, db: Database['db']): Promise<void> {
  const first = await server.call('GET', '/v1/projects?limit=200')
  const { nextCursor } = (await first.json()) as ProjectListView
  const next = await server.call('GET', `/v1/projects?limit=200&cursor=${nextCursor}`)
  expect(((await next.json()) as ProjectListView).items).toHaveLength(200)
  const ids = '00000004-0000-4000-8000-00000000000a,00000004-0000-4000-8000-00000000000c'
  for (const query of [
    'order=changed',
    'order=oldest',
    'status=failed,paused&q=a',
    'q=no',
    `ids=${ids}`,
  ]) {
    const page = await server.call('GET', `/v1/projects?limit=200&${query}`)
    const { nextCursor: cursor } = (await page.json()) as ProjectListView
    if (cursor === null) continue
    const more = await server.call('GET', `/v1/projects?limit=200&${query}&cursor=${cursor}`)
    expect([query, more.status]).toEqual([query, 200])
  }
  const [line] = await listAudit(db, server.workspaceId, 200)
  if (line === undefined) throw new Error('The audit log is empty.')
  expect(await listAudit(db, server.workspaceId, 200, line)).toHaveLength(200)
}

/** What an admin does: every list of jobs with its second page, and dead letters in bulk. */
async function lookAfterQueue(server: TestServer): Promise<void> {
  const projectId = '00000004-0000-4000-8000-00000000000a'
  for (const filter of ['', 'waiting', 'delayed', 'active', 'completed', 'cancelled', 'failed']) {
    const query = `limit=20${filter && `&state=${filter}`}`
    const first = await server.call('GET', `/v1/queue?${query}`)
    const { nextCursor } = (await first.json()) as JobListView
    const cursor = nextCursor ?? { waiting: `claim~0~2026-01-01T00:00:00Z~${projectId}` }[filter]
    if (cursor === undefined) continue
    expect((await server.call('GET', `/v1/queue?${query}&cursor=${cursor}`)).status).toBe(200)
  }
  const own = await server.call('GET', `/v1/queue?project=${projectId}`)
  const [job] = ((await own.json()) as JobListView).items
  expect(job).toMatchObject({ state: 'delayed', projectId })
  await server.call('POST', `/v1/queue/jobs/${job?.id}/priority`, { priority: 3 })
  await server.call('POST', `/v1/queue/jobs/${job?.id}/cancel`)
  const letters = await server.call('GET', '/v1/queue/dead-letters?limit=20&code=x')
  const { items, nextCursor } = (await letters.json()) as DeadLetterListView
  await server.call('GET', `/v1/queue/dead-letters?limit=20&cursor=${nextCursor}`)
  const ids = items.slice(0, 3).map(({ id }) => id)
  for (const body of [{ ids }, { limit: 3, stage: 'plan' }]) {
    const redriven = await server.call('POST', '/v1/queue/dead-letters/redrive', body)
    expect(await redriven.json()).toEqual({ redriven: 0, skipped: 3 })
  }
  await server.call('POST', '/v1/queue/dead-letters/dismiss', { limit: 3 })
  for (const part of ['queue', 'models', 'errors', 'workers']) {
    expect([part, (await server.call('GET', `/v1/operate/${part}`)).status]).toEqual([part, 200])
  }
}

/** What a model call asks the database for, and what people look at of its cost. */
async function spendMoney(server: TestServer, db: Database['db']): Promise<void> {
  const projectId = '00000004-0000-4000-8000-00000000000a'
  const meter = createMeter(server.pipeline, await getProject(db, projectId), 'analyse')
  await call(meter)
  expect((await server.call('PUT', '/v1/budget', { limitUsd: '100000' })).status).toBe(200)
  await call(meter)
  const used = await server.call('GET', `/v1/projects/${projectId}/usage?limit=2`)
  const { nextCursor } = (await used.json()) as ProjectUsageView
  const [year] = new Date().toISOString().split('-')
  const first = await server.call('GET', '/v1/usage/projects?limit=20')
  const { nextCursor: next } = (await first.json()) as UsageByProjectView
  for (const path of [
    `/v1/projects/${projectId}/usage?limit=2&cursor=${nextCursor}`,
    `/v1/projects/${projectId}/estimate`,
    `/v1/projects/${projectId}/budget`,
    '/v1/usage',
    `/v1/usage?from=${year}-01-01&to=${year}-12-31`,
    `/v1/usage/projects?limit=20&cursor=${next}`,
  ]) {
    expect([path, (await server.call('GET', path)).status]).toEqual([path, 200])
  }
  const removed = { limitUsd: null }
  await server.call('PUT', `/v1/projects/${projectId}/budget`, removed)
}

/** A project whose plan gets two more versions, and what people look at of them. */
async function makeVersions(server: TestServer): Promise<void> {
  const said =
    'Client: We need to book rooms. Each room has a name.\nAgent: How long may they book?'
  const open = "Client: I'm not sure yet, we have to decide that."
  const upload = { transcript: `${said}\n${open}` }
  const made = await server.call('POST', '/v1/conversations', upload)
  const { projectId: id } = (await made.json()) as { projectId: string }
  await server.until(id, ({ body }) => body.type === 'plan.ready')
  const path = `/v1/projects/${id}`
  const answers = [{ question: 'O1', text: 'Members can book a room for an hour.' }]
  const answered = await server.call('POST', `${path}/answers`, { briefVersion: 1, answers })
  expect(answered.status).toBe(200)
  await server.until(id, ({ body }) => body.type === 'plan.ready' && body.version === 2)
  const { hash, plan } = (await (await server.call('GET', `${path}/plan`)).json()) as PlanView
  const design = plan.files.find(({ path }) => path.endsWith('/design.md'))?.content ?? ''
  const edit = { planHash: hash, documents: { 'design.md': `${design}\nSmall.\n` } }
  expect((await server.call('PUT', `${path}/plan`, edit)).status).toBe(200)
  const talk = { transcript: 'Client: Members can rate rooms.', project: id }
  expect((await server.call('POST', '/v1/conversations', talk)).status).toBe(201)
  await server.until(id, ({ body }) => body.type === 'plan.ready' && body.version === 4)
  for (const part of ['plans', 'plan/diff', 'trace', 'conversation', 'brief?version=1']) {
    expect([part, (await server.call('GET', `${path}/${part}`)).status]).toEqual([part, 200])
  }
}

async function runTimers(server: TestServer, db: Database['db']): Promise<void> {
  await askForMissingTranscripts(server.pipeline)
  await askAboutSilentBuilds(server.pipeline)
  await endUnwantedBuilds(server.pipeline)
  await reviseAfterBuilds(server.pipeline)
  const deps = { db, clock: () => new Date(), id: randomUUID, log: silentLog }
  const reports = await sweep(deps, defaultRetention, { limits: { batch: 50, batches: 2 } })
  const quiet = reports.filter(({ rows }) => rows === 0)
  expect(quiet).toEqual([])
}

const noNetwork = () => Promise.reject(new Error('No network.'))

/** A source that never answers with a transcript, and whose first answer to an order was lost. */
const tavus: TavusClient = {
  getConversation: noNetwork,
  createConversation: noNetwork,
  endConversation: () => Promise.resolve(),
  findCall: () =>
    Promise.resolve({
      conversationId: 'c-ordered',
      conversationUrl: 'https://tavus.daily.co/c-ordered',
      status: 'active',
    }),
}

/** A call whose order is repeated because its answer was lost, and repeated once more. */
async function orderCall({ pipeline, workspaceId }: TestServer): Promise<void> {
  const order = { id: randomUUID(), workspaceId, palId: 'p1', callbackUrl: 'http://localhost/x' }
  await expect(createCall(pipeline, order)).rejects.toThrow('No network.')
  const made = await createCall(pipeline, order)
  expect(await createCall(pipeline, order)).toEqual(made)
}

onPostgres('on a large database', (url) => {
  let database: Database
  beforeAll(async () => {
    database = await openPostgres({ connectionString: url(), onError: () => undefined })
    await fillLargeDatabase(database, url())
  })
  afterAll(async () => {
    await database.close()
  })

  /** The plans of everything that is sent while something runs. */
  async function plansOf(run: () => Promise<void>): Promise<RecordedPlan[]> {
    const recording = recordPlans()
    try {
      await run()
    } finally {
      recording.stop()
    }
    expect(recording.failures).toEqual([])
    return recording.plans
  }

  async function withServer(run: (server: TestServer) => Promise<void>): Promise<void> {
    const server = await startTestServer(database, { tavus })
    try {
      await run(server)
    } finally {
      await server.stop()
    }
  }

  it('goes straight to the rows with every query of a request, a stage or a timer', async () => {
    const plans = await plansOf(() =>
      withServer(async (server) => {
        await followOneProject(server)
        await makeVersions(server)
        await receiveWebhooks(server, database.db)
        await signIn(server, database.db)
        await pageThroughLists(server, database.db)
        await lookAfterQueue(server)
        await spendMoney(server, database.db)
        await orderCall(server)
        await runTimers(server, database.db)
      }),
    )
    expect(plans.length).toBeGreaterThan(100)
    expect(planFaults(plans, bigTables)).toEqual([])
  })

  it('finds a query without an index, a sort of a whole table, and an index that is gone', async () => {
    const before = new Date()
    const plans = await plansOf(async () => {
      const { db } = database
      await db.selectFrom('projects').select('id').where('title', '=', 'nobody').execute()
      await db.selectFrom('audit_log').select('id').orderBy('actor').limit(5).execute()
      await db
        .selectFrom('webhook_inbox')
        .select((eb) => eb.fn.countAll().as('n'))
        .execute()
      const undone = db.transaction().execute(async (tx) => {
        await sql`drop index builds_open`.execute(tx)
        await silentBuilds(tx, before, 20)
        throw new Error('undone')
      })
      await expect(undone).rejects.toThrow('undone')
    })
    const faults = planFaults(plans, bigTables).map((fault) => fault.split(':')[0])
    expect([...new Set(faults)]).toEqual([
      'reads all of audit_log',
      'reads all of builds',
      'reads all of projects',
      expect.stringMatching(/reads (all|a whole index) of webhook_inbox/),
      'sorts more than a page',
    ])
  })

  it('keeps the job engine’s own care off the whole table of jobs', async () => {
    // All of it is due.
    await sql`update pgboss.queue set monitor_on = null, monitor_claim_on = null,
      maintain_on = null`.execute(database.db)
    const plans = await plansOf(async () => {
      const boss = new PgBoss({ connectionString: url(), schema: 'pgboss', schedule: false })
      boss.on('error', () => undefined)
      await boss.start()
      await boss.supervise()
      await boss.stop({ graceful: true })
    })
    const watched = plans.filter(({ sql: text }) => text.includes('job_common'))
    // What counts the jobs, what ends silent ones, and what removes old ones.
    for (const part of ['singletonsActive', 'heartbeat_on', 'walkCursor']) {
      expect([part, watched.some(({ sql: text }) => text.includes(part))]).toEqual([part, true])
    }
    expect(planFaults(watched, bigTables)).toEqual([])
  })

  it('adds events without touching the indexes over projects', async () => {
    const id = await agedProject(database.db, await makeWorkspace(database.db), {
      status: 'completed',
      at: new Date(),
      events: 1,
    })
    const [all, hot] = await database.db.transaction().execute(async (tx) => {
      const counts = async () => {
        const { rows } = await sql<{ all: number; hot: number }>`
          select n_tup_upd::int as all, n_tup_hot_upd::int as hot from pg_stat_xact_user_tables
          where relname = 'projects'`.execute(tx)
        return rows[0] ?? { all: 0, hot: 0 }
      }
      const before = await counts()
      for (let i = 0; i < 5; i += 1) await appendEvents(tx, id, [line(`line ${i}`)])
      const after = await counts()
      return [after.all - before.all, after.hot - before.hot]
    })
    // Heap-only updates: a new version of the row and no new entry in any index.
    expect([all, hot]).toEqual([5, 5])
  })
})
