import { isHuman } from './lexicon/nouns.ts'
import { technologies } from './lexicon/technologies.ts'
import { wordSet } from './lexicon/word-set.ts'
import {
  actionVerbs,
  particles,
  plainNouns,
  stateParticiples,
  systemVerbs,
} from './lexicon/verbs.ts'
import type { Word } from './words.ts'

const objectPronouns = wordSet('it them him her me us')
const subjectPronouns = wordSet('i we you they he she who')
const noHeads = wordSet('same other next first last only whole most least more less few many')

/** Puts right what a tagger for newspapers gets wrong in talk about software. */
export function retag(words: readonly Word[]): Word[] {
  const fixed = [...words]
  for (let at = 0; at < fixed.length; at++) {
    const word = fixed[at]
    if (word === undefined) continue
    if (/^[A-Z]/.test(word.text) && technologies.has(word.lower) && at > 0) {
      fixed.splice(at, 1, { ...word, pos: 'PROPN', lemma: word.lower })
    } else if (isRanked(fixed, at, word)) {
      fixed.splice(at, 1, { ...word, pos: 'NOUN', lemma: 'one' })
    } else if (isModalHere(fixed, at, word)) {
      fixed.splice(at, 1, { ...word, pos: 'AUX', lemma: word.lower })
    } else if (isDoerHere(fixed, at, word)) {
      fixed.splice(at, 1, { ...word, pos: 'NOUN', lemma: word.lower.replace(/s$/, '') })
    } else if (followsModal(fixed, at, word)) {
      fixed.splice(at, 1, { ...word, pos: 'VERB', lemma: word.lower })
    } else if (isDone(fixed, at, word)) {
      fixed.splice(at, 1, { ...word, pos: 'VERB', lemma: participleBase(word.lower) ?? word.lemma })
    } else if (isDoneAfterModal(fixed, at, word)) {
      fixed.splice(at, 1, { ...word, pos: 'VERB', lemma: word.lower.replace(/(?:ed)$/, '') })
    } else if (isCosting(fixed, at, word)) {
      fixed.splice(at, 1, { ...word, pos: 'VERB', lemma: 'cost' })
    } else if (isVerbHere(fixed, at, word)) {
      fixed.splice(at, 1, { ...word, pos: 'VERB', lemma: baseVerb(word.lower) ?? word.lemma })
      const before = fixed[at - 1]
      if (before?.pos === 'ADJ') fixed.splice(at - 1, 1, { ...before, pos: 'NOUN' })
    } else if (failsHere(fixed, at, word)) {
      fixed.splice(at, 1, { ...word, pos: 'VERB' })
    } else if (costsHere(fixed, at, word)) {
      fixed.splice(at, 1, { ...word, pos: 'VERB', lemma: 'cost' })
    } else if (word.lower === 'right' && soon.has(fixed[at + 1]?.lower ?? '')) {
      fixed.splice(at, 1, { ...word, pos: 'ADV', lemma: 'right' })
    } else if (isNounHere(fixed, at, word)) {
      fixed.splice(at, 1, { ...word, pos: 'NOUN', lemma: nounLemma(word) })
    }
  }
  return fixed
}

/** `the first one on the list` is somebody or something. */
function isRanked(words: readonly Word[], at: number, { lower }: Word): boolean {
  const ranked = ['first', 'second', 'third', 'next', 'last', 'other', 'new', 'old'].includes(
    words[at - 1]?.lower ?? '',
  )
  return lower === 'one' && ranked && isArticle(words[at - 2])
}

const modals = wordSet('can could should must may might shall will would ca')
/** `those must stay`: no noun. */
function isModalHere(words: readonly Word[], at: number, { pos, lower }: Word): boolean {
  const points = ['those', 'these', 'that', 'they', 'who', 'which'].includes(
    words[at - 1]?.lower ?? '',
  )
  return pos === 'NOUN' && points && ['must', 'can', 'may', 'might'].includes(lower)
}

