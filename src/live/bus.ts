import type { Log } from '../domain/log.ts'

/**
 * Tells the other processes on a database what has news: projects by their ids, workspaces by theirs
 * with a `w` before it. A hint: it may be lost.
 */
export interface Bus {
  /** Call after a commit; never waits, and what comes together is told together. */
  poke(id: string): void
  close(): Promise<void>
}

/** What a process hears from the others. */
export interface BusListener {
  onPoke: (ids: readonly string[]) => void
  /** What was told lately may not have been heard. */
  onGap: () => void
}

export interface BusOptions extends BusListener {
  /** Names this process, so that it does not hear itself. */
  id: string
  log: Log
}

/** For a process that is alone on its database. */
export const noBus: Bus = { poke: () => undefined, close: async () => undefined }

/** A process tells news this often at most: the first at once, what comes meanwhile together. */
const gapMs = 5
/** 200 ids of 37 characters and their commas stay below the 8,000 bytes of a NOTIFY. */
const idsPerMessage = 200

const Message = /^([\w-]{1,64}):([\da-fw,-]+)$/

/** Hands what other processes told on; anything else on the channel is passed over. */
export function hear({ id, onPoke }: BusOptions, text: string): void {
  const [, from, ids] = Message.exec(text) ?? []
  if (ids !== undefined && from !== id) onPoke(ids.split(','))
}

/**
 * Gathers what is poked and tells it, after the commits and outside of their transactions.
 *
 * @param send Tells some messages; when it fails, the sweep of the others finds the news.
 */
export function createTeller(
  { id, log }: BusOptions,
  send: (messages: string[]) => Promise<unknown>,
): Bus {
  const pending = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let sending: Promise<void> = Promise.resolve()

  function flush(): void {
    timer = undefined
    if (pending.size === 0) return
    const ids = [...pending]
    pending.clear()
    timer = setTimeout(flush, gapMs)
    const messages: string[] = []
    for (let from = 0; from < ids.length; from += idsPerMessage) {
      messages.push(`${id}:${ids.slice(from, from + idsPerMessage).join(',')}`)
    }
    sending = tell(messages)
  }

  async function tell(messages: string[]): Promise<void> {
    try {
      await send(messages)
    } catch (error) {
      log.debug({ error: String(error) }, 'live.bus_failed')
    }
  }

  return {
    poke(id) {
      pending.add(id)
      if (timer === undefined) flush()
    },
    async close() {
      clearTimeout(timer)
      flush()
      clearTimeout(timer)
      await sending
    },
  }
}
