import { relativeEnd } from './clause-end.ts'
import { findAnchors } from './anchors.ts'
import { mainClausesIn } from './clauses.ts'
import { conditionOf } from './deeds.ts'
import { wordSet } from './lexicon/word-set.ts'
import { isHuman, systemNouns, wholeSoftware } from './lexicon/nouns.ts'
import {
  actionVerbs,
  loneVerbs,
  stateParticiples,
  systemVerbs,
  talkVerbs,
} from './lexicon/verbs.ts'
import { headOf, isDeterminer, isNoun, nounPhraseEnd, subjectPhraseEnd } from './noun-phrase.ts'
import { introducedDeed } from './introduced-deed.ts'
import { openingEnd } from './openings.ts'
import { type PlainDeed, withoutStop } from './plain-deed.ts'
import { subjectBefore, type Subject } from './subject.ts'
import type { Word } from './words.ts'

const skipped = wordSet('either then also always usually automatically later just only')
const leading = wordSet(
  'after before during at on in for when once if whenever with until from through via under without',
)
const family = wordSet(
  'sister brother mother father mum mom dad wife husband son daughter nephew niece cousin uncle aunt grandmother grandfather neighbour neighbor friend girlfriend boyfriend kid child family partner',
)
const speakers = wordSet('i me my us you your myself')

/**
 * `The mechanic changes the status of a repair`, `Visitors request a viewing`: in answer to a
 * question about the software this says who does what with it. Clauses that ask are left out. Where it
 * is asked how it shall be (`framed`), any deed counts, of things too.
 */
export function plainDeeds(words: readonly Word[], from: number, framed = false): PlainDeed[] {
  const system = systemDeed(words)
  const introduced = introducedDeed(words)
  if (introduced !== undefined) return [introduced]
  if (system !== undefined) return [system]
  return mainClausesIn(words.slice(from)).flatMap((clause) => {
    const told = clause.slice(openingEnd(clause))
    const own = clause.some(({ lower }, at) => speakers.has(lower) && !isAtWork(clause, at))
    return (
      systemPresent(told, framed) ??
      (own
        ? undefined
        : (peopleDeed(told, framed) ?? passiveDeed(told, framed) ?? thingDeed(told, framed))) ??
      []
    )
  })
}

/** Whether a sentence tells what somebody does, in however many words. */
export function tellsDeeds(words: readonly Word[]): boolean {
  return plainDeeds(words, openingEnd(words)).length > 0
}

/** `my staff`, `my colleague` are people at work; `my nephew` is told of. */
function isAtWork(words: readonly Word[], at: number): boolean {
  if (words[at]?.lower !== 'my' && words[at]?.lower !== 'your') return false
  const head = headOf(words.slice(at + 1, nounPhraseEnd(words, at)))
  return head !== undefined && isHuman(head.lemma) && !family.has(head.lemma)
}

function peopleDeed(clause: readonly Word[], framed: boolean): PlainDeed | undefined {
  const anchor = findAnchors(clause).find(({ start }) => !isAsked(clause, 0, start))
  const joined = anchor !== undefined && clause[anchor.start - 1]?.lower === 'and'
  if (anchor !== undefined && !joined) return undefined
  // `gets a message and can …`: the first half is told.
  const words = anchor === undefined ? clause : clause.slice(0, anchor.start - 1)
  if (
    words.some(
      (word, at) => isPast(word, words[at - 1]) && !isRelative(words, at) && !isAsked(words, 0, at),
    )
  )
    return undefined
  const lead = leadEnd(words)
  const end = subjectEnd(words, lead)
  let at = end
  while (skipped.has(words[at]?.lower ?? '')) at++
  const verb = words[at]
  const subject = subjectBefore(words, end, lead)
  const ruled = lead > 0 && conditionOf(words.slice(0, lead)) !== undefined
  const people = subject.kind === 'people' || (subject.kind === 'they' && end === lead + 1)
  if (
    end === lead ||
    !people ||
    verb === undefined ||
    !isTold(verb, subject, words.slice(at + 1), framed || ruled)
  )
    return undefined
  const hasObject = words.slice(at + 1).some((word) => isNoun(word) || objects.has(word.lower))
  const isLone = framed && (loneVerbs.has(verb.lemma) || deciding.has(verb.lemma))
  const condition = conditionOf(words.slice(0, lead))
  const time = condition === undefined ? timeOf(words.slice(0, lead)) : []
  return hasObject || isLone
    ? {
        words: [...withBaseVerbs(withoutStop(words), at), ...time],
        subject,
        at,
        only: words.slice(end, at).some(({ lower }) => lower === 'only'),
        ...(ruled && !actionVerbs.has(verb.lemma) && { rule: true as const }),
        ...(condition && { condition }),
      }
    : undefined
}

