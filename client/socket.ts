import { LiveError } from './channel.ts'
import { type Reach, request } from './http.ts'
import { isRecord } from './messages.ts'

/** What is used of a WebSocket, the same in browsers and on Node. */
export interface SocketLike {
  send(data: string): void
  close(code?: number, reason?: string): void
  addEventListener(type: 'open' | 'error', listener: () => void): void
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void
  addEventListener(type: 'close', listener: (event: { code: number }) => void): void
}

export type SocketConstructor = new (url: string, protocols: string[]) => SocketLike

/** An open connection. */
export interface OpenSocket {
  send(message: object): void
  close(): void
  /** Resolves with the code that it ended with. */
  ended: Promise<number>
}

export interface SocketOptions {
  reach: Reach
  WebSocket: SocketConstructor
  /** How often a sign of life is asked for, milliseconds; a connection without one is given up. */
  pingMs: number
  onMessage: (text: string) => void
}

/** The WebSocket was not let through although its ticket was given. */
export class Refused extends LiveError {}

async function fetchProtocols(reach: Reach): Promise<string[]> {
  const response = await request(reach, '/v1/live/tickets', { method: 'POST' })
  const body: unknown = await response.json()
  const protocols = isRecord(body) ? body['protocols'] : undefined
  if (!Array.isArray(protocols)) throw new LiveError('unknown_answer', 'No ticket was given.')
  return protocols.map(String)
}

function socketUrl(baseUrl: string): string {
  return `${baseUrl.replace(/^http/, 'ws')}/v1/live`
}

/** Opens a connection with a ticket of its own. @throws LiveError; `Refused` when tickets are given and WebSockets are not let through */
export async function openSocket(options: SocketOptions): Promise<OpenSocket> {
  const { reach, WebSocket, pingMs, onMessage } = options
  const socket = new WebSocket(socketUrl(reach.baseUrl), await fetchProtocols(reach))
  const opened = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<number>()
  let heard = true
  let isOpen = false
  const timer = setInterval(() => {
    if (!heard) end(1006)
    heard = false
    // Until it is open nothing can be sent; one that does not open in time is given up like another.
    if (isOpen) send({ type: 'ping' })
  }, pingMs)

  function end(code: number): void {
    clearInterval(timer)
    ended.resolve(code)
    opened.reject(new Refused('refused', 'The WebSocket was refused.'))
    socket.close()
  }
  function send(message: object): void {
    socket.send(JSON.stringify(message))
  }

  socket.addEventListener('open', () => {
    isOpen = true
    heard = true
    opened.resolve()
  })
  socket.addEventListener('error', () => undefined)
  socket.addEventListener('close', ({ code }) => end(code))
  socket.addEventListener('message', ({ data }) => {
    heard = true
    if (typeof data === 'string') onMessage(data)
  })
  await opened.promise
  return { send, close: () => end(1000), ended: ended.promise }
}
