import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { LiveClient, type LiveClientOptions } from '../../client/index.ts'
import { type HttpServer, listen } from '../../src/cli/http-server.ts'
import { agedProject, line } from '../../src/ops/testing/aged.ts'
import { appendEvents } from '../../src/store/events.ts'
import { onEveryDatabase, onPostgres } from '../support/databases.ts'
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts'
import { adminKey, startTestServer, type TestServer } from '../support/server.ts'
import { type Program, startProgram } from './start-program.ts'

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

const clientOf = (port: number, options: LiveClientOptions = {}) =>
  new LiveClient({
    baseUrl: `http://127.0.0.1:${port}`,
    headers: () => ({ authorization: `Bearer ${adminKey}` }),
    // Soon again: a cut costs a test no more than it must.
    random: () => 0,
    pollMs: 20,
    ...options,
  })

/** Everything that a client was given of a project, by its subscription and by the workspace's. */
function watch(client: LiveClient, project: string) {
  const seen = { project: [] as number[], workspace: [] as number[] }
  client.followProject(project, {
    onEvents: (events) => seen.project.push(...events.map(({ seq }) => seq)),
  })
  const ready = new Promise<void>((resolve) => {
    client.followWorkspace({
      onConnection: (connection) => connection === 'live' && resolve(),
      onEvents: (events, id) => {
        if (id === project) seen.workspace.push(...events.map(({ seq }) => seq))
      },
    })
  })
  return { seen, ready }
}

const everything = (count: number) => ({ project: upTo(count), workspace: upTo(count) })
const patience = { timeout: 30_000, interval: 20 }

type Step =
  | { type: 'write'; count: number }
  | { type: 'cut' }
  | { type: 'wait'; ms: number }
  | { type: 'kill'; server: 0 | 1 }

const write = fc.record({
  type: fc.constant('write' as const),
  count: fc.integer({ min: 1, max: 40 }),
})
const cut = fc.constant({ type: 'cut' as const })
const wait = fc.record({ type: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 40 }) })

onEveryDatabase('clients whose connections are cut', (database) => {
  let server: TestServer
  let http: HttpServer
  let network: FaultProxy
  const clients: LiveClient[] = []

  beforeEach(async () => {
    server = await startTestServer(database(), { worker: false })
    http = await listen('127.0.0.1', 0)
    http.handle((request, bindings) => server.app.fetch(request, bindings))
    network = await startFaultProxy({ target: { host: '127.0.0.1', port: http.port } })
  })
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close()
    await network.stop()
    await server.stop()
    await http.close()
  })

  async function append(project: string, count: number): Promise<void> {
    const bodies = Array.from({ length: count }, () => line('x'))
    await database()
      .db.transaction()
      .execute((tx) => appendEvents(tx, project, bodies))
    server.pipeline.committed(project)
  }

  const makeProject = () =>
    agedProject(database().db, server.workspaceId, {
      status: 'building',
      at: new Date(),
      events: 0,
    })

  it('see every event once and in order, however they follow', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(write, write, cut, wait), { minLength: 5, maxLength: 25 }),
        async (steps: Step[]) => {
          const project = await makeProject()
          const kinds: LiveClientOptions[] = [{}, { WebSocket }, { WebSocket: null }]
          const watched = kinds.map((options) => {
            const client = clientOf(network.port, options)
            clients.push(client)
            return watch(client, project)
          })
          await Promise.all(watched.map(({ ready }) => ready))
          let written = 0
          for (const step of steps) {
            if (step.type === 'cut') network.reset('all')
            if (step.type === 'wait') await new Promise((resolve) => setTimeout(resolve, step.ms))
            if (step.type !== 'write') continue
            await append(project, step.count)
            written += step.count
          }
          for (const { seen } of watched) {
            await expect.poll(() => seen, patience).toEqual(everything(written))
          }
          for (const client of clients.splice(0)) client.close()
        },
      ),
      { numRuns: 8 },
    )
  }, 180_000)

  const quick: [string, LiveClientOptions][] = [
    ['', { pingMs: 50 }],
    [', without WebSockets too', { WebSocket: null, silentMs: 300 }],
  ]
  it.each(quick)('go on when the other side falls silent without an end%s', async (_, options) => {
    const project = await makeProject()
    const client = clientOf(network.port, options)
    clients.push(client)
    const { seen, ready } = watch(client, project)
    await ready
    await append(project, 3)
    await expect.poll(() => seen, patience).toEqual(everything(3))
    network.set({ kind: 'half_open' })
    await append(project, 2)
    await expect.poll(() => network.connections().muted, patience).toBeGreaterThan(0)
    network.set({ kind: 'pass' })
    await expect.poll(() => seen, patience).toEqual(everything(5))
  })

  it('wait for no WebSocket that does not open, and do without', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as AddressInfo
    class Stalled extends WebSocket {
      constructor(_url: string, protocols: string[]) {
        super(`ws://127.0.0.1:${port}`, protocols)
      }
    }
    const project = await makeProject()
    const client = clientOf(network.port, { WebSocket: Stalled, pingMs: 20 })
    clients.push(client)
    const { seen, ready } = watch(client, project)
    await ready
    await append(project, 2)
    await expect.poll(() => seen, patience).toEqual(everything(2))
    silent.close()
  })

  it('are given all events of their types, whoever follows the project already', async () => {
    const project = await makeProject()
    const client = clientOf(network.port)
    clients.push(client)
    const follow = async (types: string[], since: number) => {
      const seen: number[] = []
      const onEvents = (events: readonly { seq: number }[]) =>
        void seen.push(...events.map(({ seq }) => seq))
      await new Promise<void>((resolve) => {
        const onConnection = (connection: string) => connection === 'live' && resolve()
        client.followProject(project, { types, since, onEvents, onConnection })
      })
      return seen
    }
    const others = await follow(['plan.ready'], 0)
    await append(project, 2)
    const lines = await follow(['build.log'], 1)
    await append(project, 2)
    await expect.poll(() => lines, patience).toEqual([2, 3, 4])
    const again = await follow(['build.log'], 3)
    await expect.poll(() => again, patience).toEqual([4])
    expect(others).toEqual([])
  })

  it('take an async iterator, which ends when it is told to', async () => {
    const project = await makeProject()
    await append(project, 3)
    const client = clientOf(network.port)
    clients.push(client)
    const seen: number[] = []
    for await (const { seq } of client.events(project, { since: 1 })) {
      seen.push(seq)
      if (seq === 3) await append(project, 1)
      if (seq === 4) break
    }
    expect(seen).toEqual([2, 3, 4])
    await expect(client.events(crypto.randomUUID()).next()).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(client.events(project, { since: 99 }).next()).rejects.toMatchObject({
      code: 'position_unknown',
    })
  })

  it('do without WebSockets where they are refused', async () => {
    const project = await makeProject()
    // Another origin than the server's own: tickets are given and connections are not.
    class Foreign extends WebSocket {
      constructor(url: string, protocols: string[]) {
        super(url, protocols, { origin: 'https://elsewhere.test' })
      }
    }
    const client = clientOf(network.port, {
      WebSocket: Foreign,
    })
    clients.push(client)
    const { seen, ready } = watch(client, project)
    await ready
    expect(client.transport).toBe('stream')
    await append(project, 4)
    await expect.poll(() => seen, patience).toEqual(everything(4))
  })
})

