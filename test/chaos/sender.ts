import { setTimeout as delay } from 'node:timers/promises'
import { type AnswerBook, count, note, openBook } from './answer-book.ts'
import type { Message } from './talk.ts'

export interface Sender {
  /** What has been answered with a 2xx, once each. */
  acknowledged(): readonly Message[]
  /** How often each answer came: a status with its code, or `no answer`. */
  answers(): Readonly<Record<string, number>>
  /** Answers that no sender should get: refusals of a good message, and errors that say nothing. */
  faults(): readonly string[]
  /** How many of the answers said that the message was not taken now. */
  refused(): number
  /** Resolves once everything is acknowledged or the signal has come. */
  done: Promise<void>
}

interface Book extends AnswerBook {
  acknowledged: Map<string, Message>
}

/** Sends a message until it is acknowledged, with the same body, as Tavus would. */
async function deliver(url: string, message: Message, book: Book, signal: AbortSignal) {
  for (let wait = 100; !signal.aborted; wait = Math.min(wait * 2, 1_500)) {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: message.body,
        signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
      })
      const { taken } = await note(book, response)
      if (taken) {
        book.acknowledged.set(`${message.conversation} ${message.eventType}`, message)
        return
      }
    } catch {
      count(book, 'no answer')
    }
    await delay(wait, undefined, { signal }).catch(() => undefined)
  }
}

/**
 * Begins to send, in order, spread over a time in which other things happen; no more than some are
 * under way at once.
 */
export function startSender(options: {
  url: string
  deliveries: readonly Message[]
  overMs: number
  atOnce: number
  signal: AbortSignal
}): Sender {
  const { url, deliveries, overMs, atOnce, signal } = options
  const book: Book = { ...openBook(), acknowledged: new Map() }
  const begun = performance.now()
  let next = 0
  async function lane(): Promise<void> {
    while (next < deliveries.length && !signal.aborted) {
      const index = next
      next += 1
      const message = deliveries[index]
      if (message === undefined) return
      const due = begun + (index / deliveries.length) * overMs - performance.now()
      if (due > 0) await delay(due, undefined, { signal }).catch(() => undefined)
      await deliver(url, message, book, signal)
    }
  }
  const lanes = Array.from({ length: atOnce }, lane)
  return {
    acknowledged: () => [...book.acknowledged.values()],
    answers: () => Object.fromEntries(book.answers),
    faults: () => [...book.faults],
    refused: () => book.refused,
    done: Promise.all(lanes).then(() => undefined),
  }
}
