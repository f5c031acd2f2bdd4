import type { ProjectEvent } from '../domain/event.ts'
import type { Cursor } from './cursor.ts'

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

/** What comes at a place, event by event, at the pace of whoever takes it, until the signal is aborted. */
export async function* followCursor(
  open: (wake: () => void) => Cursor,
  ended: AbortSignal,
): AsyncGenerator<ProjectEvent> {
  const latch = makeLatch()
  ended.addEventListener('abort', latch.set, { once: true })
  const cursor = open(latch.set)
  try {
    while (!ended.aborted) {
      const batch = await cursor.next()
      if (batch === undefined) await latch.wait()
      for (const event of batch?.events ?? []) {
        if (ended.aborted) return
        yield event
      }
    }
  } finally {
    cursor.close()
    ended.removeEventListener('abort', latch.set)
  }
}