const being = wordSet('is are gets get')

/** `When a stay is over, guests get asked`, `families who have booked are told`: done to somebody, or in a case. */
function passiveDeed(clause: readonly Word[], framed: boolean): PlainDeed | undefined {
  if (findAnchors(clause).length > 0) return undefined
  const at = clause.findLastIndex(
    ({ lower }, index) => being.has(lower) && isParticipleAt(clause, index + 1),
  )
  const lead = at === -1 ? -1 : leadBefore(clause, at)
  if (lead === -1) return undefined
  const subject = subjectBefore(clause, at, lead)
  const condition = conditionOf(clause.slice(0, lead))
  const then = clause[0]?.lower === 'then'
  const named = subject.kind === 'people' || (subject.kind === 'thing' && subject.words.length > 1)
  // `Bookings that are not paid get cancelled`
  const which = subject.words.some(({ lower }) => ['that', 'which'].includes(lower))
  const often = clause.slice(at + 1).some(({ lower, pos }) => regular.has(lower) || pos === 'NUM')
  const isRule =
    framed || often || condition !== undefined || then || which || subject.kind === 'people'
  if (!named || !isRule) return undefined
  const be: Word = { ...(clause[at] ?? asBe), text: 'be', lower: 'be', lemma: 'be', pos: 'AUX' }
  return {
    words: withoutStop([...clause.slice(0, at), be, ...clause.slice(at + 1)]),
    subject,
    at,
    only: false,
    ...(condition && { condition }),
  }
}

/** `When somebody cancels, the place goes to the next one`: what becomes of a thing in a case. */
function thingDeed(clause: readonly Word[], framed: boolean): PlainDeed | undefined {
  const leads = leading.has(clause[0]?.lower ?? '')
  const denies = clause[0]?.lower === 'no' || clause[0]?.lower === 'nothing'
  if (findAnchors(clause).length > 0 || !(leads || framed || denies)) return undefined
  const from = leads ? clause.findIndex(({ lower }) => lower === ',') + 1 : thenEnd(clause)
  const condition = from > 0 ? conditionOf(clause.slice(0, from)) : undefined
  const it = clause[from]?.lower === 'it' && clause[from]?.pos === 'PRON'
  const end = it ? from + 1 : subjectPhraseEnd(clause, from)
  const verb = clause[end]
  const subject = it ? conditioned(clause, end) : subjectBefore(clause, end, from)
  const tells =
    verb?.pos === 'VERB' && (subject.plural ? verb.lower === verb.lemma : verb.lower.endsWith('s'))
  const names = clause.slice(end + 1).some((word) => isNoun(word) || word.pos === 'NUM')
  const own = clause
    .slice(end + 1)
    .some(({ lower }) => lower === 'own' || lower === 'automatically' || lower === 'itself')
  const isRule = framed || denies || condition !== undefined
  const means = own || names || (framed && condition !== undefined)
  if (!isRule || subject.kind !== 'thing' || !tells || !means) return undefined
  if (idle.has(verb.lemma)) return undefined
  const present: Word = { ...verb, text: verb.lemma, lower: verb.lemma }
  return {
    words: withoutStop([...clause.slice(0, end), present, ...clause.slice(end + 1)]),
    subject,
    at: end,
    only: false,
    ...(condition && { condition }),
    ...(denies && { rule: true as const }),
  }
}

/** Behind `then`. */
function thenEnd(clause: readonly Word[]): number {
  return clause[0]?.lower === 'then' ? 1 : 0
}

const objects = wordSet('it them everything anything nothing half whether which what')

/** Verbs that tell of nothing that software could be made for. */
const idle = wordSet(
  'say mean think know guess suppose believe talk discuss wonder hope imagine understand agree thank feel seem like love hate want wish need try depend care matter help happen complain rely cope hate struggle remember forget',
)
/** What one does by oneself, where it is asked who does what then. */
const deciding = wordSet('sign confirm approve choose')
/** What software does, whatever else an `it` may mean. */
const makes = wordSet(
  'make send show suggest calculate print write warn remind notify email create generate list sort tell ask check draw fill',
)
const regular = wordSet('every each daily weekly monthly automatically within after once twice')

