import { wordSet } from './lexicon/word-set.ts'
import { nounPhraseEnd } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import type { Sentence } from './sentences.ts'
import { longEnough } from './whole-answers.ts'
import { textOf, type Tagger, type Word } from './words.ts'

const allowing = wordSet('may can could should must do does is are will')
const holding = wordSet('fit go belong come')
const small = wordSet(
  'at most up to maximum max no more than only just tops about it the very absolute',
)

/**
 * `How many bikes may one person take? – Five at most.`: the answer as the sentence `one person can take
 * at most five bikes`; undefined for any other answer.
 */
export function wholeLimit(
  words: readonly Word[],
  asked: Sentence | undefined,
  tag: Tagger,
): readonly Word[] | undefined {
  const from = openingEnd(words)
  const sized = asked?.asks === true ? longEnough(words, from, asked.words) : undefined
  if (sized !== undefined) return tag(sized)
  const question = asked?.asks === true ? howMany(asked.words) : undefined
  const stop = words.findIndex(({ pos }, at) => at >= from && pos === 'PUNCT')
  const answer = words.slice(from, stop === -1 ? words.length : stop)
  const number = answer.find(({ pos }) => pos === 'NUM')
  if (question === undefined || number === undefined || answer.length > 6) return undefined
  const { units, who, deed } = question
  const rest = answer.filter((word) => word !== number && !small.has(word.lower))
  if (rest.some(({ lower }) => !units.some((unit) => unit.lower === lower))) return undefined
  return tag(`${textOf(who)} can ${textOf(deed)} at most ${number.text} ${textOf(units)}.`)
}

/** Of `how many people fit in an event?` the people, the event and that it holds them. */
function howManyFit(words: readonly Word[], at: number): HowMany | undefined {
  const fit = words.findIndex(({ lower }, index) => index > at + 2 && holding.has(lower))
  const inside = ['in', 'into', 'on', 'to'].includes(words[fit + 1]?.lower ?? '')
  const who = words.slice(fit + 2, nounPhraseEnd(words, fit + 2))
  const units = words.slice(at + 2, fit)
  const verb = words[fit]
  if (fit === -1 || !inside || who.length === 0 || units.length > 4 || verb === undefined)
    return undefined
  return { units, who, deed: [{ ...verb, text: 'hold', lower: 'hold', lemma: 'hold' }] }
}

interface HowMany {
  units: readonly Word[]
  who: readonly Word[]
  deed: readonly Word[]
}

/** Of `how many bikes may one person take?` the bikes, the person and the taking. */
function howMany(words: readonly Word[]): HowMany | undefined {
  const at = words.findIndex(
    ({ lower }, index) => lower === 'how' && words[index + 1]?.lower === 'many',
  )
  if (at === -1) return undefined
  const held = howManyFit(words, at)
  if (held !== undefined) return held
  const modal = words.findIndex(({ lower }, index) => index > at + 2 && allowing.has(lower))
  const end = modal === -1 ? modal : nounPhraseEnd(words, modal + 1)
  const units = words.slice(at + 2, modal)
  const who = words.slice(modal + 1, end)
  const deed = words.slice(end).filter(({ pos }) => pos !== 'PUNCT')
  const usable = modal !== -1 && units.length > 0 && units.length < 5 && who.length > 0
  return usable && deed.length === 1 ? { units, who, deed } : undefined
}
