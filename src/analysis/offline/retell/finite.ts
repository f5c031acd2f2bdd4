import { wordSet } from '../lexicon/word-set.ts'
import type { Word } from '../words.ts'

const relating = wordSet('who which that whose where')
const free = wordSet('whoever whatever what whichever')

/** Where the verb stands that the clause is told by; -1 where there is none. */
export function finiteAt(words: readonly Word[], from: number): number {
  // `Whoever picks up the phone has to …`
  const opens = free.has(words[from]?.lower ?? '') ? from + 2 : from
  let inner = 0
  for (let at = opens; at < words.length; at++) {
    const word = words[at]
    if (word === undefined) break
    if (relates(words, at, from)) inner = 1
    if (!isFinite(words, at, from)) continue
    if (inner === 0) return at
    inner = 0
    at = groupEnd(words, at) - 1
  }
  return -1
}

function relates(words: readonly Word[], at: number, from: number): boolean {
  const before = words[at - 1]
  return (
    at > from && relating.has(words[at]?.lower ?? '') && before !== undefined && isThing(before)
  )
}

function isThing({ pos, lower }: Word): boolean {
  return pos === 'NOUN' || pos === 'PROPN' || lower === ',' || lower === 'one'
}

const indefinite = wordSet('everything anything something nothing')
const wishing = wordSet("like love want need prefer wish 'd")

function isFinite(words: readonly Word[], at: number, from: number): boolean {
  const word = words[at]
  const before = words[at - 1]
  if (word === undefined || indefinite.has(word.lower)) return false
  if (word.pos === 'AUX') return !(before?.lower === 'to' && at > from)
  if (word.lower === "'s" && word.pos === 'PART')
    return ['VERB', 'ADJ', 'ADV', 'AUX'].includes(words[at + 1]?.pos ?? '')
  if (wishing.has(word.lower) && before?.pos === 'PRON') return true
  if (word.pos !== 'VERB' || word.lower.endsWith('ing')) return false
  if (before?.lower === 'to' || before?.pos === 'DET' || before?.pos === 'ADP') return false
  return !isReduced(words, at)
}

/** `the amount owed is …`, `the tests ordered must …`: says which. */
function isReduced(words: readonly Word[], at: number): boolean {
  const word = words[at]
  const past = word !== undefined && word.lower !== word.lemma && !word.lower.endsWith('s')
  if (!past || words[at - 1]?.pos !== 'NOUN') return false
  const next = words.slice(at + 1, at + 7)
  const stop = next.findIndex(({ pos }) => pos === 'PUNCT' || pos === 'CCONJ' || pos === 'SCONJ')
  return next.slice(0, stop === -1 ? next.length : stop).some(({ pos }) => pos === 'AUX')
}

/** Behind the verbs of one group: `has already been paid`. */
function groupEnd(words: readonly Word[], from: number): number {
  let at = from + 1
  while (['AUX', 'PART', 'ADV', 'VERB'].includes(words[at]?.pos ?? '')) {
    if (words[at]?.pos === 'VERB') return at + 1
    if (words[at - 1]?.pos === 'VERB') return at
    at++
  }
  return at
}