/** In `If the truck is late, it loses its slot` the truck. */
function conditioned(clause: readonly Word[], start: number): Subject {
  const subject = subjectBefore(clause, nounPhraseEnd(clause, 1), 1)
  const [first, ...rest] = subject.words
  const the: Word = { text: 'the', lower: 'the', lemma: 'the', pos: 'DET', spaced: true }
  const single = ['a', 'an'].includes(first?.lower ?? '')
  return { ...subject, start, words: single ? [the, ...rest] : subject.words }
}

const asBe: Word = { text: 'be', lower: 'be', lemma: 'be', pos: 'AUX', spaced: true }

function isParticipleAt(words: readonly Word[], at: number): boolean {
  const word = words[at]?.pos === 'ADV' ? words[at + 1] : words[at]
  if (word?.pos !== 'VERB' || word.lower === word.lemma) return false
  return !/(?:ing|s)$/.test(word.lower) && !stateParticiples.has(word.lower)
}

/** Where the clause begins that a `be` here belongs to: behind a condition and its comma. */
function leadBefore(words: readonly Word[], at: number): number {
  if (!leading.has(words[0]?.lower ?? '')) return words[0]?.lower === 'then' ? 1 : 0
  const comma = words.findLastIndex(({ lower }, index) => index < at && lower === ',')
  return comma === -1 ? -1 : comma + 1
}

const pronouns = wordSet('they he she')

/** `After each treatment`, said first, stands at the end of a statement. */
function timeOf(lead: readonly Word[]): readonly Word[] {
  const [first, ...rest] = lead.filter(({ lower }) => lower !== ',')
  const points = rest.some(
    ({ lower, pos }, at) =>
      pos === 'PRON' || (['that', 'this'].includes(lower) && !isNoun(rest[at + 1])),
  )
  return first === undefined || rest.length === 0 || points
    ? []
    : [{ ...first, text: first.lower, spaced: true }, ...rest]
}

/** After `After the viewing`, `When a slot is free`: where the one who acts is named. */
function leadEnd(words: readonly Word[]): number {
  if (!leading.has(words[0]?.lower ?? '')) return 0
  for (let at = 2; at < Math.min(words.length, 20); at++) {
    const opens = isDeterminer(words[at]) || words[at - 1]?.lower === ','
    const end = opens ? nounPhraseEnd(words, at) : at
    if (end > at && words[end]?.pos === 'VERB' && subjectBefore(words, end, at).kind === 'people')
      return at
    // `After three days without a tick they get …`
    if (pronouns.has(words[at]?.lower ?? '') && words[at + 1]?.pos === 'VERB') return at
  }
  return 0
}

/** `We need a system that sends reminders`: said of the software itself. */
function systemDeed(words: readonly Word[]): PlainDeed | undefined {
  const that = words.findIndex(
    (word, at) =>
      ['that', 'which'].includes(word.lower) &&
      systemNouns.has(words[at - 1]?.lemma ?? '') &&
      words[at + 1]?.pos === 'VERB' &&
      words[at + 1]?.lower !== words[at + 1]?.lemma,
  )
  const verb = words[that + 1]
  const wished = words.slice(0, that).some(({ lemma }) => ['need', 'want', 'like'].includes(lemma))
  const noun = words[that - 1]
  if (that < 1 || noun === undefined || verb === undefined) return undefined
  if (!wished || !actionVerbs.has(verb.lemma)) return undefined
  const subject: Subject = {
    kind: 'system',
    // A page or a portal keeps its name; an app is the system itself.
    words: wholeSoftware.has(noun.lemma)
      ? []
      : [{ ...noun, text: 'the', lower: 'the', pos: 'DET' }, noun],
    noun: 'system',
    plural: false,
    only: false,
    start: that,
  }
  return { words: withBaseVerbs(words, that + 1), subject, at: that + 1, only: false }
}

