import type { Log } from '../../domain/log.ts'
import type { EngineConnection } from '../../store/database.ts'

/** Tells other processes that there is work; see docs/decisions/0009. */
export interface Wake {
  announce(lanes: Iterable<string>): void
  close(): Promise<void>
}

export interface WakeOptions {
  engine: EngineConnection
  /** Another process has queued work for this lane. */
  onWork: (lane: string) => void
  /** What was announced lately may not have been heard. */
  onGap: () => void
  log: Log
}

const channel = 'talkwright_jobs'
/** A NOTIFY takes a lock of the whole cluster at its commit, so a process sends one this often at most. */
const gapMs = 20

/**
 * Announces over LISTEN and NOTIFY, outside of the transactions that queue: a NOTIFY inside them
 * would serialise their commits. Nothing depends on it: every lane also polls.
 */
export function createWake(options: WakeOptions): Wake {
  const { engine } = options
  if (engine.kind !== 'postgres') {
    return { announce: () => undefined, close: async () => undefined }
  }
  // Behind a pooler nobody can listen, but what is queued there is news for those that can.
  const listener = engine.listen?.({
    channel,
    onMessage: (payload) => {
      for (const lane of payload.split(',')) options.onWork(lane)
    },
    onConnected: options.onGap,
  })
  const { run } = engine
  const pending = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let sending: Promise<unknown> = Promise.resolve()

  function flush(): void {
    timer = undefined
    if (pending.size === 0) return
    const payload = [...pending].join(',')
    pending.clear()
    timer = setTimeout(flush, gapMs)
    sending = notify(run, payload)
  }

  async function notify(run: Run, payload: string): Promise<void> {
    try {
      await run('select pg_notify($1, $2)', [channel, payload])
    } catch (error) {
      options.log.debug({ error: String(error) }, 'queue.announce_failed')
    }
  }

  return {
    announce(lanes) {
      for (const lane of lanes) pending.add(lane)
      if (timer === undefined) flush()
    },
    async close() {
      clearTimeout(timer)
      await sending
      await listener?.close()
    },
  }
}

type Run = Extract<EngineConnection, { kind: 'postgres' }>['run']
