import { opensClause } from './clause-end.ts'
import { isDeterminer } from './noun-phrase.ts'
import type { Word } from './words.ts'

/** A sentence of fewer words is read as it is. */
const long = 16
/** Speech recognition that writes full stops and commas has one in so many words at least. */
const wordsPerStop = 14
const least = 3

/**
 * The clauses of a run-on: where speech recognition left out the stops, `so`, `but`, `because` and an
 * `and` before a new subject begin a clause of their own. Other sentences come back whole.
 */
export function clausesOfRunOn(words: readonly Word[]): (readonly Word[])[] {
  if (!isRunOn(words)) return [words]
  const clauses: (readonly Word[])[] = []
  let open = 0
  for (let at = least; at < words.length - least; at++) {
    if (at - open < least || !breaksAt(words, at, open)) continue
    clauses.push(words.slice(open, at))
    open = at
  }
  return [...clauses, words.slice(open)]
}

function isRunOn(words: readonly Word[]): boolean {
  const stops = words.filter(({ pos }) => pos === 'PUNCT').length
  return words.length >= long && stops * wordsPerStop < words.length
}

function breaksAt(words: readonly Word[], at: number, open: number): boolean {
  const [word, next] = [words[at], words[at + 1]]
  switch (word?.lower) {
    case 'because':
    case 'but':
      return next?.lower !== 'not'
    case 'so':
      return next?.lower !== 'that' && words[at - 1]?.lower !== 'and' && next?.pos !== 'ADJ'
    case 'and':
      // What a condition opened may hold for the next clause too.
      return !isConditional(words, open) && opensNew(words, at + 1)
    default:
      return false
  }
}

function isConditional(words: readonly Word[], open: number): boolean {
  return words
    .slice(open, open + 4)
    .some(({ lower }) => ['if', 'when', 'whenever', 'once'].includes(lower))
}

/** `and the system should …`, `and if …`; a list (`and the number it has`) goes on. */
function opensNew(words: readonly Word[], from: number): boolean {
  let at = from
  while (['yeah', 'also', 'then', 'maybe', 'yes', 'well'].includes(words[at]?.lower ?? '')) at++
  if (['if', 'whenever', 'then'].includes(words[at]?.lower ?? '')) return true
  const subject = isDeterminer(words[at]) || words[at]?.pos === 'PRON' || words[at]?.pos === 'NOUN'
  return subject && opensClause(words, at, words.length)
}
