import { isPlural } from './inflect.ts'
import { emptyNouns, isHuman, systemNouns } from './lexicon/nouns.ts'
import { sameForm } from './lexicon/verbs.ts'
import { wordSet } from './lexicon/word-set.ts'
import { headOf, isDeterminer, nounPhraseEnd, withoutDeterminer } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import type { Word } from './words.ts'

/** What was spoken of: what an `it` means, and what `those` and `they` may mean that is nobody. */
export interface SpokenOf {
  one: readonly Word[]
  many: readonly Word[]
}

/** What is done to people, and hardly to things: `they are informed`. */
const doneToPeople = wordSet(
  'inform notify remind tell ask invite charge pay alert warn assign block ban refund call phone text email allow register train pick contact welcome seat',
)
const between = wordSet(
  "must should can could may has have need needs to not n't also then only just be is are get gets being automatically always never first",
)

/**
 * The words with the thing itself in place of a pronoun that something is done to: `Readings that are
 * too low. Those mustn't be taken over.`, `What happens with a file? – It should be read at once.`
 */
export function withThings(words: readonly Word[], { one, many }: SpokenOf): readonly Word[] {
  return words.flatMap((word, at) => {
    const opens = at === openingEnd(words) || opensAnew(words, at)
    const isMany = ['they', 'those', 'these'].includes(word.lower)
    if (word.lower === 'there' && closesAt(words, at + 1)) {
      const place = placeBefore(words, at)
      if (place.length > 0) return place
    }
    const isThat = ['that', 'which'].includes(word.lower) && words[at - 1]?.lower === ','
    const isOne = (word.lower === 'it' && word.pos !== 'DET') || isThat
    const known = isThat ? thingBefore(words, at - 1) : isOne ? one : isMany ? many : []
    if (known.length === 0 || isDeterminerOf(words, at)) return [word]
    // `Only the wardens can see those.`
    const later = isOne && times.has(words[at - 1]?.lower ?? '') && replacesFirst(words)
    if (later) return named(known, word)
    const object = isMany && word.lower !== 'they' && words[at - 1]?.pos === 'VERB'
    const closes = words[at + 1] === undefined || words[at + 1]?.pos === 'PUNCT'
    if (object && closes) return named(known, word)
    if (!opens) return [word]
    const done = participleAfter(words, at)
    // `…, which is done by hand` tells of today.
    const asked = words
      .slice(at + 1, at + 4)
      .some(({ lower }) =>
        ['must', 'should', 'has', 'have', 'needs', 'need', 'can'].includes(lower),
      )
    if (isThat && !asked) return [word]
    if (done === undefined || (isMany && doneToPeople.has(done.lemma))) return [word]
    return named(known, word)
  })
}

const times = wordSet('when if once until before after while whenever as')

/** `It should be read as soon as it arrives`: what it is said of first, it is said of later. */
function replacesFirst(words: readonly Word[]): boolean {
  const from = openingEnd(words)
  return words[from]?.lower === 'it' && participleAfter(words, from) !== undefined
}

function closesAt(words: readonly Word[], at: number): boolean {
  return words[at] === undefined || words[at]?.pos === 'PUNCT'
}

/** In `We use Google Calendar, and the lessons should show up there` in Google Calendar. */
function placeBefore(words: readonly Word[], at: number): readonly Word[] {
  const last = words.findLastIndex(({ pos }, index) => index < at - 2 && pos === 'PROPN')
  let first = last
  while (words[first - 1]?.pos === 'PROPN') first--
  const apart = words.slice(last + 1, at).some(({ pos }) => pos === 'PUNCT' || pos === 'CCONJ')
  const there = words[at]
  if (last === -1 || !apart || there === undefined || first === openingEnd(words)) return []
  const inside: Word = { text: 'in', lower: 'in', lemma: 'in', pos: 'ADP', spaced: true }
  return [inside, ...words.slice(first, last + 1)]
}

/** In `the parents sign a contract, that has to be stored` the contract. */
function thingBefore(words: readonly Word[], end: number): readonly Word[] {
  for (let start = Math.max(0, end - 5); start < end; start++) {
    const head = headOf(words.slice(start, end))
    const whole = nounPhraseEnd(words, start) === end
    if (whole && head !== undefined)
      return isHuman(head.lemma) || emptyNouns.has(head.lemma) ? [] : words.slice(start, end)
  }
  return []
}

function isDeterminerOf(words: readonly Word[], at: number): boolean {
  return ['those', 'these'].includes(words[at]?.lower ?? '') && nounPhraseEnd(words, at) > at + 1
}

