import { type serve, upgradeWebSocket } from '@hono/node-server'
import { WebSocket, WebSocketServer } from 'ws'
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

/** Opens WebSockets by the Node server; it must have been started with `createSocketServer`. */
export const upgradeOnNode: Upgrade = async (c, accept) => {
  let events: SocketEvents | undefined
  const upgrade = upgradeWebSocket(() => ({
    onOpen: (_event, { raw }) => {
      if (!(raw instanceof WebSocket)) throw new TypeError('The server gave no WebSocket.')
      events = accept(liveSocket(raw))
      raw.on('pong', () => events?.alive())
    },
    onMessage: ({ data }) => events?.message(typeof data === 'string' ? data : ''),
    onClose: () => events?.closed(),
  }))
  const response = await upgrade(c, async () => undefined)
  return response ?? c.body(null, 426)
}
