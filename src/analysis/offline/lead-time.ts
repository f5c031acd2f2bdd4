import { wordSet } from './lexicon/word-set.ts'
import { trimEnd } from './deeds.ts'
import type { Word } from './words.ts'

const opening = wordSet(
  'at on once twice every each after before until during one two three four five six seven',
)
const timeNouns = wordSet(
  'minute hour day week month quarter year morning noon afternoon evening night weekend monday tuesday wednesday thursday friday saturday sunday end',
)

/**
 * In `three days before the stay the owner should get a reminder` when it happens: the words up to
 * the subject, as far as they are a time.
 */
export function leadTime(words: readonly Word[], from: number, to: number): readonly Word[] {
  const first = words[from]
  if (first === undefined || to - from < 2 || to - from > 9) return []
  const inThe = first.lower === 'in' && words[from + 1]?.lower === 'the'
  if (first.pos !== 'NUM' && !opening.has(first.lower) && !inThe) return []
  const lead = words
    .slice(from, to)
    .filter(({ lower }, at, all) => lower !== ',' || at < all.length - 1)
  const timed = lead.some(({ lemma }) => timeNouns.has(lemma))
  const clause = lead.some(({ pos }) => pos === 'VERB' || pos === 'AUX' || pos === 'PUNCT')
  return timed && !clause ? trimEnd(lead) : []
}
