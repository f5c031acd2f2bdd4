import type { EngineConnection } from '../store/database.ts'
import { type Bus, type BusOptions, createTeller, hear, noBus } from './bus.ts'

const channel = 'talkwright_events'

/**
 * Tells news over LISTEN and NOTIFY. A NOTIFY in the transactions that append would serialise their
 * commits; behind a pooler nobody can listen, and the sweep finds the news there.
 */
export function createPostgresBus(engine: EngineConnection, options: BusOptions): Bus {
  if (engine.kind !== 'postgres') return noBus
  const listener = engine.listen?.({
    channel,
    onMessage: (text) => hear(options, text),
    onConnected: options.onGap,
  })
  const teller = createTeller(options, (messages) =>
    engine.run('select pg_notify($1, message) from unnest($2::text[]) as message', [
      channel,
      messages,
    ]),
  )
  return {
    poke: (id) => teller.poke(id),
    async close() {
      await teller.close()
      await listener?.close()
    },
  }
}