onPostgres('clients of servers that are killed', (url) => {
  const programs: Program[] = []
  const clients: LiveClient[] = []
  const proxies: FaultProxy[] = []
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close()
    for (const proxy of proxies.splice(0)) await proxy.stop()
    for (const program of programs.splice(0)) await program.stop()
  })

  it('see every event once and in order', async () => {
    const start = (port: number) => startProgram({ url: url(), port, sweepMs: 200 })
    programs.push(await start(0), await start(0))
    const steps = fc.array(
      fc.oneof(
        { weight: 6, arbitrary: write },
        { weight: 3, arbitrary: cut },
        { weight: 3, arbitrary: wait },
        {
          weight: 1,
          arbitrary: fc.record({
            type: fc.constant('kill' as const),
            server: fc.constantFrom(0 as const, 1 as const),
          }),
        },
      ),
      { minLength: 10, maxLength: 20 },
    )
    const known = await programs[0]?.makeProject()
    if (known === undefined) throw new Error('There is no project.')
    let total = 0
    for (const { port } of programs) {
      const proxy = await startFaultProxy({ target: { host: '127.0.0.1', port } })
      proxies.push(proxy)
      clients.push(clientOf(proxy.port), clientOf(proxy.port, { WebSocket: null }))
    }
    const watched = clients.map((client) => watch(client, known))
    await Promise.all(watched.map(({ ready }) => ready))
    await fc.assert(
      fc.asyncProperty(steps, async (steps: Step[]) => {
        for (const step of steps) {
          if (step.type === 'cut') for (const proxy of proxies) proxy.reset('all')
          if (step.type === 'wait') await new Promise((resolve) => setTimeout(resolve, step.ms))
          if (step.type === 'write') {
            const writer = programs[total % programs.length]
            await writer?.write(known, step.count)
            total += step.count
          }
          const killed = step.type === 'kill' ? programs[step.server] : undefined
          if (step.type === 'kill' && killed !== undefined) {
            await killed.kill()
            programs[step.server] = await start(killed.port)
          }
        }
        for (const { seen } of watched) {
          await expect.poll(() => seen, patience).toEqual(everything(total))
        }
      }),
      { numRuns: 4, endOnFailure: true },
    )
  }, 240_000)
})
