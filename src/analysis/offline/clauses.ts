import { isDeedStart, opensClause } from './clause-end.ts'
import { conditionOf } from './deeds.ts'
import { phraseList, wordSet } from './lexicon/word-set.ts'
import { isNoun } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import { phraseLength, type Word } from './words.ts'

const joins = wordSet('and or but so plus yet')
const stops = wordSet('; : — – --')
const subordinating = wordSet(
  'if when whenever once while unless until because since as after before',
)
/** What is added to what was said goes on without a verb of its own. */
const adding = phraseList(`
  no
  not
  without
  never
  nor
  neither
  maybe
  perhaps
  possibly
  ideally
  preferably
  if possible
  also
  as well as
  including
  with
  plus
`)

/** The clauses of a sentence that can carry something of their own, in its order; together they are all of it. */
export function clausesIn(words: readonly Word[]): (readonly Word[])[] {
  const clauses: (readonly Word[])[] = []
  let open = 0
  let main = mainStart(words, 0)
  for (let at = 1; at < words.length; at++) {
    const next = afterJoint(words, at)
    if (next === at || next >= words.length || at <= main) continue
    if (!stops.has(words[at]?.lower ?? '') && !opensNew(words, at, next)) continue
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

function opensNew(words: readonly Word[], joint: number, at: number): boolean {
  if (phraseLength(words, at, adding) > 0) return true
  if (subordinating.has(words[at]?.lower ?? '')) return false
  return (
    opensClause(words, at, words.length) ||
    // `add and edit classes` is one wish about classes.
    (words[joint - 1]?.pos !== 'VERB' && isDeedStart(words, at, words.length))
  )
}

/** `If it rains, the coach gets a message`: a condition carries nothing without what follows from it. */
function mainStart(words: readonly Word[], from: number): number {
  const at = from + openingEnd(words.slice(from))
  if (!subordinating.has(words[at]?.lower ?? '')) return from
  const comma = words.findIndex(({ lower }, index) => index > at && lower === ',')
  if (comma !== -1) return comma
  const condition = conditionOf(words.slice(at))
  const end = at + (condition?.text.split(' ').length ?? 0)
  return Math.max(end, at + 1)
}

/** A deed or a thing; `and so on` has none. */
function hasMatter(words: readonly Word[]): boolean {
  return words.some((word) => isNoun(word) || word.pos === 'VERB' || word.pos === 'NUM')
}
