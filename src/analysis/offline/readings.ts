import { additionsIn } from './additions.ts'
import { findAnchors, type Anchor } from './anchors.ts'
import { clauseEnd } from './clause-end.ts'
import {
  hasConditionWord,
  isDenied,
  isEmbedded,
  isInTime,
  isReason,
  isSubordinate,
  ofSystem,
} from './clause-role.ts'
import { conditionOf, deedsFrom, trimEnd, type ConditionPart, type Deed } from './deeds.ts'
import { wordSet } from './lexicon/word-set.ts'
import { actionVerbs } from './lexicon/verbs.ts'
import { countingEnd, isNoun, nounPhraseEnd } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import { readImperative } from './imperatives.ts'
import type { Reading } from './reading.ts'
import { leadTime } from './lead-time.ts'
import { aboutTopic } from './topic.ts'
import { subjectBefore, type Subject } from './subject.ts'
import { sequelBefore } from './sequel.ts'
import { wayAt } from './ways.ts'
import { textOf, type Word } from './words.ts'

const nice = wordSet(
  'nice good great helpful useful cool handy lovely perfect better fine ideal wonderful amazing awesome fantastic brilliant',
)

/**
 * What a sentence asks for, clause by clause; `topic` is the object that was spoken of last, for
 * an `it`.
 */
export function readSentence(words: readonly Word[], topic: readonly Word[] = []): Reading[] {
  const anchors = findAnchors(words)
  const from = openingEnd(words)
  const readings: Reading[] = []
  let done = from
  let weak = false
  let previous: Subject | undefined
  anchors.forEach((anchor, index) => {
    if (anchor.start < done) return
    const own = ofSystem(words, subjectBefore(words, anchor.start, done))
    if (!weak && (isSubordinate(words, own) || isInTime(words, done, own.start))) return
    const isMissing = own.kind === 'none' && own.words.length === 0
    const subject = isMissing ? (previous ?? tellerOf(words, from, anchor) ?? own) : own
    previous = subject
    if (isReason(words, done, anchor.start) || isDenied(words, anchor.start)) return
    const follows = readings.length > 0 || own.kind === 'they'
    if (follows && isOwnPurpose(words, own, anchor)) return
    const next = anchors.find(
      (later, at) =>
        at > index &&
        !isEmbedded(words, later) &&
        !isInTime(words, anchor.end, subjectBefore(words, later.start, anchor.end).start),
    )
    const limit =
      next === undefined
        ? words.length
        : Math.max(anchor.end, subjectBefore(words, next.start, anchor.end).start)
    const before = Math.max(done, own.start)
    const condition = leadingCondition(words, done, before)
    const meant =
      own.kind === 'it' && isDoneAt(words, anchor.end) ? named(words, done, before) : undefined
    if (!weak && condition === undefined && hasConditionWord(words, done, before)) return
    const found = readAnchor(
      words,
      weak ? { ...anchor, force: 'could' } : anchor,
      meant ?? subject,
      limit,
    )
    weak = found.weak
    const lead = condition === undefined ? leadTime(words, done, before) : []
    const isSequel = sequelBefore(words, from + 1, before) > 0
    readings.push(
      ...found.readings.map((reading) => ({
        ...(condition && { condition }),
        ...(isSequel && { follows: true as const }),
        ...atTime(reading, lead),
      })),
    )
    if (found.readings.length > 0) done = anchor.end
  })
  const all = [...readings, ...readImperative(words, from)]
  let spokenOf = topic
  return [...all, ...additionsIn(words, all)].map((reading) => {
    const told = aboutTopic(reading, spokenOf)
    // `It should suggest a table, but the waiter can change it`
    const object = told.content.type === 'deed' ? told.content.deed.object : []
    if (object.some(isNoun)) spokenOf = object
    return told
  })
}

/** `it must not be sold`: done to it. */
function isDoneAt(words: readonly Word[], at: number): boolean {
  return words[at]?.lower === 'be' && words[at + 1]?.pos === 'VERB'
}

