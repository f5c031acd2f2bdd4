import type { Citation } from '../domain/citation.ts'

/** Whether two citations speak of the same words: one quote stands within the other. */
export function touch(a: Citation, b: Citation): boolean {
  return a.turn === b.turn && (a.quote.includes(b.quote) || b.quote.includes(a.quote))
}

/** How many of the citations touch one of the others. */
export function touching(all: readonly Citation[], others: readonly Citation[]): number {
  return all.filter((one) => others.some((other) => touch(one, other))).length
}

/** A text as it is compared: without case, punctuation and spacing. */
export function plainWords(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ')
}
