import type { Talk } from '../../domain/turn.ts'
import { peopleNamed } from './actors.ts'
import { budgetIn } from './budget.ts'
import { asksOfToday, goalIn, tellsOfToday } from './goals.ts'
import { limitsIn } from './limits.ts'
import { takesBack } from './lexicon/speech.ts'
import { bearsNeed } from './needs.ts'
import { excludedIn } from './exclusions.ts'
import { keepStatement } from './records-statement.ts'
import { askedText } from './questions.ts'
import { recordsOf } from './records.ts'
import { isDoubtful } from './replies.ts'
import { sentencesOf, type Sentence } from './sentences.ts'
import { phraseLength, type Tagger } from './words.ts'

import { contentOf, findingsIn, plain, remember, type Scan, type State } from './scan-state.ts'
import { takeReply } from './scan-reply.ts'
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
    deeds: new Map(
      records.flatMap(({ sentences: [first], deed }) => (first && deed ? [[first, deed]] : [])),
    ),
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
    const question = sentences.findLast(
      (sentence) => sentence.asks && askedText(sentence) !== undefined,
    )
    if (question !== undefined) state.asked = question
    state.today = sentences.some(({ words }) => tellsOfToday(words) || asksOfToday(words))
    state.agent = state.agent.length < 60 ? [...state.agent, ...sentences] : [...sentences]
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