/** In `if the room cannot be used, it …` the room. */
function named(words: readonly Word[], from: number, to: number): Subject | undefined {
  const opens = words.findIndex(
    ({ lower }, at) => at >= from && at < to && ['if', 'when', 'whenever', 'once'].includes(lower),
  )
  const end = opens === -1 ? opens : nounPhraseEnd(words, opens + 1)
  const subject = opens === -1 ? undefined : subjectBefore(words, end, opens + 1)
  if (subject?.kind !== 'thing') return undefined
  const [first, ...rest] = subject.words
  const the: Word = { text: 'the', lower: 'the', lemma: 'the', pos: 'DET', spaced: true }
  const known = ['a', 'an'].includes(first?.lower ?? '') ? [the, ...rest] : subject.words
  return { ...subject, words: known, start: to }
}

/** `a message, so that we can phone them`: why it is wanted, not what the software does. */
function isOwnPurpose(words: readonly Word[], { kind, start }: Subject, { able }: Anchor): boolean {
  const [before, first] = [words[start - 1]?.lower, words[start - 2]?.lower]
  return (
    ['speaker', 'they'].includes(kind) &&
    able &&
    (before === 'so' || (before === 'that' && first === 'so'))
  )
}

/** The time that was named first stands at the end of a statement. */
function atTime(reading: Reading, lead: readonly Word[]): Reading {
  const { content } = reading
  if (lead.length === 0) return reading
  const [first, ...rest] = lead
  const time = first === undefined ? [] : [{ ...first, text: first.lower, spaced: true }, ...rest]
  if (content.type === 'thing')
    return { ...reading, content: { type: 'thing', phrase: [...content.phrase, ...time] } }
  const phrase = [...content.deed.phrase, ...time]
  return { ...reading, content: { type: 'deed', deed: { ...content.deed, phrase } } }
}

function leadingCondition(
  words: readonly Word[],
  from: number,
  to: number,
): ConditionPart | undefined {
  for (let index = from; index < to; index++) {
    const condition = conditionOf(words.slice(index, to))
    if (condition !== undefined) return condition
  }
  return undefined
}

/** `The manager gets a message and can …`: the one who was named at the front. */
function tellerOf(words: readonly Word[], from: number, anchor: Anchor): Subject | undefined {
  const end = nounPhraseEnd(words, from)
  const joined = ['and', 'but'].includes(words[anchor.start - 1]?.lower ?? '')
  if (!joined || end === from || words[end]?.pos !== 'VERB') return undefined
  const subject = subjectBefore(words, end, from)
  return subject.kind === 'people' ? subject : undefined
}

function readAnchor(
  words: readonly Word[],
  anchor: Anchor,
  subject: Subject,
  limit: number,
): { readings: Reading[]; weak: boolean } {
  const { end } = anchor
  const base: Base = {
    subject,
    force: anchor.force,
    able: anchor.able,
    duty: anchor.duty,
    negated: anchor.negated,
    exclusive: anchor.only,
    said: textOf(words.slice(anchor.start, end)).toLowerCase(),
  }
  if (
    words[end]?.lower === 'be' &&
    subject.kind === 'it' &&
    nice.has(words[end + 1]?.lower ?? '')
  ) {
    return readNice(words, end + 2, base, limit)
  }
  // `we would love it if people could …`
  const isHope = anchor.wish && words[end]?.lower === 'it' && words[end + 1]?.lower === 'if'
  if (isHope && subject.kind === 'speaker') return { readings: [], weak: true }
  const way = wayAt(words, subject.kind === 'there' ? end + 1 : end)
  if (way !== undefined && (subject.kind === 'there' || anchor.wish)) {
    const doer = way.subject ?? subject
    return {
      readings: deeds(words, way.at, { ...base, able: true, subject: doer }, limit),
      weak: false,
    }
  }
  if (subject.kind === 'there') {
    return {
      readings: words[end]?.lower === 'be' ? things(words, end + 1, base, limit) : [],
      weak: false,
    }
  }
  const toDeed = words[end]?.lower === 'to' && isDeedVerb(words[end + 1])
  if (anchor.wish && !toDeed && !isBareVerb(anchor, words, end)) {
    return { readings: readWish(words, end, base, limit), weak: false }
  }
  return { readings: deeds(words, end, base, limit), weak: false }
}

