import type { Citation } from '../../domain/citation.ts'
import { actorOf, asGroup, peopleBefore, peopleNamed, type Actor, type Mention } from './actors.ts'
import { citationOf, type Finding } from './findings.ts'
import { clausesIn } from './clauses.ts'
import { kindOf, priorityOf } from './kinds.ts'
import { exclusionOf, isNone } from './exclusions.ts'
import type { Owner } from './limit-owner.ts'
import { antecedentsOf } from './antecedents.ts'
import type { Question } from './questions.ts'
import { readPlain } from './plain-readings.ts'
import type { Reading } from './reading.ts'
import type { Retold } from './retell/retold.ts'
import { readSentence } from './readings.ts'
import { aboutPeople, aboutThing, namedInCondition, topicOf } from './topic.ts'
import type { RecordFinding } from './records.ts'
import { isDoubtful } from './replies.ts'
import type { Sentence } from './sentences.ts'
import type { Statement } from './finish.ts'
import { wordSet } from './lexicon/word-set.ts'
import { afterDeed } from './sequel.ts'
import { withNames, withThings } from './pointers.ts'
import { stateReading } from './statements.ts'
import type { ConditionPart } from './deeds.ts'
import type { Tagger, Word } from './words.ts'

/** Everything that one pass over the talk found, in the talk's order. */
export interface Scan {
  findings: Finding[]
  questions: Question[]
  records: RecordFinding[]
  sentences: Sentence[]
  /** What is left out on purpose, with the reason. */
  rejected: { citation: Citation; reason: string }[]
  /** What was told again of clauses that no rule reads, taken or not. */
  retold: Retold[]
}

export interface State extends Scan {
  mention: Mention
  /** What the agent said since the client last spoke. */
  agent: Sentence[]
  tag: Tagger
  /** What the client spoke of last in this turn: an `it` means this. */
  topic: readonly Word[]
  /** What the agent asked about: what an `it` means where the client has named nothing. */
  askedThing: readonly Word[]
  /** The agent's last question that can stand alone. */
  asked?: Sentence
  /** It is told how things are done today. */
  today: boolean
  /** It is asked how it shall be: what is told in the present answers that. */
  framed: boolean
  /** The talk is of today's way of working: what cannot be done now is no wish. */
  told: boolean
  /** The talk is about a product that is there: what is told of it in the present, it does already. */
  inUse: boolean
  /** The talk is about something that is wrong. */
  ofDefect: boolean
  /** It says so, and is not only taken for such a talk. */
  saysDefect: boolean
  /** The thing that the client's last sentence spoke of, with its turn. */
  subject?: { at: number; words: readonly Word[] }
  listed: ReadonlySet<Sentence>
  /** The things, more than one of a kind, that were named last: what `those` means. */
  things: readonly Word[]
  /** The thing that was named last in this turn. */
  thing: readonly Word[]
  /** What amounts of each unit were set for. */
  limited: Map<string, Owner>
  /** The sentences before the one that is read, of either side, the last few only. */
  recent: Sentence[]
  /** The words that tell a deed in a sentence that lists fields too. */
  deeds: ReadonlyMap<Sentence, readonly Word[]>
}

/** Notes down why nothing is made of a sentence. */
export function reject(state: State, sentence: Sentence, reason: string): void {
  state.rejected.push({ citation: citationOf(sentence), reason })
}

export function remember(state: State, people: Mention['people']): void {
  if (people === undefined) return
  const group = people.plural ? people : state.mention.group
  state.mention = { people, ...(group && { group }) }
}

/** The thing that the client has spoken of in this turn as a subject. */
export function subjectIn({ subject }: State, { at }: Sentence): readonly Word[] {
  return subject?.at === at ? subject.words : []
}

/** What an `it` means: what was done something with in this turn, its subject, or what was asked about. */
export function topicIn(state: State, sentence: Sentence): readonly Word[] {
  const places = [state.topic, subjectIn(state, sentence), state.askedThing, state.thing]
  return places.find((words) => words.length > 0) ?? []
}

