import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { makeByteWatch } from './byte-watch.ts'
import { type FaultMode, type FaultProxy, startFaultProxy } from './fault-proxy.ts'

let echo: Server
let proxy: FaultProxy
/** What reached the server, over all connections. */
let reached: Buffer[]
let serverEnds: number
const clients = new Set<Socket>()

beforeEach(async () => {
  reached = []
  serverEnds = 0
  echo = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined)
    socket.on('data', (piece) => {
      reached.push(piece)
      socket.write(piece)
    })
    socket.on('end', () => {
      serverEnds += 1
      socket.end()
    })
  }).listen(0, '127.0.0.1')
  await once(echo, 'listening')
  const address = echo.address()
  if (address === null || typeof address === 'string') throw new Error('No port was given.')
  proxy = await startFaultProxy({ target: { host: '127.0.0.1', port: address.port } })
})
afterEach(async () => {
  for (const client of clients) client.destroy()
  clients.clear()
  await proxy.stop()
  await new Promise((closed) => echo.close(closed))
})

/** A client of the proxy that keeps what it hears. */
interface TestClient {
  socket: Socket
  heard: () => string
  /** Resolves once this many characters have been heard, or the connection is over. */
  until: (characters: number) => Promise<string>
  /** Resolves with the error's code when the connection is over; undefined after a clean end. */
  over: Promise<string | undefined>
}

function open(): TestClient {
  const socket = connect({ host: '127.0.0.1', port: proxy.port })
  clients.add(socket)
  let heard = ''
  let code: string | undefined
  const listeners = new Set<() => void>()
  const tell = () => {
    for (const listener of listeners) listener()
  }
  socket.on('data', (piece) => {
    heard += piece.toString('latin1')
    tell()
  })
  socket.on('error', (error: NodeJS.ErrnoException) => {
    code = error.code
  })
  const over = new Promise<string | undefined>((resolve) => {
    socket.once('close', () => {
      tell()
      resolve(code)
    })
  })
  const until = (characters: number) =>
    new Promise<string>((resolve) => {
      const look = () => {
        if (heard.length < characters && !socket.destroyed) return
        listeners.delete(look)
        resolve(heard)
      }
      listeners.add(look)
      look()
    })
  return { socket, heard: () => heard, until, over }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((next) => setImmediate(next))
}

async function echoes(client: TestClient, text: string): Promise<boolean> {
  const before = client.heard()
  client.socket.write(text)
  return (await client.until(before.length + text.length)) === before + text
}

it('passes bytes unchanged and in order, however they are split and delayed', async () => {
  const pieces = fc.array(fc.uint8Array({ minLength: 1, maxLength: 2_000 }), { maxLength: 12 })
  const modes = fc.array(
    fc.oneof(
      fc.constant<FaultMode>({ kind: 'pass' }),
      fc.record({ kind: fc.constant('latency' as const), ms: fc.integer({ min: 0, max: 3 }) }),
    ),
    { minLength: 1, maxLength: 4 },
  )
  await fc.assert(
    fc.asyncProperty(pieces, modes, async (pieces, modes) => {
      const client = open()
      for (const [index, piece] of pieces.entries()) {
        proxy.set(modes[index % modes.length] ?? { kind: 'pass' })
        client.socket.write(piece)
      }
      const whole = Buffer.concat(pieces).toString('latin1')
      expect(await client.until(whole.length)).toBe(whole)
      client.socket.destroy()
    }),
    { numRuns: 25 },
  )
})

it('passes on an end while the other direction still speaks', async () => {
  const client = open()
  client.socket.end('last words')
  expect(await client.over).toBeUndefined()
  expect(client.heard()).toBe('last words')
})

it('resets connections that stand and those that come while it cuts', async () => {
  const before = open()
  expect(await echoes(before, 'hello')).toBe(true)
  proxy.set({ kind: 'cut' })
  expect(await before.over).toBe('ECONNRESET')
  const during = open()
  expect(await during.over).toBe('ECONNRESET')
  proxy.set({ kind: 'pass' })
  expect(await echoes(open(), 'hello')).toBe(true)
})

it('keeps a connection open and mute that lost bytes, until it is reset', async () => {
  const mute = open()
  const quiet = open()
  expect(await echoes(mute, 'one')).toBe(true)
  expect(await echoes(quiet, 'one')).toBe(true)
  proxy.set({ kind: 'half_open' })
  mute.socket.write('lost')
  await until(() => proxy.connections().muted === 1)
  proxy.set({ kind: 'pass' })
  expect(mute.socket.destroyed).toBe(false)
  expect(await echoes(quiet, 'two')).toBe(true)
  proxy.reset('muted')
  expect(await mute.over).toBe('ECONNRESET')
  expect(mute.heard()).toBe('one')
  expect(await echoes(quiet, 'three')).toBe(true)
})

