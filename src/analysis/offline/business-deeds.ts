import { theSystem, type Actor, type Mention } from './actors.ts'
import { amountIn } from './amounts.ts'
import { findAnchors } from './anchors.ts'
import { clausesIn } from './clauses.ts'
import { dateIn } from './dates.ts'
import { conditionOf, deedsFrom, type ConditionPart, type Deed } from './deeds.ts'
import type { Statement } from './finish.ts'
import { phraseList, wordSet } from './lexicon/word-set.ts'
import { actionVerbs, talkVerbs } from './lexicon/verbs.ts'
import { leadTime } from './lead-time.ts'
import { openingEnd } from './openings.ts'
import type { Reading } from './reading.ts'
import { stateDeed } from './state-deed.ts'
import { aboutPeople, aboutTopic, topicOf } from './topic.ts'
import { phraseLength, type Word } from './words.ts'
import { lowerFirst } from './written.ts'

/** What the business does by a rule, or what the software is to do in its name. */
export interface BusinessDeed {
  statement: Statement
  reading: Reading
  /** Said with an amount and no condition: how the business works, not what the software does. */
  isRule: boolean
}

const sending = wordSet('email mail text message notify remind inform warn alert send bill invoice')
const keeping = wordSet('keep store save archive delete erase wipe purge remove')
const spans = wordSet('minute hour day week month year evening morning night')
const often = phraseList(
  'at the end of\nat the beginning of\nonce a\ntwice a\nevery\neach\ndaily\nweekly\nmonthly\nyearly\nautomatically\nright away\nstraight away',
)
const skipped = wordSet('always also then usually automatically just')
const theBusiness: Actor = { kind: 'thing', text: 'The business', name: '', plural: false }

/**
 * `We email them a confirmation when they book`, `we take a deposit of 20 euros`: told in the present,
 * with a condition, a time or an amount. What is sent or kept the software sends and keeps; the rest
 * the business does.
 */
export function businessDeeds(
  words: readonly Word[],
  topic: readonly Word[],
  mention: Mention,
): BusinessDeed[] {
  let spokenOf = topic
  const told = clausesIn(words).filter((clause) => findAnchors(clause).length === 0)
  return told.flatMap((clause) =>
    deedsOfUs(clause).flatMap((deed) => {
      const actor = actorOf(deed)
      if (actor === undefined) return []
      const told = readingOf(deed, mention)
      const reading = aboutTopic(aboutPeople(told, mention.people), spokenOf)
      if (reading.content.type === 'thing') return []
      spokenOf = topicOf(reading) ?? spokenOf
      const statement = stateDeed(reading, actor, reading.content.deed)
      const isRule = deed.condition === undefined && actor === theBusiness
      return statement === undefined ? [] : [{ statement, reading, isRule }]
    }),
  )
}

/** Who does it, where it is a rule at all. */
function actorOf({ verb, phrase, condition }: Deed): Actor | undefined {
  const timed = phrase.some((_, at) => phraseLength(phrase, at, often) > 0) || lasts(phrase)
  if (sending.has(verb.lemma) && (condition !== undefined || timed)) return theSystem
  if (keeping.has(verb.lemma) && (lasts(phrase) || condition !== undefined)) return theSystem
  const counted = phrase.some(({ pos, lower }) => pos === 'NUM' && lower !== 'one')
  const dated = dateIn(phrase, 0) !== undefined
  return condition !== undefined || amountIn(phrase) || (counted && lasts(phrase) && !dated)
    ? theBusiness
    : undefined
}

/** `for two years`, `within a month`, `three days before` */
function lasts(phrase: readonly Word[]): boolean {
  return phrase.some(({ lemma }, at) => {
    const before = phrase[at - 1]
    const next = phrase[at + 1]?.lower ?? ''
    // `the day before`
    const dated = before?.lower === 'the' && ['before', 'after'].includes(next)
    const counted =
      dated || before?.pos === 'NUM' || ['a', 'an', 'one'].includes(before?.lower ?? '')
    return spans.has(lemma) && counted
  })
}

/** What we do, with the condition or the time that was said before. */
function deedsOfUs(clause: readonly Word[]): Deed[] {
  const from = openingEnd(clause)
  const we = clause.findIndex(
    ({ lower }, at) => at >= from && at < from + 20 && (lower === 'we' || lower === 'i'),
  )
  if (we === -1) return []
  const lead = clause.slice(from, we).filter(({ lower }, at, all) => {
    return !([',', 'and', 'but'].includes(lower) && (at === 0 || at === all.length - 1))
  })
  const condition = conditionOf(lead)
  const time = condition === undefined ? timeIn(lead) : []
  if (lead.length > 0 && condition === undefined && time.length === 0) return []
  let at = we + 1
  while (skipped.has(clause[at]?.lower ?? '')) at++
  const verb = clause[at]
  const told =
    verb !== undefined &&
    verb.lower === verb.lemma &&
    actionVerbs.has(verb.lower) &&
    !talkVerbs.has(verb.lower)
  if (!told) return []
  return deedsFrom(asVerb(clause, at), at, clause.length).map((deed) => ({
    ...deed,
    phrase: [...deed.phrase, ...time],
    ...(condition && { condition }),
  }))
}

/** `once a month`, `three days before the race`: a time that was said first. */
function timeIn(lead: readonly Word[]): readonly Word[] {
  const frequent = phraseLength(lead, 0, often) > 0 && lead.length < 6
  const [first, ...rest] = frequent ? lead : leadTime(lead, 0, lead.length)
  return first === undefined ? [] : [{ ...first, text: first.lower, spaced: true }, ...rest]
}

/** `we email them`: what stands after `we` is what we do; what is thrown away is deleted. */
function asVerb(words: readonly Word[], at: number): readonly Word[] {
  const away = words[at]?.lower === 'throw' && words[at + 1]?.lower === 'away'
  const verb = away ? { text: 'delete', lower: 'delete', lemma: 'delete' } : {}
  return words
    .map((word, index) => (index === at ? { ...word, ...verb, pos: 'VERB' } : word))
    .filter((_, index) => !(away && index === at + 1))
}

function readingOf(deed: Deed, mention: Mention): Reading {
  const { condition } = deed
  return {
    subject: { kind: 'system', words: [], noun: 'system', plural: false, only: false, start: 0 },
    force: 'should',
    able: false,
    duty: false,
    negated: false,
    said: `we ${deed.verb.lower}`,
    content: { type: 'deed', deed },
    ...(condition && { condition: named(condition, mention) }),
  }
}

/** `when they book`: who? */
function named(condition: ConditionPart, { people }: Mention): ConditionPart {
  const who = people === undefined ? 'they' : lowerFirst(people.text)
  return { ...condition, text: condition.text.replace(/^they\b/i, who) }
}
