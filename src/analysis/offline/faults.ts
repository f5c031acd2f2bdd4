import { phraseList, wordSet } from './lexicon/word-set.ts'
import { phraseLength, type Word } from './words.ts'

const faults = phraseList(`
  the wrong
  a wrong
  wrong
  incorrect
  is broken
  are broken
  does not work
  does n't work
  do not work
  do n't work
  crashes
  crash
  freezes
  freeze
  hangs
  fails
  fail
  an error
  errors
  error message
  error messages
  a blank page
  a white page
  a blank screen
  a white screen
  is missing
  are missing
  disappears
  disappear
  is lost
  are lost
  is cut off
  are cut off
  gets cut off
  get cut off
  cuts off
  times out
  time out
  is garbled
  are garbled
  is found
  is shown
  happens
`)
/** These tell of a fault only together with `nothing` or `not`. */
const denied = wordSet('found shown happens')

const showing = wordSet('show say display print read list give return calculate export count')

/** `shows 1 instead of 1.50`, `cuts long names off` */
function contradictsItself(said: readonly Word[]): boolean {
  const shows = said.findIndex(
    ({ pos, lemma }, at) => at < 3 && pos === 'VERB' && showing.has(lemma),
  )
  const instead = said.findIndex((_, at) => phraseLength(said, at, wrongly) > 0)
  if (shows !== -1 && instead > shows + 1) return true
  const cut = said.findIndex(({ lemma }) => lemma === 'cut')
  return cut !== -1 && said.slice(cut + 1, cut + 6).some(({ lower }) => lower === 'off')
}

const wrongly = phraseList('instead\nrather than')

/** Whether words tell of a fault by themselves: `shows the wrong total`, `crashes`. */
export function faultAt(said: readonly Word[], subject: string): boolean {
  if (contradictsItself(said)) return true
  const nothing = subject === 'nothing' || subject === 'nobody'
  const at = said.findIndex((_, index) => phraseLength(said, index, faults) > 0)
  const last = said[at + phraseLength(said, Math.max(at, 0), faults) - 1]
  return at !== -1 && (nothing || !denied.has(last?.lower ?? ''))
}

const contrasts = phraseList('instead\nrather than\nand not\nbut not\ntwo times\nthree times')
const denials = phraseList(
  "does not\ndoes n't\ndo not\ndo n't\nno longer\nnever\ncan not\nca n't\ncannot\nwo n't\nis not\nis n't\nare not\nare n't",
)
const amiss = wordSet(
  'twice double doubled duplicated upside garbled blank empty misspelled unreadable scrambled stuck',
)
const breaking = wordSet(
  'cut end stop break jump vanish flicker forget lose mix swap double duplicate skip drop miss ignore overwrite round truncate shift reset hang',
)
const goesOn = wordSet(
  'back it them off after at in up out over everything all the a an every some half',
)
const measures = wordSet('second minute hour day week line page row column cent euro pixel')
const astray = wordSet('late early short off behind ahead')

/**
 * Whether words tell of a fault where the talk is about one: `only has the first page`, `shows 1
 * instead of 1.50`, `comes twice`, `is an hour late`. Elsewhere they may be what is wanted.
 */
export function slipIn(said: readonly Word[]): boolean {
  return said.some((word, at) => {
    const next = said[at + 1]
    if (phraseLength(said, at, contrasts) > 0 || phraseLength(said, at, denials) > 0) return true
    if (amiss.has(word.lower)) return true
    // `only has the first page`, `shows only half of them`
    if (word.lower === 'only') return at < 2
    if (word.lower === 'too') return next?.pos === 'ADJ' || next?.pos === 'ADV'
    if (astray.has(word.lower)) return measures.has(said[at - 1]?.lemma ?? '')
    const present = word.pos === 'VERB' && at < 2 && breaking.has(word.lemma)
    return present && (next === undefined || goesOn.has(next.lower))
  })
}