it('does not tell the server of a client that ended in the half-open time', async () => {
  const client = open()
  expect(await echoes(client, 'hello')).toBe(true)
  proxy.set({ kind: 'half_open' })
  client.socket.destroy()
  await client.over
  await until(() => proxy.connections().muted === 1)
  expect(proxy.connections().open).toBe(1)
  expect(serverEnds).toBe(0)
})

it('passes an end on late while closes are slow', async () => {
  proxy.set({ kind: 'slow_close', ms: 50 })
  const client = open()
  expect(await echoes(client, 'hello')).toBe(true)
  client.socket.end()
  expect(await echoes(open(), 'meanwhile')).toBe(true)
  expect(await client.over).toBeUndefined()
  expect(serverEnds).toBe(1)
})

it('lets a statement reach the server and drops its answer, once', async () => {
  const client = open()
  expect(await echoes(client, 'begin;')).toBe(true)
  const trap = proxy.arm({ from: 'server', bytes: Buffer.from('COMMIT'), delivers: false })
  client.socket.write('COM')
  client.socket.write('MIT')
  await trap.sprung
  expect(await client.over).toBe('ECONNRESET')
  expect(Buffer.concat(reached).toString()).toBe('begin;COMMIT')
  expect(client.heard()).not.toContain('COMMIT')
  expect(await echoes(open(), 'COMMIT')).toBe(true)
})

it('cuts before or behind bytes that a client sends', async () => {
  for (const delivers of [false, true]) {
    const client = open()
    expect(await echoes(client, 'begin;')).toBe(true)
    reached = []
    const trap = proxy.arm({ from: 'client', bytes: Buffer.from('COMMIT'), delivers })
    client.socket.write('COMMIT')
    await trap.sprung
    expect(await client.over).toBe('ECONNRESET')
    await until(() => proxy.connections().open === 0)
    expect(Buffer.concat(reached).toString()).toBe(delivers ? 'COMMIT' : '')
  }
})

it('forgets a trap that was disarmed', async () => {
  proxy.arm({ from: 'server', bytes: Buffer.from('COMMIT'), delivers: false }).disarm()
  expect(await echoes(open(), 'COMMIT')).toBe(true)
})

it('finds bytes however they are split over pieces, each time once', () => {
  const text = fc
    .array(fc.constantFrom('A', 'B', 'C'), { maxLength: 60 })
    .map((all) => all.join(''))
  const cuts = fc.array(fc.nat(60), { maxLength: 10 })
  fc.assert(
    fc.property(text, cuts, fc.constantFrom('ABC', 'AA', 'C'), (text, cuts, wanted) => {
      const pattern = Buffer.from(wanted)
      const edges = [
        0,
        ...cuts.filter((cut) => cut < text.length).sort((a, b) => a - b),
        text.length,
      ]
      const watch = makeByteWatch()
      edges.slice(1).forEach((edge, index) => {
        const from = edges[index] ?? 0
        const found = watch(Buffer.from(text.slice(from, edge)), [pattern]).has(pattern)
        // It ends in this piece when some occurrence of the whole text does.
        const ends = Array.from(text, (_, start) => start)
          .filter((start) => text.startsWith(wanted, start))
          .some((start) => start + wanted.length > from && start + wanted.length <= edge)
        expect(found).toBe(ends)
      })
    }),
  )
})

it('serves new connections as the last mode says, whatever came before', async () => {
  const modes = fc.array(
    fc.constantFrom<FaultMode>(
      { kind: 'pass' },
      { kind: 'latency', ms: 1 },
      { kind: 'cut' },
      { kind: 'half_open' },
      { kind: 'slow_close', ms: 1 },
    ),
    { maxLength: 6 },
  )
  await fc.assert(
    fc.asyncProperty(modes, async (modes) => {
      const opened: { client: TestClient; dead: boolean }[] = []
      for (const mode of modes) {
        proxy.set(mode)
        if (mode.kind === 'cut') for (const one of opened) one.dead = true
        const client = open()
        const dead = mode.kind === 'cut' || mode.kind === 'half_open'
        if (mode.kind === 'cut') await client.over
        else client.socket.write('x')
        if (!dead) await client.until(1)
        // Whether the bytes of a half-open time have come by already is not known here.
        if (mode.kind === 'half_open') await once(client.socket, 'connect')
        opened.push({ client, dead })
      }
      proxy.set({ kind: 'pass' })
      expect(await echoes(open(), 'after')).toBe(true)
      for (const { client } of opened.filter(({ dead }) => !dead)) {
        expect(await echoes(client, 'y')).toBe(true)
      }
      proxy.reset('all')
      await Promise.all(opened.map(({ client }) => client.over))
    }),
    { numRuns: 25 },
  )
})
