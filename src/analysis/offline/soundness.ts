import { isNamedBefore } from './deeds.ts'
import { emptyNouns, pronounObjects } from './lexicon/nouns.ts'
import { isPlural } from './inflect.ts'
import { wordSet } from './lexicon/word-set.ts'
import { headOf, isDeterminer, isNoun, nounPhraseEnd } from './noun-phrase.ts'
import type { Word } from './words.ts'

/** Nouns that carry sense as amounts, though they name nothing that is kept. */
export const amounts = new Set([
  'limit',
  'gap',
  'maximum',
  'minimum',
  'time',
  'delay',
  'number',
  'deadline',
  'period',
])

/** Words that point outside of the sentence, or to the speaker, make a statement unusable. */
const pointing = new Set([
  'i',
  'me',
  "let's",
  'gonna',
  'gotta',
  'blah',
  'here',
  'okay',
  'sorry',
  '?',
  'myself',
  'mine',
  'whatever',
  'you',
  'yourself',
  'themselves',
  'itself',
  "'ve",
  'mean',
])

/** Whether none of the words points outside of the sentence, to the speaker or to what broke off. */
export function isReadable(phrase: readonly Word[]): boolean {
  return (
    phrase.length <= 24 &&
    !phrase.some(
      (word, at) => pointing.has(word.lower) || isPiece(word) || isBrokenAt(word, phrase[at + 1]),
    ) &&
    !['us', 'we', 'it', 'them'].includes(phrase[0]?.lower ?? '')
  )
}

/** Whether what follows a verb can be understood without the sentences around it; `verb` as far as it is known. */
export function isSound(phrase: readonly Word[], verb = ''): boolean {
  // `put themselves on a list`
  const own = phrase[0]?.lower === 'themselves' && phrase[1]?.pos === 'ADP' ? 1 : 0
  const told = phrase.slice(own)
  if (phrase.length > 32 || told.some((word) => pointing.has(word.lower) || isPiece(word)))
    return false
  if (own > 0) return isSound(told, verb)
  // `without calling us` can be written down; `tell us` is talk.
  if (
    phrase.some((word, at) => word.lower === 'us' && (at === 0 || phrase[at - 1]?.pos !== 'VERB'))
  )
    return false
  const first = phrase[0]
  const second = phrase[1]
  // `put it in there`, `cover B`: a place and a word that only the speakers know.
  const inThere = phrase.at(-1)?.lower === 'there' && phrase.at(-2)?.pos === 'ADP'
  if (inThere || /^[B-HJ-Z]$/.test(first?.text ?? '')) return false
  if (isAsked(phrase)) return true
  if (phrase.some((word, index) => isBrokenAt(word, phrase[index + 1]))) return false
  if (phrase.some((word, index) => word.lower === 'it' && !phrase.slice(0, index).some(isNoun)))
    return false
  if (first?.pos === 'AUX' || first?.pos === 'CCONJ' || first?.lower === ',') return false
  const counts = phrase.some(({ pos }) => pos === 'NUM')
  if (
    first?.pos === 'ADP' &&
    !isWhole(second) &&
    (second?.pos === 'ADV' || second?.lower === 'more') &&
    !counts
  )
    return false
  if (isOfAll(phrase, verb)) return true
  // `all of the marks`
  if (parts.has(first?.lower ?? '') && second?.lower === 'of' && phrase.length > 2)
    return isSound(phrase.slice(2), verb)
  if (first !== undefined && pronounObjects.has(first.lower)) {
    return nounPhraseEnd(phrase, 0) > 1
  }
  // `register to that`, `look for it`
  const last = phrase.at(-1)
  if (first?.pos === 'ADP' && second !== undefined && pronounObjects.has(second.lower))
    return nounPhraseEnd(phrase, 1) > 2
  // `the tickets and the time to close them`
  const named =
    isNamedBefore(phrase) ||
    (last?.lower === 'them' && phrase.slice(0, -2).some((word) => isPlural(word) && isNoun(word)))
  const which = phrase.at(-2)?.lower === 'which' || phrase.at(-2)?.lower === 'each'
  if (
    last !== undefined &&
    !named &&
    !which &&
    ['it', 'this', 'that', 'them', 'one', 'thing', 'things', 'something'].includes(last.lower)
  )
    return false
  const head = headOf(phrase.slice(0, nounPhraseEnd(phrase, 0)))
  return (
    head === undefined ||
    !emptyNouns.has(head.lemma) ||
    amounts.has(head.lemma) ||
    isTimeNamed(phrase, head) ||
    isPicked(phrase, head, verb) ||
    phrase.length > 3
  )
}

/** `at once`, `in automatically`, `by how long they wait` */
function isWhole(word: Word | undefined): boolean {
  const lower = word?.lower ?? ''
  return askers.has(lower) || lower === 'once' || lower.endsWith('ly')
}

const parts = wordSet('all most some both none many each half one')
const ofAll = wordSet('see view look read access edit change manage delete export search find')

/** `see everything`, `look at everything`: a right to all. */
function isOfAll(phrase: readonly Word[], verb: string): boolean {
  const at = phrase[0]?.pos === 'ADP' ? 1 : 0
  return ofAll.has(verb) && phrase[at]?.lower === 'everything' && phrase.length === at + 1
}

const picking = wordSet(
  'pick choose select enter book change set report ask answer add close open assign edit delete track move cancel vote create submit post view rate mark',
)
const countable = wordSet(
  'hour day week month year case part question problem issue point side view',
)

/** `pick a day`, `close the case`: vague words elsewhere, but things to do something with. */
function isPicked(phrase: readonly Word[], head: Word, verb: string): boolean {
  return picking.has(verb) && countable.has(head.lemma) && isDeterminer(phrase[0])
}

const times = wordSet('hour day week month year minute')

/** `the whole month`, `every day` */
function isTimeNamed(phrase: readonly Word[], head: Word): boolean {
  return (
    times.has(head.lemma) &&
    phrase.some(
      ({ pos, lower }) => pos === 'ADJ' || pos === 'NUM' || ['every', 'each'].includes(lower),
    )
  )
}

const askers = new Set(['if', 'what', 'which', 'who', 'how', 'where', 'whether', 'when', 'whose'])

/** `see which seats are empty`, `what to bring`: a question inside of a sentence is whole. */
function isAsked(phrase: readonly Word[]): boolean {
  const [first, second] = phrase
  if (!askers.has(first?.lower ?? '') || phrase.length < 3) return false
  const tells = phrase.some(
    ({ pos }, at) => at > 0 && (pos === 'VERB' || (pos === 'AUX' && at < phrase.length - 1)),
  )
  const last = phrase.at(-1)
  return second !== undefined && tells && last?.pos !== 'ADP' && last?.pos !== 'AUX'
}

/** `too many b for their part`: a word that was broken off after its first letter. */
export function isPiece({ text }: Word): boolean {
  return /^[b-hj-z]$/.test(text)
}

/** An article before a verb: speech that was begun anew. */
function isBrokenAt(word: Word, next: Word | undefined): boolean {
  const article = ['a', 'an', 'the'].includes(word.lower)
  return (
    article &&
    (next === undefined ||
      next.pos === 'AUX' ||
      ['a', 'an', 'the', 'and'].includes(next.lower) ||
      (next.pos === 'VERB' && !/(?:ing|ed|n)$/.test(next.lower)))
  )
}
