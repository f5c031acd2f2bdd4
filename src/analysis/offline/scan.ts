import type { Talk } from '../../domain/turn.ts'
import { actorOf, asGroup, peopleNamed, type Actor, type Mention } from './actors.ts'
import { budgetIn } from './budget.ts'
import { citationOf, type Finding } from './findings.ts'
import { asksOfToday, goalIn, tellsOfToday } from './goals.ts'
import { kindOf, priorityOf } from './kinds.ts'
import { limitsIn } from './limits.ts'
import { takesBack } from './lexicon/speech.ts'
import { bearsNeed } from './needs.ts'
import { declinedThing, excludedIn, exclusionOf } from './exclusions.ts'
import { keepStatement } from './records-statement.ts'
import { askedText, questionFrom, type Question } from './questions.ts'
import { readPlain, readSentence, type Reading } from './readings.ts'
import { recordsOf, type RecordFinding } from './records.ts'
import { isDoubtful, replyOf } from './replies.ts'
import { sentencesOf, type Sentence } from './sentences.ts'
import type { Statement } from './finish.ts'
import { stateReading } from './statements.ts'
import { suggestionsOf } from './suggestions.ts'
import { nounPhraseEnd } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import { conditionOf, type ConditionPart } from './deeds.ts'
import { phraseLength, type Tagger, type Word } from './words.ts'

/** Everything that one pass over the talk found, in the talk's order. */
export interface Scan {
  findings: Finding[]
  questions: Question[]
  records: RecordFinding[]
  sentences: Sentence[]
  /** Client turns that carry something, by their place in the talk. */
  bearing: Set<number>
  /** Client turns that are left out on purpose, with the reason. */
  rejected: Map<number, string>
}

interface State extends Scan {
  mention: Mention
  /** What the agent said since the client last spoke. */
  agent: Sentence[]
  tag: Tagger
  /** What the client spoke of last in this turn: an `it` means this. */
  topic: readonly Word[]
  /** The agent's last question that can stand alone. */
  asked?: Sentence
  /** It is told how things are done today. */
  today: boolean
  listed: ReadonlySet<Sentence>
  /** The words that tell a deed in a sentence that lists fields too. */
  deeds: ReadonlyMap<Sentence, readonly Word[]>
}

/** Reads a talk from its first turn to its last. */
export function scanTalk(talk: Talk, tag: Tagger): Scan {
  const sentences = talk.turns.flatMap((turn, at) =>
    turn.role === 'client' || turn.role === 'agent' ? sentencesOf(turn, at, tag) : [],
  )
  const records = recordsOf(sentences)
  const state: State = {
    findings: [],
    questions: [],
    records,
    sentences,
    bearing: new Set(),
    rejected: new Map(),
    mention: {},
    agent: [],
    tag,
    topic: [],
    today: false,
    listed: new Set(
      records.flatMap(({ sentences, deed }) => (deed === undefined ? sentences : [])),
    ),
    deeds: new Map(records.flatMap(({ sentences: [first], deed }) => first && deed ? [[first, deed]] : [])),
  }
  for (const record of records) state.findings.push(keepStatement(record))
  for (const record of records) for (const { at } of record.sentences) state.bearing.add(at)
  for (const turn of Map.groupBy(sentences, (sentence) => sentence.at).values())
    scanTurn(state, turn)
  for (const { at } of state.findings) state.bearing.add(at)
  return state
}

function scanTurn(state: State, sentences: readonly Sentence[]): void {
  const [first] = sentences
  if (first === undefined) return
  if (first.turn.role === 'agent') {
    for (const { words } of sentences) remember(state, peopleNamed(words))
    const question = state.agent.findLast((sentence) => sentence.asks && askedText(sentence) !== undefined)
    if (question !== undefined) state.asked = question
    state.today = sentences.some(({ words }) => tellsOfToday(words) || asksOfToday(words))
    state.agent =
      sentences.length > 0 && state.agent.length < 60
        ? [...state.agent, ...sentences]
        : [...sentences]
    return
  }
  takeReply(state, sentences)
  state.topic = []
  let replaces = false
  for (const sentence of sentences) {
    replaces ||=
      sentence.words.some((_, at) => at < 12 && phraseLength(sentence.words, at, takesBack) > 0) ||
      startsAnew(sentence)
    scanSentence(state, sentence, replaces)
  }
  state.agent = []
}

