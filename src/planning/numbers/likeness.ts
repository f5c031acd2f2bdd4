import type { Citation } from '../../domain/citation.ts'
import { wordsIn } from '../../kiro/same-words.ts'

/** The words of a text as they are compared: without case, articles, plurals and plain synonyms. */
export function wordSet(text: string): ReadonlySet<string> {
  return new Set(wordsIn(text))
}

/** How much two sets share, from 0 to 1 (Dice); two empty ones share nothing. */
export function share<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): number {
  if (a.size + b.size === 0) return 0
  let common = 0
  for (const one of a) if (b.has(one)) common += 1
  return (2 * common) / (a.size + b.size)
}

/** Whether some citation of each rests on the same words: one quote stands within the other. */
export function citeTheSame(a: readonly Citation[], b: readonly Citation[]): boolean {
  return a.some((one) =>
    b.some(
      ({ turn, quote }) =>
        turn === one.turn && (quote.includes(one.quote) || one.quote.includes(quote)),
    ),
  )
}
