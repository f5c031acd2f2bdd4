import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { makeByteWatch } from './byte-watch.ts'

/** What the network does to every connection, those that stand and those that come. */
export type FaultMode =
  | { kind: 'pass' }
  /** Each piece waits before it goes on. */
  | { kind: 'latency'; ms: number }
  /** Connections are reset, and new ones as soon as they come. */
  | { kind: 'cut' }
  /** What is sent is swallowed, and neither side hears of an end: the other host has gone. */
  | { kind: 'half_open' }
  /** Ends are passed on late. */
  | { kind: 'slow_close'; ms: number }

type Side = 'client' | 'server'

/** Bytes that reset the connection on which they go by. */
export interface ByteTrap {
  from: Side
  bytes: Buffer
  /** Whether the piece in which they end still reaches the other side. */
  delivers: boolean
}

export interface ArmedTrap {
  /** Resolves once the trap has cut a connection. */
  sprung: Promise<void>
  disarm(): void
}

export interface FaultProxy {
  port: number
  set(mode: FaultMode): void
  /** Cuts the next connection on which these bytes go by, once. */
  arm(trap: ByteTrap): ArmedTrap
  /**
   * Resets connections: all of them, or those alone that have lost bytes in half-open mode, as a
   * host does that is back and knows nothing of them. Those stay mute until then, in any mode.
   */
  reset(which: 'all' | 'muted'): void
  connections(): { open: number; muted: number }
  stop(): Promise<void>
}

interface Link {
  client: Socket
  server: Socket
  muted: boolean
}

interface Armed extends ByteTrap {
  spring: () => void
}

interface Network {
  mode: FaultMode
  links: Set<Link>
  traps: Set<Armed>
}

function resetLink(link: Link): void {
  for (const socket of [link.client, link.server]) {
    if (socket.connecting) socket.destroy()
    else socket.resetAndDestroy()
  }
}

function spring(network: Network, link: Link, trap: Armed, piece: Buffer): void {
  network.traps.delete(trap)
  if (trap.delivers) {
    const [source, sink] =
      trap.from === 'client' ? [link.client, link.server] : [link.server, link.client]
    // Ended and not reset, so that what it was given is not lost to the reset.
    sink.end(piece)
    source.resetAndDestroy()
  } else {
    resetLink(link)
  }
  trap.spring()
}

/** Carries one direction of a connection until it ends, as the network's mode is at each piece. */
async function pump(network: Network, link: Link, from: Side): Promise<void> {
  const [source, sink] = from === 'client' ? [link.client, link.server] : [link.server, link.client]
  const watch = makeByteWatch()
  for await (const piece of source.iterator({ destroyOnReturn: false })) {
    if (network.mode.kind === 'latency') await delay(network.mode.ms)
    if (network.mode.kind === 'half_open') link.muted = true
    if (link.muted) continue
    const traps = [...network.traps].filter((trap) => trap.from === from)
    const seen = watch(
      piece,
      traps.map((trap) => trap.bytes),
    )
    const trap = traps.find(({ bytes }) => seen.has(bytes))
    if (trap !== undefined) {
      spring(network, link, trap, piece)
      return
    }
    if (sink.destroyed) return
    if (!sink.write(piece)) await Promise.race([once(sink, 'drain'), once(sink, 'close')])
  }
  if (network.mode.kind === 'slow_close') await delay(network.mode.ms)
  if (network.mode.kind === 'half_open') link.muted = true
  if (!link.muted) sink.end()
}

function accept(network: Network, client: Socket, target: { host: string; port: number }): void {
  if (network.mode.kind === 'cut') {
    client.resetAndDestroy()
    return
  }
  const server = connect({ ...target, allowHalfOpen: true, noDelay: true })
  const link: Link = { client, server, muted: network.mode.kind === 'half_open' }
  network.links.add(link)
  for (const socket of [client, server]) {
    socket.on('error', () => {
      if (!link.muted) resetLink(link)
    })
    socket.once('close', () => {
      if (client.destroyed && server.destroyed) network.links.delete(link)
    })
  }
  for (const from of ['client', 'server'] as const) {
    // It fails when its connection breaks, and the listeners above have seen to that.
    pump(network, link, from).catch(() => undefined)
  }
}

async function listen(port: number, onConnection: (socket: Socket) => void) {
  const listener = createServer({ allowHalfOpen: true, noDelay: true }, onConnection)
  listener.listen(port, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  if (address === null || typeof address === 'string') throw new Error('No port was given.')
  return { listener, port: address.port }
}

/** A TCP proxy in front of one port that does to its connections what networks do. */
export async function startFaultProxy(options: {
  target: { host: string; port: number }
  /** Any free one by default. */
  port?: number
}): Promise<FaultProxy> {
  const network: Network = { mode: { kind: 'pass' }, links: new Set(), traps: new Set() }
  const { listener, port } = await listen(options.port ?? 0, (client) =>
    accept(network, client, options.target),
  )
  function reset(which: 'all' | 'muted'): void {
    for (const link of network.links) if (which === 'all' || link.muted) resetLink(link)
  }
  return {
    port,
    set(mode) {
      network.mode = mode
      if (mode.kind === 'cut') reset('all')
    },
    arm(trap) {
      const { promise: sprung, resolve } = Promise.withResolvers<void>()
      const armed = { ...trap, spring: resolve }
      network.traps.add(armed)
      return { sprung, disarm: () => void network.traps.delete(armed) }
    },
    reset,
    connections: () => ({
      open: network.links.size,
      muted: [...network.links].filter((link) => link.muted).length,
    }),
    async stop() {
      const closed = once(listener, 'close')
      listener.close()
      reset('all')
      await closed
    },
  }
}