/** Gives the place of what a reading speaks of in the sentence. */
function placeIn(words: readonly Word[]): (reading: Reading) => number {
  const places = new Map(words.map((word, at) => [word, at]))
  return (reading) => {
    const { content } = reading
    const known = contentOf(reading).flatMap((word) => places.get(word) ?? [])
    // The verb may be in another form here than in the sentence.
    const said = content.type === 'deed' ? content.deed.verb.at : undefined
    const verb = said === undefined ? -1 : words.findIndex(({ at }) => at === said)
    return known[0] ?? Math.max(verb, 0)
  }
}

export function contentOf({ content }: Reading): readonly Word[] {
  return content.type === 'thing' ? content.phrase : content.deed.phrase
}

export function plain(sentence: Sentence, replaces: boolean) {
  return {
    citations: [citationOf(sentence)],
    saidBy: sentence.turn.speaker,
    at: sentence.at,
    replaces,
  }
}

export interface Found {
  finding: Finding
  statement: Statement
  reading: Reading
}

interface Conditions {
  /** Holds for all that is read. */
  condition?: ConditionPart | undefined
  /** The case that the agent asked about: holds where a deed has no condition of its own. */
  supposed?: ConditionPart | undefined
  /** Nothing was made of the words so far: whatever is asked for stays as it was said. */
  loose?: boolean
}

/** The words with what pronouns mean in their place; `loose` where any near thing may be meant. */
export function withAntecedents(
  state: State,
  sentence: Sentence,
  said: readonly Word[],
  loose: boolean,
): readonly Word[] {
  const one = topicIn(state, sentence)
  // What the agent asked about is too far for a guess.
  const near = [state.topic, subjectIn(state, sentence), state.thing].find(
    ({ length }) => length > 0,
  )
  const known = withThings(namedInCondition(said, one), { one, many: state.things })
  return loose ? withNames(known, { one: near ?? [], many: state.things }) : known
}

export function findingsIn(
  state: State,
  sentence: Sentence,
  said: readonly Word[],
  replaces: boolean,
  { condition, supposed, loose = false }: Conditions = {},
): Found[] {
  const found: Found[] = []
  const { turn, tentative } = sentence
  const words = withAntecedents(state, sentence, said, loose)
  const ofNow = state.today || state.inUse
  const asks = ofNow || turn.role !== 'client' || tentative || isDoubtful(words)
  const named = subjectIn(state, sentence)
  const spokenOf = topicIn(state, sentence)
  const told = asks ? [] : toldIn(state, sentence, words, spokenOf)
  const topic = told.map(topicOf).findLast((object) => object !== undefined) ?? spokenOf
  let people: Actor | undefined
  const place = placeIn(words)
  const asked = readSentence(words, topic).filter((reading) => !repeats(reading, told))
  const all = [...told, ...asked].sort((a, b) => place(a) - place(b))
  const clauses = all.length > 0 ? clausesIn(words) : []
  for (const said of all) {
    const told = aboutThing(said, named, state.topic)
    const before = people ?? peopleBefore(words.slice(0, told.subject.start))
    const reading = aboutPeople(told, before ?? state.mention.people)
    const actor = actorOf(reading, before === undefined ? state.mention : { people: before })
    if (actor === undefined) continue
    const sequel = conditionBefore(reading, found)
    if (reading.follows && sequel === undefined) continue
    const when = condition ?? sequel ?? (isDone(reading) ? supposed : undefined)
    const statement = stateReading(
      { ...(when && { condition: when }), ...(loose && { loose: true as const }), ...reading },
      actor,
    )
    if (actor.kind === 'people' && actor.name !== 'user') {
      people = asGroup(actor, reading.subject)
      remember(state, people)
    }
    if (statement === undefined) continue
    state.topic = topicOf(reading) ?? thingIn(reading) ?? state.topic
    const own = clauseOf(reading, clauses) ?? words
    const base: Finding = {
      ...plain(sentence, replaces),
      citations: [
        citationOf(sentence),
        ...antecedentsOf(statement.text, sentence, state.recent).map(citationOf),
      ],
      kind: kindOf(own, reading, statement),
      statement: statement.text,
      priority: tentative ? careful : priorityOf(own, reading),
      clause: statement.clause,
    }
    if (statement.describes && base.kind === 'requirement' && !isTestable(reading)) continue
    const left = isLeftOut(reading) ? exclusionOf(reading, statement, base) : base
    found.push({ finding: left, statement, reading })
  }
  if (found.length === 0) remember(state, peopleNamed(words))
  return found
}

