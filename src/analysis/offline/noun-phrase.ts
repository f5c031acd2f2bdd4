import { pronounObjects } from './lexicon/nouns.ts'
import { actionVerbs } from './lexicon/verbs.ts'
import { wordSet } from './lexicon/word-set.ts'
import type { Word } from './words.ts'

const possessives = new Set(['my', 'our', 'your', 'their', 'his', 'her', 'its'])
const quantifiers = new Set([
  'all',
  'any',
  'some',
  'each',
  'every',
  'another',
  'both',
  'no',
  'this',
  'that',
  'these',
  'those',
  'certain',
  'several',
  'many',
  'more',
  'few',
  'such',
])

export function isNoun(word: Word | undefined): boolean {
  return word !== undefined && (word.pos === 'NOUN' || word.pos === 'PROPN')
}

/** Opens a noun phrase: `the`, `our`, `every`. */
export function isDeterminer(word: Word | undefined): boolean {
  if (word === undefined) return false
  return word.pos === 'DET' || possessives.has(word.lower) || quantifiers.has(word.lower)
}

function isInside(word: Word, next: Word | undefined): boolean {
  if (isNoun(word) || isDeterminer(word)) return true
  if (word.pos === 'ADJ' || word.pos === 'NUM') return true
  if (word.lower === '-' || word.lower === "'s" || word.lower === '&')
    return isNoun(next) || next?.pos === 'ADJ'
  // `a waiting list`, `the registered members`, `very small rooms`
  if (word.pos === 'VERB' && /(?:ing|ed)$/.test(word.lower)) return isNoun(next)
  return word.pos === 'ADV' && next?.pos === 'ADJ'
}

/**
 * Where the noun phrase that begins here ends (exclusive); the same place when there is none.
 * `of` joins two phrases: `the phone numbers of the members`.
 */
export function nounPhraseEnd(words: readonly Word[], from: number, to = words.length): number {
  let end = simpleEnd(words, from, to)
  while (end > from && end < to && words[end]?.lower === 'of') {
    const next = simpleEnd(words, end + 1, to)
    if (next === end + 1) break
    end = next
  }
  return end
}

/** After `at least`, `only`, `always exactly`: where what is counted begins. */
export function countingEnd(words: readonly Word[]): number {
  const at = words.findIndex(({ lower }) => !counting.has(lower))
  return words[at]?.pos === 'NUM' ? at : 0
}

const counting = wordSet('at least most only always exactly about up to no more less fewer than')

const attaching = wordSet('for in on from with at by under behind between outside except besides')
const all = wordSet('nobody everybody everyone anybody anyone nothing')

/** `nobody but the therapists`, `the column for the price` */
export function attaches(words: readonly Word[], at: number): boolean {
  const lower = words[at]?.lower ?? ''
  return attaching.has(lower) || (lower === 'but' && all.has(words[at - 1]?.lower ?? ''))
}

/**
 * Where the subject that begins here ends: `the column for the price` where a verb follows, otherwise
 * its noun phrase.
 */
export function subjectPhraseEnd(words: readonly Word[], from: number, to = words.length): number {
  const plain = nounPhraseEnd(words, from, to)
  let end = plain
  while (end > from && end < to && attaches(words, end)) {
    const next = nounPhraseEnd(words, end + 1, to)
    if (next === end + 1) return plain
    end = next
  }
  const verb = words[end]
  const follows = verb?.pos === 'AUX' || (verb?.pos === 'VERB' && !/(?:ing|ed)$/.test(verb.lower))
  return end < to && follows ? end : plain
}

function simpleEnd(words: readonly Word[], from: number, to: number): number {
  const first = words[from]
  if (
    first !== undefined &&
    from < to &&
    pronounObjects.has(first.lower) &&
    !isNounPhraseStart(words, from, to)
  ) {
    return from + 1
  }
  let end = from
  let lastNoun = from
  while (end < to) {
    const word = words[end]
    if (word === undefined || !isInside(word, end + 1 < to ? words[end + 1] : undefined)) break
    // A second determiner opens a new phrase: `all the members` goes on, `members the team` does not.
    if (end > lastNoun && lastNoun > from && isDeterminer(word)) break
    if (lastNoun > from && end === lastNoun && isDeterminer(word)) break
    end++
    if (isNoun(word) || (isWordForVerb(word) && end > from + 1)) lastNoun = end
  }
  return lastNoun
}

function isWordForVerb(word: Word): boolean {
  return word.pos === 'VERB' && actionVerbs.has(word.lower) && word.lower.endsWith('ing')
}

function isNounPhraseStart(words: readonly Word[], from: number, to: number): boolean {
  const next = from + 1 < to ? words[from + 1] : undefined
  return (
    (isDeterminer(words[from]) || words[from]?.lower === 'one') &&
    next !== undefined &&
    (isNoun(next) || next.pos === 'ADJ' || next.pos === 'NUM')
  )
}

/** The noun that a phrase is about: the last one before `of`. */
export function headOf(phrase: readonly Word[]): Word | undefined {
  const of = phrase.findIndex((word) => word.lower === 'of')
  const head = phrase.slice(0, of === -1 ? phrase.length : of).findLast(isNoun)
  // `this kind of constraints` is about constraints.
  const measures =
    head !== undefined &&
    ['kind', 'sort', 'type', 'set', 'couple', 'piece', 'pair', 'bit'].includes(head.lemma)
  return measures && of !== -1 ? (headOf(phrase.slice(of + 1)) ?? head) : head
}

/** The phrase without `the`, `a`, `our` in front. */
export function withoutDeterminer(phrase: readonly Word[]): readonly Word[] {
  const first = phrase.findIndex((word) => !isDeterminer(word))
  return first === -1 ? [] : phrase.slice(first)
}

/** `the weekly schedules` → `weekly schedule`. */
export function singularName(phrase: readonly Word[]): string {
  const bare = withoutDeterminer(phrase)
  const head = headOf(bare)
  return bare
    .map(
      (word, index) =>
        (index > 0 && word.spaced ? ' ' : '') +
        (word === head && !/^[A-Z]{2,6}$/.test(word.text) ? word.lemma : word.text),
    )
    .join('')
}
