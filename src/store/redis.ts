import { createClient } from '@redis/client'
import type { Log } from '../domain/log.ts'

const maxWaitMs = 5_000

export type RedisClient = ReturnType<typeof makeClient>

/** A connection to a Redis that stands again by itself. */
export interface Redis {
  client: RedisClient
  /** Resolves when it stands for the first time, and rejects when it never will. */
  connected: Promise<unknown>
  close(): Promise<void>
}

function makeClient(url: string, waits: boolean) {
  return createClient({
    url,
    disableOfflineQueue: !waits,
    socket: { reconnectStrategy: (tries) => Math.min(maxWaitMs, 100 * 2 ** tries) },
  })
}

/**
 * Connects to a Redis in the background. What is asked of it while it is away fails at once, unless
 * it `waits`; that it is away is said in the log and thrown nowhere.
 */
export function openRedis(url: string, log: Log, { waits = false } = {}): Redis {
  const client = makeClient(url, waits)
  client.on('error', (error: unknown) => {
    // Without the address, which may hold a password.
    log.warn({ error: String(error) }, 'redis.failed')
  })
  const connected = client.connect()
  const settled = Promise.allSettled([connected])
  return {
    client,
    connected,
    async close() {
      if (client.isOpen) client.destroy()
      await settled
    },
  }
}
