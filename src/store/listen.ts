import { Socket } from 'node:net'
import { Client } from 'pg'

export interface Listener {
  close(): Promise<void>
}

export interface ListenOptions {
  connectionString: string
  channel: string
  onMessage: (payload: string) => void
  /** Called each time the connection stands: what was said before was not heard. */
  onConnected: () => void
}

/** Between one second and half a minute, longer with each try that failed. */
function waitMs(failures: number): number {
  return Math.min(30_000, 1_000 * 2 ** Math.min(failures, 5))
}

/** What a close waits for the other side's farewell, which never comes on a connection that went mute. */
const farewellMs = 1_000

/**
 * Listens on a channel over a connection of its own, which is made again whenever it breaks. What
 * was said in between is lost, so a listener must never be the only way to hear of something.
 */
export function listen(options: ListenOptions): Listener {
  let client: Client | undefined
  let socket: Socket | undefined
  let timer: NodeJS.Timeout | undefined
  let failures = 0
  let closed = false

  function again(): void {
    client = undefined
    if (closed || timer !== undefined) return
    timer = setTimeout(() => {
      timer = undefined
      connecting = connectOnce()
    }, waitMs(failures))
    failures += 1
  }

  async function connectOnce(): Promise<void> {
    const own = new Socket()
    socket = own
    const fresh = new Client({
      stream: () => own,
      connectionString: options.connectionString,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      connectionTimeoutMillis: 10_000,
      application_name: 'talkwright listener',
    })
    client = fresh
    const lost = () => {
      if (client === fresh) again()
    }
    fresh.on('error', lost)
    fresh.on('end', lost)
    fresh.on('notification', ({ payload }) => options.onMessage(payload ?? ''))
    try {
      await fresh.connect()
      await fresh.query(`listen ${fresh.escapeIdentifier(options.channel)}`)
      failures = 0
      options.onConnected()
    } catch {
      lost()
      await fresh.end().catch(() => undefined)
    }
  }

  let connecting = connectOnce()
  return {
    async close() {
      closed = true
      clearTimeout(timer)
      const last = client
      const farewell = setTimeout(() => socket?.destroy(), farewellMs)
      await connecting
      await last?.end().catch(() => undefined)
      clearTimeout(farewell)
    },
  }
}
