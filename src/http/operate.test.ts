import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { onEveryDatabase } from '../../test/support/databases.ts'
import { startTestServer, type TestServer } from '../../test/support/server.ts'
import { silentLog } from '../domain/log.ts'
import type { Role } from '../domain/principal.ts'
import { startQueue } from '../pipeline/queue/start-queue.ts'
import { insertWorkspace } from '../store/workspaces.ts'
import { createApp } from './app.ts'
import type {
  OperateErrorsView,
  OperateModelsView,
  OperateQueueView,
  OperateWorkersView,
} from './operate-views.ts'
import { failed, moody, refused, upload } from './testing/operator.ts'
import { makeKey } from './testing/person.ts'

const paths = ['queue', 'models', 'errors', 'workers'].map((part) => `/v1/operate/${part}`)

onEveryDatabase('how the system runs', (database) => {
  let server: TestServer
  let projectId: string
  beforeAll(async () => {
    const { analyst } = moody(refused)
    server = await startTestServer(database(), { analyst })
    projectId = await upload(server)
    await failed(server, projectId)
  })
  afterAll(async () => {
    await server.stop()
  })

  async function view<T>(part: string, app = server.app): Promise<T> {
    const headers = { authorization: 'Bearer the-admin-key-of-the-tests' }
    const answer = await app.request(`/v1/operate/${part}`, { headers })
    expect(answer.status).toBe(200)
    return (await answer.json()) as T
  }

  async function keyOf(role: Role, workspaceId: string): Promise<string> {
    return (await makeKey(server, { role, workspaceId })).key
  }

  it('is for admins alone', async () => {
    const key = await keyOf('member', server.workspaceId)
    for (const path of paths) {
      const headers = { authorization: `Bearer ${key}` }
      expect([path, (await server.app.request(path, { headers })).status]).toEqual([path, 403])
      expect([path, (await server.app.request(path)).status]).toEqual([path, 401])
    }
  })

  it('counts by stage what waits, what ended and what was given up', async () => {
    const other = await upload(server)
    await failed(server, other)
    const { state, stages } = await view<OperateQueueView>('queue')
    expect(state).toBe('ok')
    const analyse = stages.find(({ stage }) => stage === 'analyse')
    expect(analyse).toMatchObject({ ready: 0, active: 0 })
    expect(analyse?.failed).toHaveLength(30)
    expect(analyse?.failed.reduce((sum, one) => sum + one)).toBe(2)
    const plan = stages.find(({ stage }) => stage === 'plan')
    expect(plan?.failed.every((one) => one === 0)).toBe(true)
  })

  it('names what went wrong with its code, its project and what logs know it by', async () => {
    const { items } = await view<OperateErrorsView>('errors')
    expect(items).toContainEqual(
      expect.objectContaining({
        kind: 'stage',
        what: 'analyse',
        code: 'model_refused',
        projectId,
        trace: expect.stringMatching(/^[0-9a-f-]{36}$/),
      }),
    )
  })

  it('tells of each model how it answers, what it costs and whether it is left alone', async () => {
    const { db } = database()
    for (const [ms, outcome] of [
      [100, 'used'],
      [300, 'used'],
      [200, 'failed'],
      [9, 'open'],
    ] as const) {
      await sql`insert into api_usage (id, workspace_id, project_id, stage, provider, model,
          input_tokens, output_tokens, ms, outcome, request_id)
        values (${randomUUID()}::uuid, ${server.workspaceId}::uuid, ${projectId}::uuid, 'analyse',
          'openai', 'm1', 1, 1, ${ms}::int, ${outcome}, 'req_1')`.execute(db)
    }
    const rests = new Date(Date.now() + 60_000)
    const breakers = [
      { name: 'openai/m1', state: () => ({ state: 'open', restsUntil: rests }) as const },
      { name: 'openai/m2', state: () => ({ state: 'closed', restsUntil: null }) as const },
    ]
    const { models } = await view<OperateModelsView>(
      'models',
      createApp({ ...server.deps, breakers }),
    )
    expect(models).toMatchObject([
      {
        name: 'openai/m1',
        calls: 4,
        failed: 1,
        p50Ms: 200,
        breaker: 'open',
        restsUntil: rests.toISOString(),
      },
      { name: 'openai/m2', calls: 0, p50Ms: null, lastAt: null, breaker: 'closed' },
    ])
    const { items } = await view<OperateErrorsView>('errors')
    expect(items).toContainEqual(
      expect.objectContaining({ kind: 'model', what: 'openai/m1', trace: 'req_1' }),
    )
  })

  it('shows an admin of another workspace nothing of this one', async () => {
    const workspaceId = randomUUID()
    const { db } = database()
    await db
      .transaction()
      .execute((tx) => insertWorkspace(tx, { id: workspaceId, name: 'Other' }, server.ownerId))
    const headers = { authorization: `Bearer ${await keyOf('admin', workspaceId)}` }
    const ask = async <T>(part: string) =>
      (await (await server.app.request(`/v1/operate/${part}`, { headers })).json()) as T
    expect(await ask('errors')).toEqual({ items: [] })
    expect(await ask('models')).toEqual({ models: [], today: [], month: [] })
    const { stages } = await ask<OperateQueueView>('queue')
    expect(stages.flatMap((stage) => stage.failed).every((one) => one === 0)).toBe(true)
  })

  it('lists the processes that work, and says of one that ended that it did', async () => {
    const before = await view<OperateWorkersView>('workers')
    expect(before).toMatchObject({ processes: { live: 0, silent: 0 }, connections: 0 })
    expect(before.machine?.workers).toEqual([])
    const { workers } = await startQueue({
      database: database(),
      log: silentLog,
      engine: { registers: true },
    })
    const live = await view<OperateWorkersView>('workers')
    expect(live.processes).toEqual({ live: 1, silent: 0 })
    expect(live.machine?.workers).toMatchObject([
      { host: hostname(), pid: process.pid, state: 'live' },
    ])
    const { db } = database()
    await sql`update pgboss.instance set heartbeat_on = now() - interval '1 hour'`.execute(db)
    expect((await view<OperateWorkersView>('workers')).processes).toEqual({ live: 0, silent: 1 })
    await workers.stop(1_000)
    const ended = await view<OperateWorkersView>('workers')
    expect(ended.processes).toEqual({ live: 0, silent: 0 })
    expect(ended.machine?.workers).toMatchObject([{ state: 'stopped' }])
    expect(ended.machine?.builders).toEqual([{ name: 'builder', load: null, error: null }])
  })

  it('tells names and places of the machine to its operator, and numbers to other admins', async () => {
    const workspaceId = randomUUID()
    const { db } = database()
    await db
      .transaction()
      .execute((tx) => insertWorkspace(tx, { id: workspaceId, name: 'Third' }, server.ownerId))
    const breaker = {
      name: 'openai/never-called',
      state: () => ({ state: 'closed', restsUntil: null }) as const,
    }
    const app = createApp({ ...server.deps, breakers: [breaker] })
    const toldTo = async (role: Role, id: string) => {
      const headers = { authorization: `Bearer ${await keyOf(role, id)}` }
      const [workers, models] = await Promise.all(
        ['workers', 'models'].map(async (part) =>
          (await app.request(`/v1/operate/${part}`, { headers })).text(),
        ),
      )
      const { machine, ...numbers } = JSON.parse(workers ?? '') as OperateWorkersView
      const names = [hostname(), 'builder"', 'never-called']
      const text = `${workers} ${models}`
      return { hasMachine: machine !== null, numbers, named: names.filter((n) => text.includes(n)) }
    }
    const operator = await toldTo('owner', server.workspaceId)
    expect(operator).toMatchObject({
      hasMachine: true,
      named: [hostname(), 'builder"', 'never-called'],
    })
    for (const [role, id] of [
      ['admin', server.workspaceId],
      ['admin', workspaceId],
      ['owner', workspaceId],
    ] as const) {
      const { numbers } = operator
      expect(await toldTo(role, id)).toEqual({ hasMachine: false, numbers, named: [] })
    }
    expect(await view<OperateWorkersView>('workers', app)).toMatchObject({ machine: {} })
  })

  it('shows an admin of another workspace no letter and no job of this one', async () => {
    const workspaceId = randomUUID()
    const { db } = database()
    await db
      .transaction()
      .execute((tx) => insertWorkspace(tx, { id: workspaceId, name: 'Fourth' }, server.ownerId))
    const ask = async (path: string, id: string) => {
      const headers = { authorization: `Bearer ${await keyOf('admin', id)}` }
      const answer = await server.app.request(path, { headers })
      return ((await answer.json()) as { items: unknown[] }).items.length
    }
    for (const path of ['/v1/queue/dead-letters', '/v1/queue']) {
      expect([path, await ask(path, workspaceId)]).toEqual([path, 0])
      expect(await ask(path, server.workspaceId)).toBeGreaterThan(0)
    }
  })
})
