import { actionVerbs } from './lexicon/verbs.ts'
import { phraseList, wordSet } from './lexicon/word-set.ts'
import { isDeterminer, isNoun, nounPhraseEnd, subjectPhraseEnd } from './noun-phrase.ts'
import { phraseLength, type Word } from './words.ts'

const breakers = wordSet(
  'so because but since although though meaning otherwise yet cause whereas cuz except anyway',
)
const asides = phraseList(
  'for example\nfor instance\nyou know\nin that sense\nas i said\nlike we\nthings like\nsomething like\nand then\nand so\nas well as that\nor something\nor whatever\nand many other things\nand other things\nand so forth\nthat kind',
)
const subjects = wordSet('i we you he she it they there this everyone everybody')

/** Where a deed's words end (exclusive): at a stop, a reason, an aside or a new clause. */
export function clauseEnd(words: readonly Word[], from: number, limit: number): number {
  for (let index = from; index < limit; index++) {
    const word = words[index]
    if (word === undefined) return index
    if (/^[.?!;:—–"()]$/.test(word.text) || /^(?:\.{2,3}|--?|…)$/.test(word.text)) return index
    if (index > from && breakers.has(word.lower)) return index
    if (index > from && phraseLength(words, index, asides) > 0) return index
    if (word.lower === ',' && !continuesList(words, index, limit)) return index
    if (isJoin(word) && !isPair(words, index) && opensClause(words, index + 1, limit)) return index
  }
  return limit
}

/** `he or she`, `him or her` */
export function isPair(words: readonly Word[], join: number): boolean {
  return (
    ['he', 'him', 'his'].includes(words[join - 1]?.lower ?? '') &&
    ['she', 'her'].includes(words[join + 1]?.lower ?? '')
  )
}

export function isJoin(word: Word | undefined): boolean {
  return word?.lower === 'and' || word?.lower === 'or'
}

/** Whether a base verb stands here that goes on with the same subject: `…, edit classes`. */
export function isDeedStart(words: readonly Word[], at: number, limit: number): boolean {
  const word = words[at]
  if (word === undefined || at >= limit || !actionVerbs.has(word.lower)) return false
  const next = at + 1 < limit ? words[at + 1] : undefined
  if (word.pos === 'VERB') return true
  return (
    ['up', 'in', 'out', 'off'].includes(next?.lower ?? '') ||
    isDeterminer(next) ||
    isNoun(next) ||
    (isJoin(next) && actionVerbs.has(words[at + 2]?.lower ?? ''))
  )
}

/** `…, at least 24 hours before it starts`, `…, two days in advance`: a time goes on with the deed. */
function continuesTime(words: readonly Word[], from: number): boolean {
  const least = ['least', 'most', 'latest'].includes(words[from + 1]?.lower ?? '') ? 2 : 0
  const [number, unit, when] = words.slice(from + least)
  return (
    number?.pos === 'NUM' &&
    timeUnits.has(unit?.lemma ?? '') &&
    ['before', 'after', 'in'].includes(when?.lower ?? '')
  )
}

/** `order a cake, with a pickup time`: what goes with a deed. */
function continuesWith(words: readonly Word[], at: number, limit: number): boolean {
  const joins = ['with', 'including'].includes(words[at]?.lower ?? '')
  const end = nounPhraseEnd(words, at + 1, limit)
  // `…, by the number of the meter`, `…, as a file`: the way of it, where nothing follows.
  const way = ['by', 'via', 'through', 'per', 'as'].includes(words[at]?.lower ?? '')
  const stops = words[end] === undefined || /^[.!;]$/.test(words[end]?.text ?? '')
  if (way && stops && end > at + 1) return true
  // `with the bakery being closed` gives a reason.
  return joins && end > at + 1 && words[end]?.lower.endsWith('ing') !== true
}

const timeUnits = wordSet('minute hour day week month year')

function continuesList(words: readonly Word[], comma: number, limit: number): boolean {
  let at = comma + 1
  if (continuesTime(words, at) || continuesWith(words, at, limit)) return true
  if (isJoin(words[at])) at++
  while (['also', 'then', 'to'].includes(words[at]?.lower ?? '')) at++
  if (isDeedStart(words, at, limit)) return true
  if (subjects.has(words[at]?.lower ?? '')) return false
  const end = nounPhraseEnd(words, at, limit)
  if (end === at || words[at]?.pos === 'PRON') return false
  return !opensClause(words, at, limit) && hasJoinLater(words, end, limit, isJoin(words[comma + 1]))
}

/** A list needs its `and` or `or`, here or later. */
function hasJoinLater(
  words: readonly Word[],
  from: number,
  limit: number,
  joined: boolean,
): boolean {
  if (joined) return true
  for (let index = from; index < Math.min(limit, from + 25); index++) {
    if (isJoin(words[index])) return true
    if (/^[.?!;]$/.test(words[index]?.text ?? '')) return false
  }
  return false
}

/** After `a ticket that was scanned once` where the ticket has a verb of its own: `has to be refused`. */
export function relativeEnd(words: readonly Word[], end: number, limit: number): number {
  if (!['that', 'which', 'who'].includes(words[end]?.lower ?? '')) return end
  for (let at = end + 3; at < Math.min(limit, end + 12); at++) {
    const word = words[at]
    if (word === undefined || word.pos === 'PUNCT' || word.pos === 'CCONJ') return end
    if (obliging.has(word.lower) && words[at - 1]?.pos !== 'PRON') return at
  }
  return end
}

const obliging = wordSet('must should shall can may will has have needs need is are gets get')
const concerned = wordSet('concerned involved affected')
const beforeVerbs = wordSet('only also always just still often never sometimes automatically then')

/** Whether a subject with its own verb begins here. */
export function opensClause(words: readonly Word[], at: number, limit: number): boolean {
  if (subjects.has(words[at]?.lower ?? '')) return true
  if (['when', 'whenever', 'if', 'once'].includes(words[at]?.lower ?? '')) return true
  const subject = relativeEnd(words, subjectPhraseEnd(words, at, limit), limit)
  let end = subject
  while (end > at && words[end]?.pos === 'ADV' && beforeVerbs.has(words[end]?.lower ?? '')) end++
  if (end === at || end >= limit) return false
  const next = words[end]
  if (next === undefined) return false
  // `the clubs concerned get an email`
  const after = words[end + 1]
  if (concerned.has(next.lower) && (after?.pos === 'VERB' || after?.pos === 'AUX')) return true
  if (next.pos === 'AUX') return true
  return next.pos === 'VERB' && !/(?:ing|ed)$/.test(next.lower)
}
