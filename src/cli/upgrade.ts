import { Socket } from 'node:net'
import { type serve, upgradeWebSocket } from '@hono/node-server'
import { WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import type { SocketEvents, Upgrade } from '../http/deps.ts'
import { maxMessageBytes, subprotocol } from '../live/protocol.ts'
import type { LiveSocket } from '../live/session.ts'

/** How long a client has to answer a close before its connection is cut. */
const closeTimeout = 3_000

type SocketServer = NonNullable<Parameters<typeof serve>[0]['websocket']>['server']

/** The WebSockets of an HTTP server; what comes in is small, and what goes out is not compressed. */
export function createSocketServer(): SocketServer {
  const options = {
    noServer: true,
    maxPayload: maxMessageBytes,
    maxFragments: 16,
    maxBufferedChunks: 256,
    perMessageDeflate: false,
    // They are counted where they are used; its own listener would not outlive ours.
    clientTracking: false,
    closeTimeout,
    handleProtocols: (offered: Set<string>) => (offered.has(subprotocol) ? subprotocol : false),
  }
  // The server's README gives it just this; the types of the two packages name one callback differently.
  return new WebSocketServer(options) as unknown as SocketServer
}

function liveSocket(ws: WebSocket): LiveSocket {
  return {
    get buffered() {
      return ws.bufferedAmount
    },
    send: (message) => {
      if (ws.readyState === WebSocket.OPEN) ws.send(message, { binary: false })
    },
    flushed: (done) => ws.ping(undefined, undefined, () => done()),
    ping: () => ws.ping(),
    close: (code, reason) => ws.close(code, reason),
    terminate: () => ws.terminate(),
  }
}

/**
 * The server's helper holds the whole request for as long as its listeners stand, which is more than
 * all else of a quiet connection; ours take their place once it has passed on what came early.
 */
function replaceListeners(ws: WebSocket, events: SocketEvents): void {
  ws.removeAllListeners()
  ws.on('message', (data: Buffer, isBinary) => events.message(isBinary ? '' : data.toString()))
  ws.on('pong', () => events.alive())
  ws.on('close', () => events.closed())
  // A close follows, and that is all there is to know.
  ws.on('error', () => undefined)
}

/** What the server hands on with a request. */
const HasSocket = z.object({ incoming: z.object({ socket: z.instanceof(Socket) }) })

/** Opens WebSockets by the Node server; it must have been started with `createSocketServer`. */
export const upgradeOnNode: Upgrade = async (c, accept, gone) => {
  const { socket } = HasSocket.parse(c.env).incoming
  if (socket.destroyed) gone()
  else socket.once('close', gone)
  let events: SocketEvents | undefined
  const upgrade = upgradeWebSocket(() => ({
    onOpen: (_event, { raw }) => {
      if (!(raw instanceof WebSocket)) throw new TypeError('The server gave no WebSocket.')
      const opened = accept(liveSocket(raw))
      events = opened
      queueMicrotask(() => replaceListeners(raw, opened))
    },
    onMessage: ({ data }) => events?.message(typeof data === 'string' ? data : ''),
  }))
  const response = await upgrade(c, async () => undefined)
  return response ?? c.body(null, 426)
}
