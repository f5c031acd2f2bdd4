import { wordSet } from '../lexicon/word-set.ts'
import { sameForm } from '../lexicon/verbs.ts'
import type { Word } from '../words.ts'

export type Modal = 'must' | 'should' | 'can' | 'could' | 'will' | 'wish' | 'none'

/** The verbs of a clause. */
export interface VerbGroup {
  modal: Modal
  negated: boolean
  only: boolean
  past: boolean
  form: 'deed' | 'passive' | 'state'
  verb: Word
  /** What says how or how often, said between the verbs: `automatically`. */
  adverbs: readonly Word[]
  /** Where the verbs end (exclusive). */
  end: number
}

const modals: ReadonlyMap<string, Modal> = new Map([
  ['must', 'must'],
  ['shall', 'must'],
  ['should', 'should'],
  ['ought', 'should'],
  ['can', 'can'],
  ['ca', 'can'],
  ['may', 'can'],
  ['could', 'could'],
  ['might', 'could'],
  ['will', 'will'],
  ["'ll", 'will'],
  ['wo', 'will'],
  ['would', 'will'],
  ["'d", 'will'],
])
const obliging = wordSet('supposed meant obliged required bound to')
const enabling = wordSet('able allowed entitled free')
const denying = wordSet("n't not never")
const being = wordSet("be is are am 's 're 'm was were been being get gets got")
const wishing = wordSet('want wants need needs like love prefer prefers wish expect')
const gone = wordSet('come gone been got become had')
const idle = wordSet(
  'also really just then probably maybe still even actually simply easily usually normally already ever all always both',
)

interface Draft {
  modal: Modal
  negated: boolean
  only: boolean
  past: boolean
  adverbs: Word[]
}

/** The verbs that begin at a place; undefined where nothing is told by them. */
export function verbGroupAt(words: readonly Word[], from: number): VerbGroup | undefined {
  if (from < 0) return undefined
  const draft: Draft = { modal: 'none', negated: false, only: false, past: false, adverbs: [] }
  let at = from
  for (let step = 0; step < 12; step++) {
    const next = stepAt(words, at, draft)
    if (next === at) break
    at = next
  }
  const word = words[at]
  if (word === undefined) return undefined
  const contracted = word.lower === "'s" && gone.has(words[at + 1]?.lower ?? '')
  const has = contracted || ['have', 'has', "'ve", 'had'].includes(word.lower)
  const done = afterAdverbs(words, at + 1)
  if (has && isParticiple(words[done])) return told(words, done, { ...draft, past: true }, 'deed')
  if (being.has(word.lower)) return beingAt(words, at, draft)
  if (wishing.has(word.lower) && (draft.modal !== 'none' || word.pos !== 'NOUN'))
    return wishAt(words, at, draft)
  if (word.pos !== 'VERB' && word.pos !== 'AUX' && draft.modal === 'none') return undefined
  const past = draft.modal === 'none' && isPastForm(word)
  return told(words, at, { ...draft, past: draft.past || past }, 'deed')
}

/** Over one word that is no main verb yet; the same place where the main verb stands. */
function stepAt(words: readonly Word[], at: number, draft: Draft): number {
  const word = words[at]
  const next = words[at + 1]?.lower ?? ''
  if (word === undefined) return at
  const modal = modals.get(word.lower)
  if (modal !== undefined && word.pos !== 'NOUN') {
    draft.modal = modal
    return next === 'to' ? at + 2 : at + 1
  }
  if (denying.has(word.lower)) {
    draft.negated = true
    return at + 1
  }
  if (['have', 'has', 'need', 'needs', 'had'].includes(word.lower) && next === 'to') {
    draft.modal = 'must'
    draft.past ||= word.lower === 'had'
    return at + 2
  }
  const ofWill = afterAdverbs(words, at + 1)
  const marked = words[ofWill]?.lower ?? ''
  if (being.has(word.lower) && words[ofWill + 1]?.lower === 'to') {
    if (!enabling.has(marked) && !obliging.has(marked)) return at
    draft.modal = enabling.has(marked) ? 'can' : 'must'
    return ofWill + 2
  }
  if (['get', 'gets'].includes(word.lower) && next === 'to') {
    draft.modal = 'can'
    return at + 2
  }
  const auxiliary = ['do', 'does', 'did'].includes(word.lower)
  if (auxiliary && (denying.has(next) || words[at + 1]?.pos === 'VERB')) {
    draft.past ||= word.lower === 'did'
    return at + 1
  }
  if (word.lower === 'only') draft.only = true
  const adverb = word.pos === 'ADV' || word.lower === 'both' || word.lower === 'all'
  if (!adverb || words[at + 1] === undefined) return at
  if (!idle.has(word.lower) && word.lower !== 'only') draft.adverbs.push(word)
  return at + 1
}

function afterAdverbs(words: readonly Word[], from: number): number {
  let at = from
  while (words[at]?.pos === 'ADV' || denying.has(words[at]?.lower ?? '')) at++
  return at
}

/** `is told`, `gets split`, `is doing`, `is ready` */
function beingAt(words: readonly Word[], at: number, draft: Draft): VerbGroup | undefined {
  const done = afterAdverbs(words, at + 1)
  const isDenied = words.slice(at + 1, done).some(({ lower }) => denying.has(lower))
  const negated = draft.negated !== isDenied
  const word = words[at]
  const past = draft.past || ['was', 'were', 'got'].includes(word?.lower ?? '')
  const next = words[done]
  const adverbs = words
    .slice(at + 1, done)
    .filter(({ lower }) => !denying.has(lower) && !idle.has(lower))
  const more = { ...draft, negated, past, adverbs: [...draft.adverbs, ...adverbs] }
  if (next?.lower === 'being' && isParticiple(words[done + 1]))
    return told(words, done + 1, more, 'passive')
  if (isParticiple(next)) return told(words, done, more, 'passive')
  if (next?.pos === 'VERB' && next.lower.endsWith('ing')) return told(words, done, more, 'deed')
  if (word === undefined) return undefined
  if (word.lower.startsWith('g')) return told(words, at, { ...draft, past }, 'deed')
  const be = { ...word, text: 'be', lower: 'be', lemma: 'be' }
  return { ...draft, negated, past, form: 'state', verb: be, end: at + 1 }
}

/** `wants to see`: a wish of whoever it is. */
function wishAt(words: readonly Word[], at: number, draft: Draft): VerbGroup | undefined {
  const verb = words[at]
  if (verb === undefined) return undefined
  return { ...draft, modal: 'wish', form: 'deed', verb, end: at + 1 }
}

function told(
  words: readonly Word[],
  at: number,
  draft: Draft,
  form: VerbGroup['form'],
): VerbGroup | undefined {
  const verb = words[at]
  return verb === undefined ? undefined : { ...draft, form, verb, end: at + 1 }
}

function isParticiple(word: Word | undefined): boolean {
  if (word === undefined) return false
  const split = ['split', 'put', 'set', 'cut', 'let', 'shut', 'read'].includes(word.lower)
  if (split && (word.pos === 'NOUN' || word.pos === 'VERB')) return sameForm.has(word.lower)
  return isPastForm(word)
}

/** `came`, `told`: of one, the present ends in s. */
function isPastForm({ pos, lower, lemma }: Word): boolean {
  return pos === 'VERB' && lower !== lemma && !/(?:ing|s)$/.test(lower)
}
