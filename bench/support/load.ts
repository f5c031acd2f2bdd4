import { connect, type Socket } from 'node:net'
import { ascending } from './stats.ts'

export interface Load {
  port: number
  path: string
  connections: number
  /** Answers within the first of these seconds are counted as accepted but not timed. */
  warmUpSeconds: number
  seconds: number
  /** The body, with this id in it; every id that is asked for has the same length. */
  body: (id: string) => string
  id: (number: number) => string
}

export interface LoadResult {
  /** Every 2xx answer, those of the warm-up included. */
  accepted: number
  refused: number
  /** Answers after the warm-up. */
  perSecond: number
  /** Of the requests after the warm-up, ascending, in milliseconds. */
  latencies: number[]
}

/** One connection's request, of which only the conversation's id changes. */
function makeRequest(load: Load): (number: number) => Buffer {
  const placeholder = load.id(0)
  const body = Buffer.from(load.body(placeholder))
  const head = Buffer.from(
    `POST ${load.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`,
  )
  const request = Buffer.concat([head, body])
  const place = request.indexOf(placeholder)
  return (number) => {
    request.write(load.id(number), place, 'latin1')
    return request
  }
}

/** The status of the one answer in here; undefined while it is not all there. */
function answerOf(text: string): number | undefined {
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const head = text.slice(0, end).toLowerCase()
  const length = /\r\ncontent-length: (\d+)/.exec(head)?.[1]
  const whole =
    length === undefined ? text.endsWith('0\r\n\r\n') : text.length >= end + 4 + Number(length)
  return whole ? Number(text.slice(9, 12)) : undefined
}

interface Tally {
  next: number
  accepted: number
  refused: number
  inTime: number
  latencies: number[]
}

/** Sends one request after the other on one connection, until the time is over. */
function lane(load: Load, tally: Tally, from: number, until: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const request = makeRequest(load)
  const socket: Socket = connect(load.port, '127.0.0.1').setNoDelay(true)
  let sent = 0
  let received = ''
  const send = () => {
    sent = performance.now()
    received = ''
    socket.write(request((tally.next += 1)))
  }
  socket.on('connect', send)
  socket.on('error', reject)
  socket.on('close', () => reject(new Error('The server closed a connection.')))
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    received += chunk
    const status = answerOf(received)
    if (status === undefined) return
    const now = performance.now()
    if (status >= 200 && status < 300) tally.accepted += 1
    else tally.refused += 1
    if (now >= from && now <= until) {
      tally.inTime += 1
      if (sent >= from) tally.latencies.push(now - sent)
    }
    if (now < until) return send()
    socket.removeAllListeners('close').end()
    return resolve()
  })
  return promise
}

/**
 * Posts as fast as the answers come. It speaks to the sockets itself, because a whole HTTP client
 * would take as much of the shared processors as the server that is measured.
 */
export async function postLoad(load: Load): Promise<LoadResult> {
  const tally: Tally = { next: 0, accepted: 0, refused: 0, inTime: 0, latencies: [] }
  const from = performance.now() + load.warmUpSeconds * 1_000
  const until = from + load.seconds * 1_000
  const lanes = Array.from({ length: load.connections }, () => lane(load, tally, from, until))
  await Promise.all(lanes)
  return {
    accepted: tally.accepted,
    refused: tally.refused,
    perSecond: tally.inTime / load.seconds,
    latencies: ascending(tally.latencies),
  }
}
