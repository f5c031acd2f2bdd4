import { isDeedStart, isPair, opensClause } from './clause-end.ts'
import { conditionOf } from './deeds.ts'
import { goingOn } from './lexicon/speech.ts'
import { phraseList, wordSet } from './lexicon/word-set.ts'
import { isNoun } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import { isDated } from './dates.ts'
import { sequelAt } from './sequel.ts'
import { phraseLength, type Word } from './words.ts'

const joins = wordSet('and or but so plus yet')
const stops = wordSet('; : — – --')
const subordinating = wordSet(
  'if when whenever once while unless until because since as after before',
)
/** A refusal or an order goes on without a subject of its own, too. */
const ordering = phraseList("never\nnor\nneither\nplease\ndo n't\ndo not\nleave")

type Opens = (words: readonly Word[], joint: number, at: number) => boolean

/** The clauses of a sentence that can carry something of their own, in its order. */
export function clausesIn(words: readonly Word[]): (readonly Word[])[] {
  return clausesBy(words, opensAny)
}

/** The clauses of a sentence that have a subject of their own, in its order, each with its condition. */
export function mainClausesIn(words: readonly Word[]): (readonly Word[])[] {
  return clausesBy(words, opensOwn)
}

function clausesBy(words: readonly Word[], opens: Opens): (readonly Word[])[] {
  const clauses: (readonly Word[])[] = []
  let open = 0
  let main = mainStart(words, 0)
  for (let at = 1; at < words.length; at++) {
    const next = afterJoint(words, at)
    if (next === at || next >= words.length || at <= main || isPair(words, at)) continue
    if (!stops.has(words[at]?.lower ?? '') && !opens(words, at, next)) continue
    if (!hasMatter(words.slice(open, at)) || !hasMatter(words.slice(next))) continue
    clauses.push(words.slice(open, at))
    open = next
    main = mainStart(words, next)
    at = next
  }
  return [...clauses, words.slice(open)]
}

/** Behind `, and`, `;`, `or`; the same place where nothing joins. */
function afterJoint(words: readonly Word[], at: number): number {
  let next = at
  while (isJoint(words[next])) next++
  return next
}

function isJoint(word: Word | undefined): boolean {
  return (
    word !== undefined && (word.lower === ',' || joins.has(word.lower) || stops.has(word.lower))
  )
}

function opensAny(words: readonly Word[], joint: number, at: number): boolean {
  // `say yes or no to a rehearsal` adds nothing.
  const answers = words[at]?.lower === 'no' && words[at + 1]?.lower === 'to'
  const adds = phraseLength(words, at, goingOn) > 0 && !answers
  if (adds || phraseLength(words, at, ordering) > 0 || isDated(words, at)) return true
  // `add and edit classes` is one wish about classes.
  const deed = words[joint - 1]?.pos !== 'VERB' && isDeedStart(words, at, words.length)
  return deed || opensOwn(words, joint, at)
}

function opensOwn(words: readonly Word[], joint: number, from: number): boolean {
  const then = ['then', 'also'].includes(words[from]?.lower ?? '') ? from + 1 : from
  const at = then + sequelAt(words, then)
  if (!subordinating.has(words[at]?.lower ?? '')) return opensClause(words, at, words.length)
  // `… and when a slot is free the next one gets a message`
  const goesOn = words.slice(joint, at).some(({ lower }) => joins.has(lower))
  return goesOn && conditionOf(words.slice(at)) !== undefined
}

/** `If it rains, the coach gets a message`: a condition carries nothing without what follows from it. */
function mainStart(words: readonly Word[], from: number): number {
  const at = from + openingEnd(words.slice(from))
  if (!subordinating.has(words[at]?.lower ?? '')) return from
  const condition = conditionOf(words.slice(at))
  const end = at + (condition?.text.split(' ').length ?? 1)
  const comma = words.findIndex(({ lower }, index) => index > at && lower === ',')
  return Math.max(comma, end)
}

/** A deed or a thing; `and so on` has none. */
function hasMatter(words: readonly Word[]): boolean {
  return words.some((word) => isNoun(word) || word.pos === 'VERB' || word.pos === 'NUM')
}
