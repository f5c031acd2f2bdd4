import { phraseList, wordSet } from './lexicon/word-set.ts'
import { nounPhraseEnd } from './noun-phrase.ts'
import { phraseLength, type Word } from './words.ts'

const months = wordSet(
  'january february march april may june july august september october november december',
)
const dates = wordSet(`
  january february march april may june july august september october november december
  monday tuesday wednesday thursday friday saturday sunday
  spring summer autumn fall winter christmas easter holidays season quarter
  week month year weekend tomorrow today end beginning start middle
`)
const before = phraseList(
  'by\nbefore\nuntil\ntill\nno later than\nnot later than\nat the latest by',
)
/** The whole work, or what is left of it. */
export const wholes = phraseList(
  'the whole thing\nthe whole lot\nthe rest\nthe remainder\neverything\neverything else\nall of it\nthe other things',
)
const within = wordSet('in on within from')

/** Where a date stands in a sentence, with the word that leads to it. */
export interface DatePlace {
  at: number
  end: number
}

/** `by the end of November`, `in October`; the first exact one, else the first. */
export function dateIn(words: readonly Word[], from: number): DatePlace | undefined {
  let vague: DatePlace | undefined
  const so = words.findIndex((_, at) => at > from && concludes(words, at))
  const concluded = so === -1 ? undefined : dateIn(words, so)
  if (concluded?.at === so) return concluded
  for (let at = from; at < words.length; at++) {
    const end = dateEndAt(words, at)
    if (end === at) continue
    // `before the fall season, so by September 1st`: the date counts.
    if (words.slice(at, end).some(isExact)) return { at, end }
    vague ??= { at, end }
  }
  return vague
}

/** `The fair is in May, so by the end of April.`: what follows from it. */
export function concludes(words: readonly Word[], at: number): boolean {
  const before = words.slice(Math.max(0, at - 2), at).map(({ lower }) => lower)
  return before.at(-1) === 'so' || before.join(' ') === 'so then'
}

/** `the whole thing by the end of September`: a thing, and when it is due. */
export function isDated(words: readonly Word[], from: number): boolean {
  const whole = phraseLength(words, from, wholes)
  const at = whole > 0 ? from + whole : nounPhraseEnd(words, from)
  return at > from && dateEndAt(words, at) > at
}

/** Where the date ends whose leading word stands here; the same place when none does. */
function dateEndAt(words: readonly Word[], at: number): number {
  const length = phraseLength(words, at, before) || Number(within.has(words[at]?.lower ?? ''))
  const end = length === 0 ? at : dateEnd(words, at + length)
  const named = words
    .slice(at + length, end)
    .some(({ lower, lemma }) => dates.has(lower) || dates.has(lemma) || isDay(lower))
  return named ? end : at
}

/** `2027`, `the 20th` */
function isDay(lower: string): boolean {
  return /^(?:20\d\d|\d{1,2}(?:st|nd|rd|th))$/.test(lower)
}

function isExactAt(words: readonly Word[], at: number): boolean {
  return words[at]?.pos === 'NUM' || /^\d{1,4}(?:st|nd|rd|th)?$/.test(words[at]?.lower ?? '')
}

function isExact({ lower, pos }: Word): boolean {
  return months.has(lower) || pos === 'NUM' || /^\d/.test(lower)
}

/** After `the first of March`, `15 March 2027`, `next summer` */
function dateEnd(words: readonly Word[], from: number): number {
  const phrase = nounPhraseEnd(words, from)
  let end = phrase
  while (isExactAt(words, end) || dates.has(words[end]?.lower ?? '')) end++
  // `the first of March`: the tagger may take the ordinal for no noun.
  if (words[end]?.lower === 'first' && words[end + 1]?.lower === 'of')
    end = nounPhraseEnd(words, end + 2)
  if (['the', 'a'].includes(words[from]?.lower ?? '') && end === from) {
    const of = words.findIndex(({ lower }, at) => at > from && at < from + 4 && lower === 'of')
    return of === -1 ? from : nounPhraseEnd(words, of + 1)
  }
  return end
}