const notDeeds = wordSet(
  'not only also even just still always never then easily automatically maybe probably definitely really all both',
)

/** `ushers should …`: what stands before a modal does something, it is no deed. */
function isDoerHere(words: readonly Word[], at: number, word: Word): boolean {
  const before = words[at - 1]
  const follows = before !== undefined && ['PRON', 'AUX', 'PART', 'ADV'].includes(before.pos)
  return (
    word.pos === 'VERB' &&
    (!follows || before?.lower === 'that') &&
    /[a-z]{2}s$/.test(word.lower) &&
    (modals.has(words[at + 1]?.lower ?? '') ||
      (before?.lower === 'for' && words[at + 1]?.lower === 'to'))
  )
}

/** `must be informed` is done to somebody; it is no quality. */
function isDone(words: readonly Word[], at: number, word: Word): boolean {
  const [before, first] = [words[at - 1], words[at - 2]]
  const be = before?.lower === 'be' || (before?.pos === 'ADV' && first?.lower === 'be')
  return (
    word.pos === 'ADJ' &&
    be &&
    !stateParticiples.has(word.lower) &&
    participleBase(word.lower) !== undefined
  )
}

/** `should be refreshed`: done, whatever the word is. */
function isDoneAfterModal(words: readonly Word[], at: number, word: Word): boolean {
  const asks = modals.has(words[at - 2]?.lower ?? '') || words[at - 2]?.lower === 'to'
  const next = words[at + 1]
  const closes = next === undefined || ['PUNCT', 'ADP', 'DET', 'ADV', 'NUM'].includes(next.pos)
  return (
    word.pos === 'ADJ' &&
    words[at - 1]?.lower === 'be' &&
    asks &&
    closes &&
    /[a-z]{3}ed$/.test(word.lower) &&
    !stateParticiples.has(word.lower)
  )
}

/** `informed` → `inform`, `saved` → `save`, `stopped` → `stop` */
function participleBase(lower: string): string | undefined {
  if (!lower.endsWith('ed')) return undefined
  const cut = lower.slice(0, -2)
  return [cut, `${cut}e`, cut.slice(0, -1), cut.replace(/i$/, 'y')].find(
    (base) => actionVerbs.has(base) || systemVerbs.has(base),
  )
}

/** `can scan tickets`, `able to scan tickets`: a deed, whatever else the word may be. */
function followsModal(words: readonly Word[], at: number, word: Word): boolean {
  if (!['NOUN', 'ADJ', 'PROPN', 'X'].includes(word.pos) || notDeeds.has(word.lower)) return false
  const before = words[at - 1]?.lower ?? ''
  const able = before === 'to' && ['able', 'allowed'].includes(words[at - 2]?.lower ?? '')
  const modal = modals.has(before) && words[at - 1]?.pos === 'AUX' && at > 1
  return (able || modal) && /^[a-z]{2,20}$/.test(word.lower) && !word.lower.endsWith('ly')
}

/** `a ride costs 2 euros`, `tickets cost about $5` */
function isCosting(words: readonly Word[], at: number, { lower, pos }: Word): boolean {
  if (at === 0 || pos === 'VERB' || (lower !== 'costs' && lower !== 'cost')) return false
  const hedged = ['about', 'around', 'roughly', 'only', 'just'].includes(words[at + 1]?.lower ?? '')
  const next = words[at + (hedged ? 2 : 1)]
  return next?.pos === 'NUM' || /^[\d$€£]/.test(next?.text ?? '')
}