/** `Actually, …` is dropped by cleaning; the client's own words still hold it. */
function startsAnew(sentence: Sentence): boolean {
  return /\b(?:actually|no,? wait|scratch that|instead of|rather than)\b/i.test(
    sentence.quote.slice(0, 200),
  )
}

function remember(state: State, people: Mention['people']): void {
  if (people !== undefined) state.mention = { people }
}

/** A `yes` takes up what the agent offered, a `no` declines it. */
function takeReply(state: State, sentences: readonly Sentence[]): void {
  const [first] = sentences
  const agent = state.agent.slice(-3)
  if (first === undefined) return
  const reply = replyOf(sentences)
  if (reply === 'unsure') {
    const question = questionFrom(state.asked === undefined ? agent : [state.asked, ...agent], sentences)
    if (question !== undefined) state.questions.push(question)
    if (question !== undefined) state.bearing.add(first.at)
    return
  }
  if (reply === 'none' || agent.length === 0) return
  // `No, they pay in the shop` says how things are without the software.
  state.today ||= reply === 'no'
  if (reply === 'no' && first.words.length < 9) declineThing(state, first)
  const own = new Set(sentences.flatMap(({ words }) => readSentence(words).flatMap(verbOf)))
  const condition = reply === 'yes' ? conditionIn(first.words) : undefined
  for (const suggestion of suggestionsOf(agent, state.tag)) {
    if (reply === 'no' && !suggestion.asked) continue
    const found = findingsIn(state, suggestion.sentence, suggestion.words, false, condition)
    for (const { finding, statement, reading } of found) {
      // The client's own words on the same deed say it better.
      if (reply === 'yes' && verbOf(reading).some((verb) => own.has(verb))) continue
      // What the agent says of itself or to the client is no offer.
      if (!suggestion.asked && reading.subject.kind === 'listener') continue
      const citations = [citationOf(suggestion.sentence), citationOf(first)]
      const at = first.at
      const saidBy = first.turn.speaker
      state.bearing.add(at)
      if (reply === 'yes')
        state.findings.push({ ...finding, citations, at, saidBy, priority: accepted(finding) })
      else
        state.findings.push({
          ...exclusionOf(reading, statement, finding),
          citations,
          at,
          saidBy,
          priority: declined,
        })
    }
  }
}

/** Gives the place of what a reading speaks of in the sentence. */
function placeIn(words: readonly Word[]): (reading: Reading) => number {
  const places = new Map(words.map((word, at) => [word, at]))
  return (reading) => {
    const known = contentOf(reading).flatMap((word) => places.get(word) ?? [])
    return known[0] ?? 0
  }
}

/** The object that an `it` would mean after this. */
function topicOf({ content }: Reading): readonly Word[] | undefined {
  const { phrase } = content.type === 'thing' ? content : content.deed
  const object =
    content.type === 'thing' ? phrase.slice(0, nounPhraseEnd(phrase, 0)) : content.deed.object
  return object.length === 0 ? undefined : object
}

/** What the reading is about: `extend booking`. */
function verbOf({ content }: Reading): string[] {
  if (content.type === 'thing') return []
  const { verb, object } = content.deed
  return object.length === 0 || ['get', 'be', 'have'].includes(verb.lemma) ? [] : [verb.lemma]
}

/** `Yes, if the car is free.` */
function conditionIn(words: readonly Word[]): ConditionPart | undefined {
  const at = openingEnd(words)
  return at > 0 && words[at]?.lower === 'if' ? conditionOf(words.slice(at)) : undefined
}

/** `Sharing? – Not now.` */
function declineThing(state: State, reply: Sentence): void {
  const asked = state.agent.at(-1)
  const statement = asked?.asks === true ? declinedThing(asked.words) : undefined
  if (asked === undefined || statement === undefined) return
  state.bearing.add(reply.at)
  state.findings.push({
    ...plain(reply, false),
    citations: [citationOf(asked), citationOf(reply)],
    kind: 'out_of_scope',
    statement,
    priority: declined,
  })
}

const declined: Finding['priority'] = {
  level: 'wont',
  reason: 'Offered by the agent and declined.',
}

function accepted(finding: Finding): Finding['priority'] {
  const level = finding.priority.level === 'could' ? 'could' : 'should'
  return { level, reason: 'Offered by the agent and agreed to.' }
}