function isBareVerb(anchor: Anchor, words: readonly Word[], at: number): boolean {
  // `would like to have`: the step `like to` has taken the `to` already.
  return words[at - 1]?.lower === 'to' && anchor.end === at
}

type Base = Omit<Reading, 'content' | 'condition'>

function deeds(words: readonly Word[], from: number, base: Base, limit: number): Reading[] {
  const not = words.findIndex(
    ({ lower }, at) =>
      at > from &&
      at < limit &&
      lower === 'but' &&
      words[at + 1]?.lower === 'not' &&
      words[at + 2]?.pos === 'VERB',
  )
  if (not === -1) return deedsOf(words, from, base, limit)
  // `can be cancelled but not deleted`, `may edit but not delete a comment`
  const passive = words[from]?.lower === 'be' ? words.slice(from, from + 1) : []
  const denied = [...passive, ...words.slice(not + 2, limit)]
  const first = deedsOf(words.slice(0, not), from, base, not)
  const second = deedsOf(denied, 0, { ...base, negated: true }, denied.length)
  return [...first.map((reading) => withObject(reading, second)), ...second]
}

/** `edit but not delete a comment`: both are done to the comment. */
function withObject(reading: Reading, others: readonly Reading[]): Reading {
  const { content } = reading
  const other = others[0]?.content
  if (content.type === 'thing' || content.deed.phrase.length > 0 || other?.type !== 'deed')
    return reading
  const { phrase, object } = other.deed
  return { ...reading, content: { type: 'deed', deed: { ...content.deed, phrase, object } } }
}

/** `we need to know how many came`: the software shows it. */
function seen(deed: Deed): Deed {
  const asks = deed.phrase.slice(0, 6).some(({ lower }) => asking.has(lower))
  if (!['know', 'tell', 'find'].includes(deed.verb.lemma) || !asks) return deed
  const phrase = deed.phrase[0]?.lower === 'out' ? deed.phrase.slice(1) : deed.phrase
  return { ...deed, phrase, verb: { ...deed.verb, text: 'see', lower: 'see', lemma: 'see' } }
}

const asking = wordSet('how which who whether what when where if')

/** `be saved on the phone and sent once …`: what else is done to it has a `be` of its own. */
function withEachBe(words: readonly Word[], from: number, limit: number): readonly Word[] {
  const be = words[from]
  if (be?.lower !== 'be' || words[from + 1]?.pos !== 'VERB') return words
  const end = clauseEnd(words, from, limit)
  const and = words.findIndex(
    ({ lower }, at) => at > from + 1 && at < end && lower === 'and' && isDone(words[at + 1]),
  )
  return and === -1 ? words : [...words.slice(0, and + 1), be, ...words.slice(and + 1)]
}

function isDone(word: Word | undefined): boolean {
  return word?.pos === 'VERB' && word.lower !== word.lemma && !/(?:ing|s)$/.test(word.lower)
}

function deedsOf(said: readonly Word[], from: number, base: Base, to: number): Reading[] {
  const words = withEachBe(said, from, to)
  const limit = to + words.length - said.length
  return deedsFrom(words, from, limit).map((spokenDeed) => {
    const deed = base.subject.kind === 'speaker' ? seen(spokenDeed) : spokenDeed
    const isHaving = deed.verb.lower === 'have' && base.subject.kind === 'speaker'
    return isHaving
      ? {
          ...base,
          content: { type: 'thing', phrase: deed.phrase },
          ...(deed.condition && { condition: deed.condition }),
        }
      : {
          ...base,
          content: { type: 'deed', deed },
          ...(deed.condition && { condition: deed.condition }),
        }
  })
}

