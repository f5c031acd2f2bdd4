import type { Principal } from '../domain/principal.ts'
import { closeCodes } from './protocol.ts'
import { LiveSession, type LiveSocket, type SessionOptions } from './session.ts'

export interface SocketsOptions extends SessionOptions {
  /** How often each client is asked for a sign of life, milliseconds; one that missed it is cut. */
  heartbeatMs: number
}

/** All live connections of a process. */
export interface Sockets {
  /** Takes a connection in; its messages and its end are told to what this gives. */
  accept(socket: LiveSocket, principal: Principal): LiveSession
  /** Called when a socket has closed. */
  ended(session: LiveSession): void
  count(): number
  /** Tells everyone to come again and waits until they have gone, or for a second. */
  close(): Promise<void>
}

const farewellMs = 1_000

export function createSockets(options: SocketsOptions): Sockets {
  const sessions = new Set<LiveSession>()
  const empty = Promise.withResolvers<void>()
  let closing = false
  const timer = setInterval(() => {
    for (const session of sessions) {
      if (!session.heard) {
        session.socket.terminate()
        continue
      }
      session.heard = false
      session.socket.ping()
    }
  }, options.heartbeatMs)

  return {
    accept(socket, principal) {
      const session = new LiveSession(socket, principal, options)
      sessions.add(session)
      if (closing) socket.close(closeCodes.restart, 'The server restarts')
      return session
    },
    ended(session) {
      session.end()
      sessions.delete(session)
      if (closing && sessions.size === 0) empty.resolve()
    },
    count: () => sessions.size,
    async close() {
      clearInterval(timer)
      closing = true
      for (const { socket } of sessions) socket.close(closeCodes.restart, 'The server restarts')
      if (sessions.size === 0) return
      const cut = setTimeout(() => {
        for (const { socket } of sessions) socket.terminate()
        empty.resolve()
      }, farewellMs)
      await empty.promise
      clearTimeout(cut)
    },
  }
}
