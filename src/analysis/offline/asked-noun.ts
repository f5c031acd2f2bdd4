import { emptyNouns } from './lexicon/nouns.ts'
import { phraseList, wordSet } from './lexicon/word-set.ts'
import { headOf, nounPhraseEnd, withoutDeterminer } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import { phraseLength, type Word } from './words.ts'

const asksFields = phraseList(
  'know about\nkeep about\nstore about\nrecord about\nbelongs to\nkeep for\nstore for\nrecord for\nknow for\ncollect about\ninformation about\ndetails of\nfields of\nfields does',
)
const keepWords = wordSet(
  'keep store record know save track belong need information data detail field remember note collect enter write',
)
const workWords = wordSet('build do happen change improve use work help cost')
const joins = wordSet('about of for to in on with')

/** What a question asks the fields of: in `what do you need to know about each class?` the class. */
export function askedNoun(words: readonly Word[]): string | undefined {
  for (let at = 0; at < words.length; at++) {
    const length = phraseLength(words, at, asksFields)
    if (length === 0) continue
    const start = at + length
    return nounOf(words.slice(start, nounPhraseEnd(words, start)))
  }
  const from = openingEnd(words)
  const what = words[from]?.lower === 'what' || words[from]?.lower === 'which'
  const keeps =
    words.some(({ lemma }) => keepWords.has(lemma)) ||
    (words[from + 1]?.lower === 'is' && ['in', 'on'].includes(words[from + 2]?.lower ?? ''))
  const works = words.some(({ lemma, pos }) => workWords.has(lemma) && pos === 'VERB')
  return what && keeps && !works ? lastNoun(words, from) : undefined
}

/** `And about the customer?`, `What about bookings?`: the same question of another thing. */
export function askedNext(words: readonly Word[]): string | undefined {
  const from = openingEnd(words)
  if (words.length - from > 6) return undefined
  const what = words[from]?.lower === 'what' ? from + 1 : from
  const at = joins.has(words[what]?.lower ?? '') ? what + 1 : what
  const end = nounPhraseEnd(words, at)
  return end >= words.length - 1 && end > at ? nounOf(words.slice(at, end)) : undefined
}

function lastNoun(words: readonly Word[], from: number): string | undefined {
  const at = words.findLastIndex(({ lower }, index) => index > from && joins.has(lower)) + 1
  const end = nounPhraseEnd(words, at)
  return at > 0 && words.length - end <= 2 ? nounOf(words.slice(at, end)) : undefined
}

/** The base form of the noun that a phrase is about, unless it says nothing. */
export function nounOf(phrase: readonly Word[]): string | undefined {
  const head = headOf(withoutDeterminer(phrase))
  return head === undefined || emptyNouns.has(head.lemma) ? undefined : head.lemma
}
