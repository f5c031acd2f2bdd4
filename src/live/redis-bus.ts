import { createClient } from '@redis/client'
import { type Bus, type BusOptions, createTeller, hear } from './bus.ts'

const channel = 'talkwright:events'
const maxWaitMs = 5_000

/** Tells news over the publish and subscribe of a Redis, which nothing else depends on. */
export function createRedisBus(url: string, options: BusOptions): Bus {
  const client = createClient({
    url,
    // What cannot be told now is found by the sweeps; it is not kept for later.
    disableOfflineQueue: true,
    socket: { reconnectStrategy: (tries) => Math.min(maxWaitMs, 100 * 2 ** tries) },
  })
  const subscriber = client.duplicate({ disableOfflineQueue: false })
  for (const one of [client, subscriber]) {
    one.on('error', (error: unknown) => {
      // Without the address, which may hold a password.
      options.log.warn({ error: String(error) }, 'live.bus_failed')
    })
  }
  subscriber.on('ready', options.onGap)
  const connecting = Promise.allSettled([
    client.connect(),
    subscriber
      .connect()
      .then(() => subscriber.subscribe(channel, (text) => hear(options, text)))
      .then(options.onGap),
  ])
  const teller = createTeller(options, (messages) =>
    Promise.all(messages.map((message) => client.publish(channel, message))),
  )
  return {
    poke: (projectId) => teller.poke(projectId),
    async close() {
      await teller.close()
      for (const one of [client, subscriber]) if (one.isOpen) one.destroy()
      await connecting
    },
  }
}
