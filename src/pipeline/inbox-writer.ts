import { AppError, toAppError } from '../domain/errors.ts'
import { type InboxMessage, insertInbox } from '../store/inbox.ts'
import type { PipelineDeps } from './deps.ts'
import { transact } from './transact.ts'

/** What the sender is told; every one of them is a 2xx. */
export type Acceptance = 'accepted' | 'repeat' | 'ignored'

/** Keeps messages; what is answered is on disk, together with the job that handles it. */
export interface InboxWriter {
  /**
   * Keeps a message and queues its handling, unless it has an outcome already.
   *
   * @throws AppError `inbox_full` when more wait than may, `stopping` after the end, and what the
   *   database threw.
   */
  write(message: InboxMessage): Promise<Acceptance>
  /** Waits for what is being written and refuses everything else. */
  close(): Promise<void>
}

export interface InboxBounds {
  /** Transactions at once. */
  flights: number
  /** Messages in one transaction, and the characters of their bodies together. */
  batch: { messages: number; characters: number }
  /** What may wait for a transaction; all of it is in memory. */
  backlog: { messages: number; characters: number }
}

const mebi = 1024 * 1024

/**
 * A second transaction is made up while the first waits for the disk; a third would only make the
 * batches smaller.
 */
export const defaultInboxBounds: InboxBounds = {
  flights: 2,
  batch: { messages: 200, characters: 8 * mebi },
  backlog: { messages: 5_000, characters: 64 * mebi },
}

interface Waiting {
  message: InboxMessage
  answer: PromiseWithResolvers<Acceptance>
}

function unavailable(code: string, message: string): AppError {
  return new AppError(code, message, {
    status: 503,
    retryable: true,
    details: { retryAfterSeconds: 1 },
  })
}

/** Those of one key stand together: one of them is kept and the others repeat it. */
function byKey(batch: readonly Waiting[]): Waiting[][] {
  const groups = new Map<string, Waiting[]>()
  for (const waiting of batch) {
    const { source, dedupeKey } = waiting.message
    const key = `${source} ${dedupeKey}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [waiting])
    else group.push(waiting)
  }
  return [...groups.values()]
}

type InboxDeps = Pick<PipelineDeps, 'database' | 'queue' | 'clock'>

async function commit(
  deps: InboxDeps,
  messages: readonly InboxMessage[],
): Promise<ReadonlySet<string>> {
  return transact(deps, async (tx) => {
    const fresh = await insertInbox(tx, messages, deps.clock())
    const jobs = messages
      .filter(({ id, outcome }) => outcome === null && fresh.has(id))
      .map(({ id, externalId }) => ({ data: { inboxId: id }, key: externalId ?? id }))
    await deps.queue.send(tx, 'ingest', jobs)
    return fresh
  })
}

/**
 * Writes a batch and answers everybody in it after the commit. A batch that the database refuses is
 * written in halves, so that the message which it cannot take fails alone.
 */
async function writeBatch(deps: InboxDeps, batch: readonly Waiting[]): Promise<void> {
  const groups = byKey(batch)
  const messages = groups.flatMap(([first]) => first?.message ?? [])
  let fresh: ReadonlySet<string>
  try {
    fresh = await commit(deps, messages)
  } catch (thrown) {
    // A database that is gone refuses all of them; asking it for each would only keep them waiting.
    if (batch.length === 1 || toAppError(thrown).retryable) {
      for (const { answer } of batch) answer.reject(thrown)
      return
    }
    const middle = Math.ceil(batch.length / 2)
    await writeBatch(deps, batch.slice(0, middle))
    await writeBatch(deps, batch.slice(middle))
    return
  }
  for (const group of groups) {
    for (const { message, answer } of group) {
      const kept = message.outcome === null ? 'accepted' : 'ignored'
      answer.resolve(fresh.has(message.id) ? kept : 'repeat')
    }
  }
}

/** Takes the next batch off the front; a message that is larger than a batch may be goes alone. */
function takeBatch(waiting: Waiting[], { messages, characters }: InboxBounds['batch']): Waiting[] {
  let count = 0
  let length = 0
  for (const { message } of waiting) {
    length += message.body.length
    if (count > 0 && (count === messages || length > characters)) break
    count += 1
  }
  return waiting.splice(0, count)
}

/**
 * Group commit: a message that comes while nothing is being written is written at once, and those
 * that come meanwhile are written together, in one transaction, when that is over.
 */
export function createInboxWriter(
  deps: InboxDeps,
  bounds: InboxBounds = defaultInboxBounds,
): InboxWriter {
  const waiting: Waiting[] = []
  const flights = new Set<Promise<void>>()
  let characters = 0
  let closed = false

  function start(): void {
    while (waiting.length > 0 && flights.size < bounds.flights) {
      const batch = takeBatch(waiting, bounds.batch)
      for (const { message } of batch) characters -= message.body.length
      const flight = writeBatch(deps, batch).finally(() => {
        flights.delete(flight)
        start()
      })
      flights.add(flight)
    }
  }

  return {
    async write(message) {
      if (closed) throw unavailable('stopping', 'The server is stopping. Send it again shortly.')
      const { backlog } = bounds
      if (waiting.length >= backlog.messages || characters >= backlog.characters) {
        throw unavailable('inbox_full', 'More comes in than can be written. Send it again shortly.')
      }
      const answer = Promise.withResolvers<Acceptance>()
      characters += message.body.length
      waiting.push({ message, answer })
      start()
      return answer.promise
    },
    async close() {
      closed = true
      while (flights.size > 0) await Promise.all(flights)
    },
  }
}