/** `visitors request a viewing`, `the mechanic changes the status`, `search them`. */
function isVerbHere(words: readonly Word[], at: number, word: Word): boolean {
  if (word.pos !== 'NOUN' && word.pos !== 'ADJ' && word.pos !== 'PROPN') return false
  if (isDoneToUs(words, at)) return true
  const base = baseVerb(word.lower)
  if (base === undefined) return false
  const [before, next] = [words[at - 1], words[at + 1]]
  // `it updates on its own`
  if (before?.lower === 'it' && before.pos === 'PRON' && word.lower !== base) return true
  // `let people filter by name`
  const lets = ['let', 'lets', 'allow'].includes(words[at - 2]?.lower ?? '')
  if (lets && word.lower === base && before?.pos === 'NOUN' && isPluralNoun(before)) return true
  // `the customer signs on the phone`: a person, and what ends like a present.
  const acts = word.lower !== base && next?.pos === 'ADP' && at > 1
  if (acts && before?.pos === 'NOUN' && isHuman(before.lemma) && isArticle(words[at - 2]))
    return true
  // `a member signs up`
  const relates = before !== undefined && subjectPronouns.has(before.lower)
  if (relates && particles.get(base)?.has(next?.lower ?? '') === true) return true
  if (particles.get(base)?.has(next?.lower ?? '') === true && before?.pos === 'NOUN')
    return isPluralNoun(before) === (word.lower === base)
  const hasObject =
    next !== undefined &&
    (opensObject(next) || objectPronouns.has(next.lower) || isOldThings(next, words[at + 2]))
  if (before?.lower === 'to' && word.lower === base && hasObject && at > 1)
    return (
      words[at - 2]?.pos !== 'NOUN' || ['able', 'want', 'need'].includes(words[at - 2]?.lower ?? '')
    )
  // `technicians work on it`
  const through =
    next?.pos === 'ADP' && objectPronouns.has(words[at + 2]?.lower ?? '') && word.lower === base
  if (through && before !== undefined && isPluralNoun(before)) return true
  if (!hasObject) return false
  if (next.lower === 'it' || next.lower === 'them') return true
  if (before === undefined) return false
  if (subjectPronouns.has(before.lower)) return true
  const plural = isPluralNoun(before)
  if (word.lower === base) return plural
  const single = before.pos === 'NOUN' || (before.pos === 'ADJ' && isArticle(words[at - 2]))
  return single && !plural
}

/** `people ring us`: no noun stands before a pronoun. */
function isDoneToUs(words: readonly Word[], at: number): boolean {
  const [before, next] = [words[at - 1], words[at + 1]]
  const many = before !== undefined && (before.lower === 'people' || isPluralNoun(before))
  return (
    many && objectPronouns.has(next?.lower ?? '') && next?.pos === 'PRON' && next.lower !== 'her'
  )
}

/** `cuts long names` */
function isOldThings(next: Word, after: Word | undefined): boolean {
  return next.pos === 'ADJ' && after !== undefined && isPluralNoun(after)
}

function isPluralNoun({ pos, lower, lemma }: Word): boolean {
  const many = lower.endsWith('s') && lemma !== lower
  return pos === 'NOUN' && (many || ['people', 'children'].includes(lower))
}

const soon = wordSet('away now')

/** `seats in the front row cost 2 euros`, `a room costs 40 euros` */
function costsHere(words: readonly Word[], at: number, { pos, lower }: Word): boolean {
  const [before, next] = [words[at - 1], words[at + 1]]
  const isVerb = pos === 'NOUN' && ['cost', 'costs'].includes(lower)
  return (
    isVerb && before?.pos === 'NOUN' && (next?.pos === 'NUM' || /^[$€£]/.test(next?.text ?? ''))
  )
}

const failing = wordSet('crashes freezes hangs fails disappears vanishes flickers')

/** `the start page crashes.` */
function failsHere(words: readonly Word[], at: number, { pos, lower }: Word): boolean {
  const [before, next] = [words[at - 1], words[at + 1]]
  const alone = next === undefined || ['PUNCT', 'SCONJ', 'ADV', 'CCONJ'].includes(next.pos)
  return (
    pos === 'NOUN' && failing.has(lower) && before?.pos === 'NOUN' && alone && !isPluralNoun(before)
  )
}

