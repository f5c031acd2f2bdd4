import { fromInline } from './inline.ts'

const DROPPED = new Set(['the', 'a', 'an', 'all', 'any', 'each', 'every', 'that', 'this'])

/** Words that say the same in a criterion, by their stem. */
const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ['save', 'store'],
  ['keep', 'store'],
  ['record', 'store'],
  ['create', 'store'],
  ['display', 'show'],
  ['list', 'show'],
  ['reject', 'refuse'],
  ['change', 'edit'],
  ['changed', 'edited'],
  ['updated', 'edited'],
  ['update', 'edit'],
  ['delete', 'remove'],
  ['try', 'tries'],
  ['attempt', 'tries'],
])

/** The words of a text that carry meaning: lower-case, in the singular, without articles. */
export function wordsIn(text: string): string[] {
  const words =
    fromInline(text)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  return words.filter((word) => !DROPPED.has(word)).map(stemOf)
}

/**
 * A text by its words alone: two texts that say the same, whatever their articles, plurals and plain
 * synonyms, have the same key. With `anyActor` it begins where somebody tries something: who does
 * makes no difference where nobody signs in.
 */
export function wordKey(text: string, options: { anyActor?: boolean } = {}): string {
  const words = wordsIn(text)
  const tries = options.anyActor === true ? words.indexOf(TRIES) : -1
  return (tries > 0 && tries <= 6 ? words.slice(tries) : words).join(' ')
}

/** A word's stem and, where it has one, its plainest synonym. */
export function stemOf(word: string): string {
  const stem = singular(word)
  return SYNONYMS.get(stem) ?? stem
}

/** The stem of "tries". */
export const TRIES = stemOf('tries')

function singular(word: string): string {
  if (word === 'people') return 'person'
  if (/..ies$/.test(word)) return `${word.slice(0, -3)}y`
  if (/(?:s|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2)
  return /[^s]s$/.test(word) ? word.slice(0, -1) : word
}
