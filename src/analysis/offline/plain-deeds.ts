import { findAnchors } from './anchors.ts'
import { mainClausesIn } from './clauses.ts'
import { conditionOf, type ConditionPart } from './deeds.ts'
import { wordSet } from './lexicon/word-set.ts'
import { isHuman, systemNouns, wholeSoftware } from './lexicon/nouns.ts'
import { actionVerbs, stateParticiples, systemVerbs, talkVerbs } from './lexicon/verbs.ts'
import { headOf, isDeterminer, isNoun, nounPhraseEnd, subjectPhraseEnd } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import { subjectBefore, type Subject } from './subject.ts'
import type { Word } from './words.ts'

/** A deed that is told, not asked for: its words with base verbs, its subject, where it begins. */
export interface PlainDeed {
  words: readonly Word[]
  subject: Subject
  at: number
  /** `only`: nothing else. */
  only: boolean
  condition?: ConditionPart
}

const skipped = wordSet('either then also always usually automatically later just only')
const leading = wordSet('after before during at on in for when once if whenever')
const family = wordSet(
  'sister brother mother father mum mom dad wife husband son daughter nephew niece cousin uncle aunt grandmother grandfather neighbour neighbor friend girlfriend boyfriend kid child family partner',
)
const speakers = wordSet('i me my us you your myself')

/**
 * `The mechanic changes the status of a repair`, `Visitors request a viewing`: in answer to a
 * question about the software this says who does what with it. Clauses that ask are left out.
 */
export function plainDeeds(words: readonly Word[], from: number): PlainDeed[] {
  const system = systemDeed(words)
  if (system !== undefined) return [system]
  return mainClausesIn(words.slice(from)).flatMap((clause) => {
    const told = clause.slice(openingEnd(clause))
    const own = clause.some(({ lower }, at) => speakers.has(lower) && !isAtWork(clause, at))
    return systemPresent(told) ?? (own ? undefined : (peopleDeed(told) ?? passiveDeed(told))) ?? []
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

function peopleDeed(clause: readonly Word[]): PlainDeed | undefined {
  const anchor = findAnchors(clause)[0]
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
  const people = subject.kind === 'people' || (subject.kind === 'they' && end === lead + 1)
  if (end === lead || !people || verb === undefined || !isTold(verb, subject)) return undefined
  const hasObject = words
    .slice(at + 1)
    .some((word) => isNoun(word) || ['it', 'them', 'everything'].includes(word.lower))
  const condition = conditionOf(words.slice(0, lead))
  const time = condition === undefined ? timeOf(words.slice(0, lead)) : []
  return hasObject
    ? {
        words: [...withBaseVerbs(withoutStop(words), at), ...time],
        subject,
        at,
        only: words.slice(end, at).some(({ lower }) => lower === 'only'),
        ...(condition && { condition }),
      }
    : undefined
}

const being = wordSet('is are gets get')

/** `When a stay is over, guests get asked`, `families who have booked are told`: done to somebody, or in a case. */
function passiveDeed(clause: readonly Word[]): PlainDeed | undefined {
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
  if (!named || !(condition !== undefined || then || subject.kind === 'people')) return undefined
  const be: Word = { ...(clause[at] ?? asBe), text: 'be', lower: 'be', lemma: 'be', pos: 'AUX' }
  return {
    words: withoutStop([...clause.slice(0, at), be, ...clause.slice(at + 1)]),
    subject,
    at,
    only: false,
    ...(condition && { condition }),
  }
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
  const points = rest.some(({ lower, pos }) => pos === 'PRON' || ['that', 'this'].includes(lower))
  return first === undefined || rest.length === 0 || points
    ? []
    : [{ ...first, text: first.lower, spaced: true }, ...rest]
}

function withoutStop(words: readonly Word[]): readonly Word[] {
  return words.at(-1)?.pos === 'PUNCT' ? words.slice(0, -1) : words
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
function systemPresent(words: readonly Word[]): PlainDeed | undefined {
  if (findAnchors(words).length > 0) return undefined
  const from = systemLeadEnd(words)
  const end = nounPhraseEnd(words, from)
  const subject = subjectBefore(words, end, from)
  let at = end
  while (skipped.has(words[at]?.lower ?? '')) at++
  const verb = words[at]
  if (end === from || subject.kind !== 'system' || verb === undefined) return undefined
  const tells =
    verb.pos === 'VERB' &&
    verb.lower.endsWith('s') &&
    (actionVerbs.has(verb.lemma) || systemVerbs.has(verb.lemma))
  if (!tells) return undefined
  const condition = conditionOf(words.slice(0, from))
  const told = { words: withBaseVerbs(words, at), subject, at, only: false }
  return { ...told, ...(condition && { condition }) }
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
  return pronoun ? start + 1 : subjectPhraseEnd(words, start)
}

function isTold(verb: Word, subject: Subject): boolean {
  const base = verb.lemma
  if (verb.pos !== 'VERB' || !actionVerbs.has(base) || talkVerbs.has(base)) return false
  // `hid`, `took` and `brought` are no present: of one, the present ends in s.
  return subject.plural || subject.noun === 'they' ? verb.lower === base : verb.lower.endsWith('s')
}

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