/** `a subject, …`, `a rental has …`, `per viewing`. */
function isNounHere(words: readonly Word[], at: number, word: Word): boolean {
  const before = words[at - 1]
  // `a bike rental`, `a car hire`
  if (plainNouns.has(word.lower) && before?.pos === 'NOUN' && ['ADJ', 'VERB'].includes(word.pos))
    return closes(words[at + 1]) || words[at + 1]?.pos === 'NOUN'
  // `Swapping has to be approved`
  const gerund = word.pos === 'VERB' && word.lower.endsWith('ing') && words[at + 1]?.pos === 'AUX'
  if (gerund && (before === undefined || ['PUNCT', 'CCONJ'].includes(before.pos))) return true
  // `we need video calls`
  const wished = ['need', 'want', 'like', 'have'].includes(words[at - 2]?.lower ?? '')
  const many = word.pos === 'VERB' && /[a-z]{3}s$/.test(word.lower) && before?.pos === 'NOUN'
  if (wished && many && !isPluralNoun(before)) return true
  // `push notifications` are a thing.
  if (word.lower === 'push' && words[at + 1]?.lemma === 'notification') return true
  if (before?.lower === 'per' || before?.lower === 'each' || before?.lower === 'every') {
    return ['ADJ', 'VERB'].includes(word.pos) && closes(words[at + 1])
  }
  // `the team lead assigns`
  const next = words[at + 1]
  if (
    word.pos === 'VERB' &&
    word.lower === word.lemma &&
    before?.pos === 'NOUN' &&
    isArticle(words[at - 2])
  )
    return next?.pos === 'VERB' && next.lower !== next.lemma && next.lower.endsWith('s')
  if (word.pos === 'VERB' && isListed(word, before, next, words[at + 2])) return true
  if (word.pos === 'ADJ' && isArticle(before)) {
    // `a good, solid chance`
    const goesOn = words[at + 1]?.lower === ',' && words[at + 2]?.pos === 'ADJ'
    return (
      !noHeads.has(word.lower) && !goesOn && closes(words[at + 1]) && !/(?:ed|ly)$/.test(word.lower)
    )
  }
  if (word.pos === 'VERB' && isArticle(before) && closes(words[at + 1])) {
    return word.lower === word.lemma || plainNouns.has(word.lower) || word.lower.endsWith('ing')
  }
  return false
}

/** `Address, number of rooms and rent`; `the groomer, start time and the price`. */
function isListed(
  { lower }: Word,
  before: Word | undefined,
  next: Word | undefined,
  after: Word | undefined,
): boolean {
  if (lower === 'address')
    return before === undefined && next?.lower === ',' && after?.pos !== 'VERB'
  const opens = before === undefined || before.lower === ',' || before.lower === 'and'
  return opens && ['start', 'end'].includes(lower) && ['time', 'date'].includes(next?.lower ?? '')
}

function isArticle(word: Word | undefined): boolean {
  return ['a', 'an', 'the', 'each', 'every', 'our', 'their', 'my'].includes(word?.lower ?? '')
}

/** What may stand right after a noun phrase. */
function closes(word: Word | undefined): boolean {
  return word === undefined || ['PUNCT', 'AUX', 'CCONJ', 'ADP', 'SCONJ'].includes(word.pos)
}

const asking = wordSet('what which where whether how who')

function opensObject(word: Word): boolean {
  return (
    word.pos === 'DET' ||
    word.pos === 'NUM' ||
    asking.has(word.lower) ||
    ['my', 'our', 'your', 'their', 'his', 'all', 'new', 'every', 'each'].includes(word.lower)
  )
}

/** `changes` → `change`, when that is something that people do; undefined for other words. */
function baseVerb(lower: string): string | undefined {
  if (actionVerbs.has(lower)) return lower
  return [lower.replace(/s$/, ''), lower.replace(/es$/, ''), lower.replace(/ies$/, 'y')].find(
    (base) => base !== lower && actionVerbs.has(base),
  )
}

function nounLemma(word: Word): string {
  return word.pos === 'VERB' && word.lower.endsWith('ing') ? word.lower : word.lemma
}
