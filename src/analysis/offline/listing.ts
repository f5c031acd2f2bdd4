import { isDeterminer, nounPhraseEnd } from './noun-phrase.ts'
import { textOf, type Word } from './words.ts'

/** The phrases of a list, and where it ends: `a name, a teacher and, maybe, a room`. */
export function listFrom(
  words: readonly Word[],
  from: number,
): { phrases: ListPart[]; end: number } {
  const phrases: ListPart[] = []
  let at = from
  let unsure = false
  while (at < words.length && phrases.length < 30) {
    const word = words[at]
    if (word === undefined) break
    if (separators.has(word.lower)) {
      at++
      continue
    }
    if (hedges.has(word.lower)) {
      unsure = true
      at++
      continue
    }
    const end = nounPhraseEnd(words, at)
    if (end === at) break
    const counted = word.lower === 'one' && end > at + 1 ? at + 1 : at
    phrases.push({ words: words.slice(counted, end), unsure })
    unsure = false
    at = addition(words, end)
    if (!separators.has(words[at]?.lower ?? '')) break
    if (startsOver(words, at)) break
  }
  return { phrases, end: at }
}

export interface ListPart {
  words: readonly Word[]
  /** Said with `maybe` or `optionally`. */
  unsure: boolean
}

const separators = new Set([',', 'and', 'or', 'plus', 'also', 'then', '&'])
const hedges = new Set(['maybe', 'perhaps', 'optionally', 'possibly', 'probably', 'either', 'just'])

/** Takes in `in minutes`, `for the booking` after a phrase. */
function addition(words: readonly Word[], at: number): number {
  if (!['in', 'for', 'on'].includes(words[at]?.lower ?? '')) return at
  const end = nounPhraseEnd(words, at + 1)
  return end > at + 1 ? end : at
}

/** After the separator a new clause begins: `and it has …`, `so …`. */
function startsOver(words: readonly Word[], at: number): boolean {
  let next = at
  while (separators.has(words[next]?.lower ?? '')) next++
  const word = words[next]
  if (word === undefined || word.lower === 'so') return true
  if (word.pos === 'PRON' && !isDeterminer(word)) return true
  const end = nounPhraseEnd(words, next)
  return end > next && words[end]?.pos === 'AUX'
}

/** The short words of a choice: `booked, cancelled or attended`. */
export function optionsFrom(words: readonly Word[], from: number): string[] {
  const options: string[] = []
  let open = from
  for (let at = from; at <= words.length; at++) {
    const word = words[at]
    const ends = word === undefined || [',', 'or', 'and', '.', '?', ';'].includes(word.lower)
    if (!ends) continue
    const option = textOf(words.slice(open, at))
      .replace(/^(?:a|an|the|either|just|maybe)\s/i, '')
      .trim()
    if (option !== '' && option.split(' ').length > 4) return options.length > 1 ? options : []
    if (option !== '') options.push(option.slice(0, 80))
    open = at + 1
    if (word === undefined || word.lower === '.' || word.lower === '?') break
  }
  return options.length > 1 ? options.slice(0, 40) : []
}