function opensAnew(words: readonly Word[], at: number): boolean {
  const before = words[at - 1]
  return before !== undefined && [',', 'and', 'but', 'then', 'so', ';'].includes(before.lower)
}

function participleAfter(words: readonly Word[], at: number): Word | undefined {
  let end = at + 1
  while (between.has(words[end]?.lower ?? '')) end++
  const be = words.slice(at + 1, end).some(({ lower }) => passive.has(lower))
  const word = words[end]
  const form = word?.lower !== word?.lemma || sameForm.has(word?.lower ?? '')
  const done = word?.pos === 'VERB' && form && !/(?:ing|s)$/.test(word.lower)
  return be && done ? word : undefined
}

const passive = wordSet('be is are get gets')

function named(thing: readonly Word[], { spaced }: Word): Word[] {
  const bare = withoutDeterminer(thing)
  const the: Word = { text: 'the', lower: 'the', lemma: 'the', pos: 'DET', spaced }
  const [first, ...rest] = bare
  if (first === undefined) return []
  const general = !isDeterminer(thing[0]) && isPlural(headOf(bare) ?? first)
  return general ? [{ ...first, spaced }, ...rest] : [the, { ...first, spaced: true }, ...rest]
}

/** The one thing that a sentence names last. */
export function thingNamed(words: readonly Word[]): readonly Word[] | undefined {
  let found: readonly Word[] | undefined
  for (let at = 0; at < words.length;) {
    const end = nounPhraseEnd(words, at)
    const phrase = words.slice(at, end)
    const head = headOf(phrase)
    const article = ['a', 'an', 'the', 'each', 'every'].includes(phrase[0]?.lower ?? '')
    const names = head !== undefined && !isPlural(head) && !isHuman(head.lemma)
    if (article && names && !emptyNouns.has(head.lemma) && !systemNouns.has(head.lemma))
      found = phrase
    at = Math.max(end, at + 1)
  }
  return found
}

/** The things, more than one of a kind, that a sentence names last, with what is said of them. */
export function thingsNamed(words: readonly Word[]): readonly Word[] {
  let found: readonly Word[] = []
  for (let at = 0; at < words.length;) {
    const end = nounPhraseEnd(words, at)
    const phrase = words.slice(at, end)
    const head = headOf(phrase)
    const counts =
      head !== undefined &&
      isPlural(head) &&
      !isHuman(head.lemma) &&
      !emptyNouns.has(head.lemma) &&
      !systemNouns.has(head.lemma) &&
      !phrase.some(({ pos, lower }) => pos === 'NUM' || lower === 'no')
    if (counts) found = [...phrase, ...relativeAt(words, end)]
    at = Math.max(end, at + 1)
  }
  return found
}

/** `readings | that are lower than before` */
function relativeAt(words: readonly Word[], at: number): readonly Word[] {
  if (!['that', 'which'].includes(words[at]?.lower ?? '')) return []
  const stop = words.findIndex(
    ({ pos, lower }, index) => index > at && (pos === 'PUNCT' || ['and', 'but'].includes(lower)),
  )
  const end = stop === -1 ? words.length : stop
  return end - at < 10 && !isDeterminer(words[end - 1]) ? words.slice(at, end) : []
}

/**
 * The words with what was spoken of last in place of every pronoun that points at a thing: `He can give it
 * any dock`. Only for words that nothing could be made of otherwise, as the nearest thing may not be meant.
 */
export function withNames(words: readonly Word[], { one, many }: SpokenOf): readonly Word[] {
  return words.flatMap((word, at) => {
    const [before, next] = [words[at - 1], words[at + 1]]
    const follows = before?.pos === 'VERB' || before?.pos === 'ADP'
    const ends = next === undefined || ['PUNCT', 'ADP', 'CCONJ', 'SCONJ', 'ADV'].includes(next.pos)
    const isIt = word.lower === 'it' && word.pos === 'PRON' && one.length > 0
    const opens = at === openingEnd(words) || opensAnew(words, at) || times.has(before?.lower ?? '')
    // `It should send …` is said of the software.
    if (isIt && (follows || (opens && turnsAt(words, at)))) return named(one, word)
    const told = before?.pos === 'VERB' && ends && one.length > 0
    if (['that', 'this'].includes(word.lower) && told) return named(one, word)
    const points = ['those', 'these', 'them'].includes(word.lower) && follows && ends
    return points && many.length > 0 ? named(many, word) : [word]
  })
}

/** What things do, and hardly software. */
const turning = wordSet(
  'replace go come update change disappear expire end stay show count move land belong arrive fall',
)

function turnsAt(words: readonly Word[], at: number): boolean {
  return words.slice(at + 1, at + 5).some(({ lemma, pos }) => pos === 'VERB' && turning.has(lemma))
}