function things(words: readonly Word[], from: number, base: Base, limit: number): Reading[] {
  const end = clauseEnd(words, from, limit)
  const when = words.findIndex(
    (word, index) =>
      index >= from && index < end && ['when', 'if', 'while', 'once'].includes(word.lower),
  )
  const phrase = trimEnd(words.slice(from, when === -1 ? end : when))
  const condition = when === -1 ? undefined : conditionOf(words.slice(when, end))
  const counts = countingEnd(phrase)
  if (nounPhraseEnd(phrase, counts) === counts) return []
  return partsOf(phrase).map((part) => ({
    ...base,
    content: { type: 'thing', phrase: part },
    ...(condition && { condition }),
  }))
}

/** `a calendar, a map and a list of members` are three things; anything else is one. */
function partsOf(phrase: readonly Word[]): (readonly Word[])[] {
  const parts: Word[][] = [[]]
  for (const word of phrase) {
    if (word.lower === ',' || word.lower === 'and') parts.push([])
    else parts.at(-1)?.push(word)
  }
  const things = parts.filter((part) => part.length > 0)
  const whole = things.every((part) => isArticle(part[0]) && nounPhraseEnd(part, 0) === part.length)
  const listed = things.length > 2 && things.every((part) => nounPhraseEnd(part, 0) === part.length)
  return things.length > 1 && (whole || listed) ? things : [phrase]
}

function isArticle(word: Word | undefined): boolean {
  return ['a', 'an', 'the', 'some'].includes(word?.lower ?? '')
}

/** `I want the system to send …` gives the system as subject; `we need a report` a thing. */
function readWish(words: readonly Word[], from: number, base: Base, limit: number): Reading[] {
  // Speech slips a `to` in: `we would like to all referees to participate`.
  const at = words[from]?.lower === 'to' || words[from]?.lower === 'for' ? from + 1 : from
  const named = nounPhraseEnd(words, at, limit)
  const last = words.findIndex(
    (word, index) =>
      index > at && index <= named + 5 && word.lower === 'to' && isDeedVerb(words[index + 1]),
  )
  if (
    last > at &&
    last < limit &&
    words.slice(at, last).every((word) => word.lower !== ',' && word.pos !== 'AUX')
  ) {
    const subject = subjectBefore(words, last, at)
    // `we need a tool to organise viewings` says what the whole software is for.
    if (subject.kind === 'system' && ['a', 'an'].includes(words[at]?.lower ?? '')) return []
    const read =
      subject.kind === 'none'
        ? []
        : deeds(
            words,
            afterAble(words, last + 1),
            {
              ...base,
              subject,
              able: words[last + 1]?.lower === 'be' && words[last + 2]?.lower === 'able',
            },
            limit,
          )
    if (read.length > 0) return read
  }
  return things(words, at, base, limit)
}

function isDeedVerb(word: Word | undefined): boolean {
  return (
    word !== undefined && (word.pos === 'VERB' || word.pos === 'AUX' || actionVerbs.has(word.lower))
  )
}

function afterAble(words: readonly Word[], at: number): number {
  return words[at]?.lower === 'be' &&
    words[at + 1]?.lower === 'able' &&
    words[at + 2]?.lower === 'to'
    ? at + 3
    : at
}

/** `it would be nice to have a report`, `it would be great if members could …`. */
function readNice(
  words: readonly Word[],
  at: number,
  base: Base,
  limit: number,
): { readings: Reading[]; weak: boolean } {
  if (words[at]?.lower === 'if') return { readings: [], weak: true }
  if (words[at]?.lower !== 'to') return { readings: [], weak: false }
  const speaker: Subject = {
    kind: 'speaker',
    words: [],
    noun: 'we',
    plural: true,
    only: false,
    start: at,
  }
  return {
    readings: deeds(words, at + 1, { ...base, subject: speaker, force: 'could' }, limit),
    weak: false,
  }
}
