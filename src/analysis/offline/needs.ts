import { findAnchors } from './anchors.ts'
import { limitsIn } from './limits.ts'
import { readSentence } from './readings.ts'
import type { Word } from './words.ts'

/**
 * Whether a client's sentence carries a need, wish, limit or decision. Takes in too much rather
 * than too little: it is the base that coverage is measured against.
 */
export function bearsNeed(words: readonly Word[]): boolean {
  if (words.length < 4) return false
  if (limitsIn(words).length > 0 || readSentence(words).length > 0) return true
  return findAnchors(words).some((anchor) => anchor.duty || anchor.wish || anchor.force === 'must')
}
