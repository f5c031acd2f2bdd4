import type { ProjectEvent } from '../domain/event.ts'

export interface FeedOptions {
  /** A project's events above a seq, in order, at most `limit`. */
  read: (projectId: string, after: number, limit: number) => Promise<ProjectEvent[]>
  /** How often every follower looks by itself, for commits of other processes; milliseconds. */
  sweepMs: number
}

/** Tells followers of a project's log about new events; the database stays the only record. */
export interface Feed {
  /** Call after a commit that added events to this project. */
  poke(projectId: string): void
  /**
   * Every event of a project with a seq above `after`, in order, each once, without end until the
   * signal is aborted.
   */
  follow(projectId: string, after: number, signal: AbortSignal): AsyncIterable<ProjectEvent>
  /** Ends all followers. */
  close(): void
}

const pageSize = 500

/** A latch that is set by pokes and waited for by one follower; a poke between two waits is kept. */
function makeLatch(): { set: () => void; wait: () => Promise<void> } {
  let isSet = false
  let wake: (() => void) | undefined
  return {
    set: () => {
      isSet = true
      wake?.()
    },
    wait: async () => {
      if (!isSet) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      isSet = false
      wake = undefined
    },
  }
}

/** Starts a feed; close it to stop its timer. */
export function createFeed(options: FeedOptions): Feed {
  const followers = new Map<string, Set<() => void>>()
  const closing = new AbortController()
  const timer = setInterval(() => {
    for (const latches of followers.values()) for (const set of latches) set()
  }, options.sweepMs)

  function enter(projectId: string, set: () => void): () => void {
    const latches = followers.get(projectId) ?? new Set()
    followers.set(projectId, latches.add(set))
    return () => {
      latches.delete(set)
      if (latches.size === 0) followers.delete(projectId)
    }
  }

  async function* follow(
    projectId: string,
    after: number,
    signal: AbortSignal,
  ): AsyncGenerator<ProjectEvent> {
    const latch = makeLatch()
    const ended = AbortSignal.any([signal, closing.signal])
    const leave = enter(projectId, latch.set)
    ended.addEventListener('abort', latch.set, { once: true })
    let seq = after
    try {
      while (!ended.aborted) {
        const events = await options.read(projectId, seq, pageSize)
        for (const event of events) {
          if (ended.aborted) return
          yield event
          seq = event.seq
        }
        if (events.length < pageSize) await latch.wait()
      }
    } finally {
      leave()
      ended.removeEventListener('abort', latch.set)
    }
  }

  return {
    poke: (projectId) => {
      for (const set of followers.get(projectId) ?? []) set()
    },
    follow,
    close: () => {
      clearInterval(timer)
      closing.abort()
    },
  }
}