function scanSentence(state: State, sentence: Sentence, replaces: boolean): void {
  const { words, at } = sentence
  if (sentence.asks) return
  const goal = goalIn(words)
  if (goal !== undefined) {
    state.findings.push({
      ...plain(sentence, replaces),
      kind: 'goal',
      statement: goal,
      priority: { level: 'should', reason: 'What the software is for.' },
    })
  }
  if (tellsOfToday(words)) {
    state.today = true
    if (bearsNeed(words) || goal !== undefined) state.bearing.add(at)
    if (goal === undefined && bearsNeed(words))
      state.rejected.set(at, 'Tells how things are done today.')
    remember(state, peopleNamed(words))
    return
  }
  const limits = limitsIn(words)
  for (const limit of limits) {
    state.findings.push({
      ...plain(sentence, replaces),
      kind: 'constraint',
      statement: limit.statement,
      clause: limit.clause,
      limit: { amount: limit.amount, key: limit.key },
      priority: { level: 'must', reason: `A limit of ${limit.amount} was set.` },
    })
  }
  const excluded = excludedIn(words)
  if (excluded !== undefined) {
    state.findings.push({
      ...plain(sentence, replaces),
      kind: 'out_of_scope',
      statement: excluded,
      priority: { level: 'wont', reason: 'The client left it out.' },
    })
  }
  const budget = budgetIn(words)
  if (budget !== undefined) {
    state.bearing.add(at)
    state.findings.push({
      ...plain(sentence, replaces),
      kind: 'budget',
      statement: budget,
      priority: { level: 'must', reason: 'The client named the sum.' },
    })
  }
  const doubtful = isDoubtful(words)
  if (bearsNeed(words)) state.bearing.add(at)
  if (doubtful || state.listed.has(sentence) || excluded !== undefined) return
  const limited = new Set(limits.flatMap(({ words: used }) => used))
  const told = state.deeds.get(sentence) ?? words
  for (const { finding, reading } of findingsIn(state, sentence, told, replaces))
    if (!contentOf(reading).some((word) => limited.has(word))) state.findings.push(finding)
}

function contentOf({ content }: Reading): readonly Word[] {
  return content.type === 'thing' ? content.phrase : content.deed.phrase
}

function plain(sentence: Sentence, replaces: boolean) {
  return {
    citations: [citationOf(sentence)],
    saidBy: sentence.turn.speaker,
    at: sentence.at,
    replaces,
  }
}

interface Found {
  finding: Finding
  statement: Statement
  reading: Reading
}

function findingsIn(
  state: State,
  sentence: Sentence,
  words: readonly Word[],
  replaces: boolean,
  condition?: ConditionPart,
): Found[] {
  const found: Found[] = []
  const asks = state.today || sentence.turn.role !== 'client' || isDoubtful(words)
  const told = asks ? [] : readPlain(words, state.topic)
  const topic = told.map(topicOf).findLast((object) => object !== undefined) ?? state.topic
  let people: Actor | undefined
  const place = placeIn(words)
  const all = [...told, ...readSentence(words, topic)].sort((a, b) => place(a) - place(b))
  for (const reading of all) {
    const before = people ?? peopleNamed(words.slice(0, reading.subject.start))
    const actor = actorOf(reading, before === undefined ? state.mention : { people: before })
    if (actor === undefined) continue
    const statement = stateReading({ ...(condition && { condition }), ...reading }, actor)
    if (actor.kind === 'people' && actor.name !== 'user') {
      people = asGroup(actor, reading.subject)
      remember(state, people)
    }
    if (statement === undefined) continue
    state.topic = topicOf(reading) ?? state.topic
    const base: Finding = {
      ...plain(sentence, replaces),
      kind: kindOf(words, reading, statement),
      statement: statement.text,
      priority: priorityOf(words, reading),
      clause: statement.clause,
    }
    if (statement.describes && base.kind === 'requirement') continue
    const left = isLeftOut(reading) ? exclusionOf(reading, statement, base) : base
    found.push({ finding: left, statement, reading })
  }
  if (found.length === 0) remember(state, peopleNamed(words))
  return found
}

/** `we don't want online payments`: the speaker wishes for something not to be there. */
function isLeftOut(reading: Reading): boolean {
  const wished = /want|need|like/.test(reading.said)
  return (
    reading.negated &&
    wished &&
    (reading.subject.kind === 'speaker' || reading.content.type === 'thing')
  )
}
