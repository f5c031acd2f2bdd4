import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { onEveryDatabase } from '../../test/support/databases.ts'
import { startTestServer, type TestServer } from '../../test/support/server.ts'
import { randomToken, tokenHash } from '../access/random-token.ts'
import { AppError } from '../domain/errors.ts'
import { silentLog } from '../domain/log.ts'
import { startQueue } from '../pipeline/queue/start-queue.ts'
import { insertApiKey } from '../store/credentials.ts'
import type { ConversationCreatedView, ProjectView } from './views.ts'

const transcript =
  'Ada: I need an app where members book classes. Each class has a name and a date.'

onEveryDatabase('a long queue', (database) => {
  const servers: TestServer[] = []
  beforeEach(async () => {
    await sql`do $$ begin if to_regclass('pgboss.job') is not null then
      delete from pgboss.job; end if; end $$`.execute(database().db)
  })
  afterAll(async () => {
    for (const server of servers) await server.stop()
  })

  async function serverWith(options: Parameters<typeof startTestServer>[1]): Promise<TestServer> {
    const server = await startTestServer(database(), { worker: false, ...options })
    servers.push(server)
    return server
  }

  /** Jobs of conversations that came earlier, all in one statement. */
  async function fill({ pipeline }: TestServer, count: number): Promise<void> {
    const jobs = Array.from({ length: count }, () => {
      const projectId = randomUUID()
      return { data: { projectId }, key: projectId }
    })
    await database()
      .db.transaction()
      .execute((tx) => pipeline.queue.send(tx, 'analyse', jobs))
  }

  async function upload(server: TestServer, wishes: object = {}) {
    const response = await server.call('POST', '/v1/conversations', { transcript, ...wishes })
    expect(response.status).toBe(201)
    const created = (await response.json()) as ConversationCreatedView
    return { ...created, retryAfter: response.headers.get('retry-after') }
  }

  async function placeOf(server: TestServer, id: string | null): Promise<ProjectView['queue']> {
    const response = await server.call('GET', `/v1/projects/${id}`)
    return ((await response.json()) as ProjectView).queue
  }

  it('tells nothing of itself while it is short', async () => {
    const server = await serverWith({})
    const created = await upload(server)
    expect(created).toMatchObject({ queue: null, retryAfter: null })
    const ready = await server.app.request('/readyz')
    expect(await ready.json()).toMatchObject({ status: 'pass', queue: { state: 'ok', depth: 1 } })
    expect(await placeOf(server, created.projectId)).toEqual({
      position: 1,
      expectedWaitSeconds: 0,
    })
  })

  it('still takes everything in when it is over its depth, and says how long it takes', async () => {
    const server = await serverWith({ busy: { depth: 20, age: 300 } })
    await fill(server, 30)
    // A minute in which ten were finished: one each six seconds.
    await sql`update pgboss.job set state = 'completed', started_on = now() - interval '50 seconds',
      completed_on = now() - interval '50 seconds'
      where id in (select id from pgboss.job where name = 'analyse' limit 5)`.execute(database().db)
    const created = await upload(server)
    expect(created.queue?.position).toBe(26)
    expect(created.queue?.expectedWaitSeconds).toBeGreaterThanOrEqual(240)
    expect(created.retryAfter).toBe(String(created.queue?.expectedWaitSeconds))
    expect(await placeOf(server, created.projectId)).toEqual(created.queue)
    const webhook = await server.tavus({
      event_type: 'application.transcription_ready',
      conversation_id: `c-${randomUUID()}`,
      properties: { transcript: [{ role: 'user', content: 'An app, please.' }] },
    })
    expect(webhook.status).toBe(202)
    const ready = await server.app.request('/readyz')
    expect(ready.status).toBe(200)
    expect(await ready.json()).toMatchObject({ status: 'pass', queue: { state: 'busy' } })
  })

  it('is busy when the oldest has waited for too long', async () => {
    const server = await serverWith({ busy: { depth: 20, age: 300 } })
    await fill(server, 1)
    await sql`update pgboss.job set start_after = now() - interval '301 seconds'`.execute(
      database().db,
    )
    const ready = await server.app.request('/readyz')
    const { queue } = (await ready.json()) as { queue: { oldestSeconds: number } }
    expect(queue).toMatchObject({ state: 'busy', depth: 1 })
    expect(queue.oldestSeconds).toBeGreaterThanOrEqual(301)
    expect((await upload(server)).queue?.position).toBe(2)
  })

  it('lets an urgent upload overtake ten thousand that wait', async () => {
    const server = await serverWith({})
    await fill(server, 10_000)
    const usual = await upload(server)
    const urgent = await upload(server, { priority: 50 })
    expect(usual.queue?.position).toBe(10_001)
    expect(urgent.queue).toEqual({ position: 1, expectedWaitSeconds: 0 })
    expect(await placeOf(server, urgent.projectId)).toEqual(urgent.queue)
    const first = Promise.withResolvers<string>()
    const { workers } = await startQueue({ database: database(), log: silentLog })
    const nothing = async () => undefined
    const held = Promise.withResolvers<void>()
    workers.work(
      {
        stages: {
          ingest: nothing,
          fetch: nothing,
          plan: nothing,
          build: nothing,
          analyse: async ({ data }) => {
            first.resolve(data.projectId)
            await held.promise
          },
        },
        lost: nothing,
      },
      { ingest: 0, fetch: 0, analyse: 1, plan: 0, build: 0 },
    )
    expect(await first.promise).toBe(urgent.projectId)
    held.resolve()
    await workers.stop(5_000)
  })

  it('lets admins alone ask for more than the usual priority', async () => {
    const server = await serverWith({})
    const key = `tw_${randomToken()}`
    await insertApiKey(database().db, {
      id: randomUUID(),
      workspaceId: server.workspaceId,
      name: 'of a member',
      prefix: key.slice(0, 8),
      hash: await tokenHash(key),
      role: 'member',
      createdBy: server.ownerId,
      expiresAt: null,
    })
    const ask = (priority: number) =>
      server.app.request('/v1/conversations', {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ transcript, priority }),
      })
    expect((await ask(1)).status).toBe(403)
    expect((await ask(0)).status).toBe(201)
    expect((await ask(-100)).status).toBe(201)
    expect((await ask(101)).status).toBe(422)
  })

  it('makes one conversation of an upload whose commit was not answered', async () => {
    const plain = await serverWith({})
    const { queue } = plain.pipeline
    let lost = 0
    const server = await serverWith({
      queue: {
        ...queue,
        wake: () => {
          // What runs first after the commit: the caller never hears of it.
          lost += 1
          if (lost === 1) throw new AppError('database_unavailable', 'Cut.', { status: 503 })
        },
      },
    })
    const post = (key: string, text = transcript) =>
      server.app.request('/v1/conversations', {
        method: 'POST',
        headers: {
          authorization: 'Bearer the-admin-key-of-the-tests',
          'content-type': 'application/json',
          'idempotency-key': key,
        },
        body: JSON.stringify({ transcript: text }),
      })
    const count = async () => {
      const rows = await database().db.selectFrom('conversations').select('id').execute()
      return rows.length
    }
    const before = await count()
    const key = randomUUID()
    expect((await post(key)).status).toBe(503)
    const again = await post(key)
    expect(again.status).toBe(201)
    const created = (await again.json()) as ConversationCreatedView
    expect(created.projectId).not.toBeNull()
    expect(await count()).toBe(before + 1)
    expect(await (await post(key)).json()).toEqual(created)
    expect((await post(key, `${transcript} Now.`)).status).toBe(409)
    expect((await post(randomUUID())).status).toBe(201)
    expect(await count()).toBe(before + 2)
  })
})
