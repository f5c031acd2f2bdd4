import { theSystem, type Actor, type Mention } from './actors.ts'
import { amountIn } from './amounts.ts'
import { findAnchors } from './anchors.ts'
import { clausesIn } from './clauses.ts'
import { conditionOf, deedsFrom, type ConditionPart, type Deed } from './deeds.ts'
import type { Statement } from './finish.ts'
import { wordSet } from './lexicon/word-set.ts'
import { actionVerbs, talkVerbs } from './lexicon/verbs.ts'
import { openingEnd } from './openings.ts'
import type { Reading } from './reading.ts'
import { stateDeed } from './state-deed.ts'
import { aboutPeople, aboutTopic, topicOf } from './topic.ts'
import type { Word } from './words.ts'
import { lowerFirst } from './written.ts'

/** What the business does by a rule, or what the software is to do in its name. */
export interface BusinessDeed {
  statement: Statement
  reading: Reading
  /** Said with an amount and no condition: how the business works, not what the software does. */
  isRule: boolean
}

const sending = wordSet('email mail text message notify remind inform warn alert send')
const skipped = wordSet('always also then usually automatically just')
const theBusiness: Actor = { kind: 'thing', text: 'The business', name: '', plural: false }

/**
 * `We email them a confirmation when they book`, `we take a deposit of 20 euros`: told in the present,
 * with a condition or an amount. What is sent is sent by the software; the rest the business does.
 */
export function businessDeeds(
  words: readonly Word[],
  topic: readonly Word[],
  mention: Mention,
): BusinessDeed[] {
  if (findAnchors(words).length > 0) return []
  const lead = conditionOf(words.slice(openingEnd(words)))
  let spokenOf = topic
  return clausesIn(words).flatMap((clause) =>
    deedsOfUs(clause).flatMap((deed) => {
      const condition = deed.condition ?? lead
      const isSent = sending.has(deed.verb.lemma)
      if (condition === undefined && !amountIn(deed.phrase)) return []
      const told = readingOf(deed, condition, mention)
      const reading = aboutTopic(aboutPeople(told, mention.people), spokenOf)
      if (reading.content.type === 'thing') return []
      spokenOf = topicOf(reading) ?? spokenOf
      const actor = isSent ? theSystem : theBusiness
      const statement = stateDeed(reading, actor, reading.content.deed)
      const isRule = condition === undefined
      return statement === undefined ? [] : [{ statement, reading, isRule }]
    }),
  )
}

function deedsOfUs(clause: readonly Word[]): Deed[] {
  const comma = clause.findIndex(({ lower }) => lower === ',')
  const opens = openingEnd(clause)
  const from = conditionOf(clause.slice(opens)) === undefined ? opens : comma + 1
  let at = from
  while (['and', 'but', ','].includes(clause[at]?.lower ?? '')) at++
  if (clause[at]?.lower !== 'we') return []
  at++
  while (skipped.has(clause[at]?.lower ?? '')) at++
  const verb = clause[at]
  const told =
    verb !== undefined &&
    verb.lower === verb.lemma &&
    actionVerbs.has(verb.lower) &&
    !talkVerbs.has(verb.lower)
  return told ? deedsFrom(asVerb(clause, at), at, clause.length) : []
}

/** `we email them`: what stands after `we` is what we do. */
function asVerb(words: readonly Word[], at: number): readonly Word[] {
  return words.map((word, index) => (index === at ? { ...word, pos: 'VERB' } : word))
}

function readingOf(deed: Deed, condition: ConditionPart | undefined, mention: Mention): Reading {
  return {
    subject: { kind: 'system', words: [], noun: 'system', plural: false, only: false, start: 0 },
    force: 'should',
    able: false,
    duty: false,
    negated: false,
    said: `we ${deed.verb.lower}`,
    content: { type: 'deed', deed: { ...deed, ...(condition && { condition }) } },
    ...(condition && { condition: named(condition, mention) }),
  }
}

/** `when they book`: who? */
function named(condition: ConditionPart, { people }: Mention): ConditionPart {
  const who = people === undefined ? 'they' : lowerFirst(people.text)
  return { ...condition, text: condition.text.replace(/^they\b/i, who) }
}
