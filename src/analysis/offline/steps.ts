import { setImmediate } from 'node:timers/promises'

/**
 * Work that can be interrupted: it gives, from time to time, how many characters it has read since,
 * and at last its result.
 */
export type Steps<T> = Generator<number, T, undefined>

/** Does the work at once, where nobody waits. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** About twenty milliseconds of reading. */
const charactersAtATime = 4_000

/**
 * Does the work and lets others go on in between, so that a talk of hours does not keep a server from
 * answering. @throws what `signal` was aborted with, soon after it was.
 */
export async function inTurns<T>(steps: Steps<T>, signal?: AbortSignal): Promise<T> {
  let read = 0
  for (;;) {
    signal?.throwIfAborted()
    const step = steps.next()
    if (step.done === true) return step.value
    read += step.value
    if (read < charactersAtATime) continue
    read = 0
    await setImmediate()
  }
}
