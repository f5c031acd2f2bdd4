import { AppError } from '../domain/errors.ts'
import { type InboxMessage, insertInbox } from '../store/inbox.ts'
import { createBatcher, type Reply } from './batcher.ts'
import type { PipelineDeps } from './deps.ts'
import type { Acceptance, InboxWriter } from './inbox.ts'
import { transact } from './transact.ts'

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

function unavailable(code: string, message: string): AppError {
  return new AppError(code, message, {
    status: 503,
    retryable: true,
    details: { retryAfterSeconds: 1 },
  })
}

type InboxDeps = Pick<PipelineDeps, 'database' | 'queue' | 'clock'>

/** The first of each key: the others repeat it. */
function firsts(batch: readonly InboxMessage[]): InboxMessage[] {
  const byKey = new Map<string, InboxMessage>()
  for (const message of batch) {
    const key = `${message.source} ${message.dedupeKey}`
    if (!byKey.has(key)) byKey.set(key, message)
  }
  return [...byKey.values()]
}

/** Gives the ids of the messages that were not here yet. */
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

async function writeBatch(
  deps: InboxDeps,
  batch: readonly InboxMessage[],
): Promise<Reply<Acceptance>[]> {
  const kept = firsts(batch)
  const fresh = await commit(deps, kept)
  return batch.map((message) => () => {
    if (!fresh.has(message.id)) return 'repeat'
    return message.outcome === null ? 'accepted' : 'ignored'
  })
}

/**
 * Group commit: a message that comes while nothing is being written is written at once, and those
 * that come meanwhile are written together, in one transaction, when that is over. A batch that the
 * database refuses is written in halves, so that the message which it cannot take fails alone.
 */
export function createInboxWriter(
  deps: InboxDeps,
  bounds: InboxBounds = defaultInboxBounds,
): InboxWriter {
  const batcher = createBatcher<InboxMessage, Acceptance>({
    run: (batch) => writeBatch(deps, batch),
    flights: bounds.flights,
    most: bounds.batch.messages,
    heaviest: bounds.batch.characters,
    weigh: (message) => message.body.length,
  })
  let closed = false
  return {
    async write(message) {
      if (closed) throw unavailable('stopping', 'The server is stopping. Send it again shortly.')
      const { requests, weight } = batcher.backlog()
      if (requests >= bounds.backlog.messages || weight >= bounds.backlog.characters) {
        throw unavailable('inbox_full', 'More comes in than can be written. Send it again shortly.')
      }
      return batcher.ask(message)
    },
    async close() {
      closed = true
      await batcher.idle()
    },
  }
}
