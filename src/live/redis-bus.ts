import { openRedis } from '../store/redis.ts'
import { type Bus, type BusOptions, createTeller, hear } from './bus.ts'

const channel = 'talkwright:events'

/** Tells news over the publish and subscribe of a Redis, which nothing else depends on. */
export function createRedisBus(url: string, options: BusOptions): Bus {
  // What cannot be told now is found by the sweeps; it is not kept for later.
  const teller = openRedis(url, options.log)
  const hearer = openRedis(url, options.log, { waits: true })
  hearer.client.on('ready', options.onGap)
  const hearing = Promise.allSettled([
    hearer.connected
      .then(() => hearer.client.subscribe(channel, (text) => hear(options, text)))
      .then(options.onGap),
  ])
  const words = createTeller(options, (messages) =>
    Promise.all(messages.map((message) => teller.client.publish(channel, message))),
  )
  return {
    poke: (id) => words.poke(id),
    async close() {
      await words.close()
      await Promise.all([teller.close(), hearer.close()])
      await hearing
    },
  }
}
