import { once } from 'node:events'
import { WebSocket } from 'ws'
import { z } from 'zod'
import { subprotocol, ticketPrefix } from '../../live/protocol.ts'

const Said = z.looseObject({ type: z.string() })
export type Said = z.infer<typeof Said>

/** A live connection without any client's comfort: what is sent and what comes. */
export interface RawLive {
  socket: WebSocket
  said: Said[]
  send(message: unknown): void
  /** The first message that fits, whether it came already or not. */
  heard(fits: (message: Said) => boolean): Promise<Said>
  /** The seqs of the events of a project that came, in their order. */
  seqs(project: string): number[]
  /** The code that the connection was closed with. */
  closed: Promise<number>
}

export interface RawOptions {
  ticket?: string
  origin?: string
  protocols?: string[]
}

const Events = z.object({
  type: z.literal('events'),
  project: z.string(),
  events: z.array(z.object({ seq: z.number() })),
})

/** @throws with the HTTP status in its message when the connection is refused. */
export async function openRaw(base: string, options: RawOptions): Promise<RawLive> {
  const { ticket, origin, protocols = [subprotocol, `${ticketPrefix}${ticket}`] } = options
  const socket = new WebSocket(`${base.replace(/^http/, 'ws')}/v1/live`, protocols, {
    ...(origin !== undefined && { origin }),
  })
  const said: Said[] = []
  const waiting = new Set<() => void>()
  socket.on('message', (data: Buffer) => {
    said.push(Said.parse(JSON.parse(data.toString())))
    for (const look of waiting) look()
  })
  const closed = new Promise<number>((resolve) => {
    socket.once('close', (code) => resolve(code))
  })
  await once(socket, 'open')
  return {
    socket,
    said,
    closed,
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    heard: (fits) =>
      new Promise((resolve) => {
        const look = () => {
          const found = said.find(fits)
          if (found === undefined) return
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
      }),
    seqs: (project) =>
      said.flatMap((one) => {
        const batch = Events.safeParse(one)
        if (!batch.success || batch.data.project !== project) return []
        return batch.data.events.map(({ seq }) => seq)
      }),
  }
}