/** `The system sends a confirmation`, `If a bike is late, the app texts …`: told of the software as it will be. */
function systemPresent(words: readonly Word[], framed: boolean): PlainDeed | undefined {
  if (findAnchors(words).length > 0) return undefined
  const from = systemLeadEnd(words)
  // Asked what the software shall do, `it` is the software.
  const it = framed && words[from]?.lower === 'it'
  const end = it ? from + 1 : nounPhraseEnd(words, from)
  const subject = it ? itself(from) : subjectBefore(words, end, from)
  let at = end
  while (skipped.has(words[at]?.lower ?? '')) at++
  const verb = words[at]
  if (end === from || subject.kind !== 'system' || verb === undefined) return undefined
  const tells =
    verb.pos === 'VERB' &&
    verb.lower.endsWith('s') &&
    (it ? makes.has(verb.lemma) : actionVerbs.has(verb.lemma) || systemVerbs.has(verb.lemma))
  if (!tells) return undefined
  const condition = conditionOf(words.slice(0, from))
  const told = { words: withBaseVerbs(words, at), subject, at, only: false }
  return { ...told, ...(condition && { condition }) }
}

function itself(start: number): Subject {
  return { kind: 'system', words: [], noun: 'system', plural: false, only: false, start }
}

/** After a condition or a time: where the software is named. */
function systemLeadEnd(words: readonly Word[]): number {
  if (!leading.has(words[0]?.lower ?? '')) return 0
  for (let at = 2; at < Math.min(words.length, 26); at++) {
    const end = words[at - 1]?.lower === ',' ? nounPhraseEnd(words, at) : at
    if (end > at && subjectBefore(words, end, at).kind === 'system') return at
  }
  return 0
}

function subjectEnd(words: readonly Word[], start: number): number {
  const pronoun = ['he', 'she', 'they'].includes(words[start]?.lower ?? '')
  return pronoun ? start + 1 : relativeEnd(words, subjectPhraseEnd(words, start), words.length)
}

function isTold(verb: Word, subject: Subject, after: readonly Word[], framed: boolean): boolean {
  const base = verb.lemma
  if (base === 'have' && hasTimeTo(after)) return true
  const known = framed ? !idle.has(base) : actionVerbs.has(base) && !talkVerbs.has(base)
  if (verb.pos !== 'VERB' || !known) return false
  // `hid`, `took` and `brought` are no present: of one, the present ends in s.
  return subject.plural || subject.noun === 'they' ? verb.lower === base : verb.lower.endsWith('s')
}

/** `have two hours to answer` */
function hasTimeTo(after: readonly Word[]): boolean {
  const [number, unit, to] = after
  return number?.pos === 'NUM' && spans.has(unit?.lemma ?? '') && to?.lower === 'to'
}

const spans = wordSet('second minute hour day week month year')

/** A tale of what happened; `when a lesson is cancelled` is none. */
function isPast({ lower, pos }: Word, before: Word | undefined): boolean {
  const form =
    lower.endsWith('ed') || ['had', 'went', 'did', 'came', 'made', 'lost', 'wrote'].includes(lower)
  const passive = ['AUX', 'PART', 'ADV'].includes(before?.pos ?? '')
  return pos === 'VERB' && form && !passive && before?.pos !== 'DET'
}

/** `a child who missed a lesson`: says which child. */
function isRelative(words: readonly Word[], at: number): boolean {
  return words
    .slice(Math.max(0, at - 4), at)
    .some(({ lower }) => ['who', 'that', 'which'].includes(lower))
}

function withBaseVerbs(words: readonly Word[], from: number): readonly Word[] {
  return words.map((word, at) =>
    at >= from &&
    word.pos === 'VERB' &&
    !isAsked(words, from, at) &&
    !isDeterminer(words[at - 1]) &&
    // `before she gives anything` has a subject of its own.
    !(at > from && pronouns.has(words[at - 1]?.lower ?? '')) &&
    (actionVerbs.has(word.lemma) || systemVerbs.has(word.lemma)) &&
    word.lower.endsWith('s')
      ? { ...word, text: word.lemma, lower: word.lemma }
      : word,
  )
}

/** `notes which shelf holds the case`: the shelf does. */
function isAsked(words: readonly Word[], from: number, at: number): boolean {
  for (let back = at - 1; back > from; back--) {
    const lower = words[back]?.lower ?? ''
    if (lower === ',' || lower === 'and') return false
    if (['which', 'who', 'what', 'that', 'where', 'whether'].includes(lower)) return true
  }
  return false
}