/** What is told in the present; in a talk about a defect a thing does what is wrong. */
function toldIn(
  state: State,
  sentence: Sentence,
  words: readonly Word[],
  spokenOf: readonly Word[],
): Reading[] {
  return readPlain(words, spokenOf, state.framed && isNear(state, sentence)).filter(
    ({ subject }) => !(state.ofDefect && (subject.kind === 'thing' || relates(subject.words))),
  )
}

/** `Somebody who works at night gets …`: an example of what is wrong. */
function relates(words: readonly Word[]): boolean {
  return words.some(({ lower }) => lower === 'who')
}

/** Whether a sentence is one of the first of an answer: later ones may tell of anything. */
function isNear({ recent }: State, { at }: Sentence): boolean {
  return recent.filter((before) => before.at === at).length < 2
}

/** `The nests must stay hidden`: the thing that something is said of. */
function thingIn({ subject }: Reading): readonly Word[] | undefined {
  return subject.kind === 'thing' && subject.noun !== 'everything' ? subject.words : undefined
}

const careful: Finding['priority'] = { level: 'could', reason: 'Put as a question.' }

/** The clause that a reading was taken from, and what is said of it right after: `…, that's not urgent`. */
function clauseOf(
  reading: Reading,
  clauses: readonly (readonly Word[])[],
): readonly Word[] | undefined {
  const content = new Set(contentOf(reading))
  const at = clauses.findIndex((clause) => clause.some((word) => content.has(word)))
  const next = clauses[at + 1] ?? []
  const points = ['it', 'that', 'this'].includes(next[0]?.lower ?? '')
  return at === -1 ? undefined : [...(clauses[at] ?? []), ...(points ? next : [])]
}

/** `From then on nobody can reserve it`: after what was told last. */
function conditionBefore({ follows }: Reading, found: readonly Found[]): ConditionPart | undefined {
  const last = follows ? found.at(-1)?.reading : undefined
  return last && afterDeed(last)
}

/** Something is done, in a case; a thing that is to be there is there in all. */
function isDone({ content, able }: Reading): boolean {
  return content.type === 'deed' && content.deed.verb.lower !== 'be' && !able
}

/** `a page that shows …` is said by what the page does. */
function repeats({ content }: Reading, told: readonly Reading[]): boolean {
  return (
    content.type === 'thing' &&
    told.some(
      ({ subject, content: other }) =>
        subject.kind === 'system' &&
        other.type === 'deed' &&
        other.deed.phrase.some((word) => content.phrase.includes(word)),
    )
  )
}

const states = wordSet(
  'mandatory optional required public private anonymous free unique empty complete correct bilingual multilingual',
)

/** `orders must be editable`, `it has to be in Spanish`: a state that can be looked at. */
function isTestable({ content, subject }: Reading): boolean {
  if (content.type === 'thing') return false
  const first = content.deed.phrase.find(({ pos }) => pos !== 'ADV')
  if (first === undefined) return false
  const within = first.lower === 'in' && content.deed.phrase.length < 8
  const named =
    subject.kind === 'thing' && (states.has(first.lower) || /[ai]ble$/.test(first.lower))
  return within || named
}

/** `we don't want online payments`: the speaker wishes for something not to be there. */
function isLeftOut(reading: Reading): boolean {
  if (reading.subject.kind === 'people' && /need/.test(reading.said)) return false
  // `The old data don't have to be imported`: it is left out.
  const spared =
    reading.negated &&
    /(?:n't|not) (?:have|need) to$/.test(reading.said) &&
    reading.content.type === 'deed' &&
    reading.content.deed.verb.lower === 'be' &&
    reading.subject.kind === 'thing'
  if (spared || isNone(reading)) return true
  const wished = /want|need|like/.test(reading.said)
  return (
    reading.negated &&
    wished &&
    (reading.subject.kind === 'speaker' || reading.content.type === 'thing')
  )
}
