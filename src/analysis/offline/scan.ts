import { defectMark } from '../../domain/job.ts'
import type { Talk } from '../../domain/turn.ts'
import { peopleNamed } from './actors.ts'
import { asksOfToday, tellsOfToday } from './goals.ts'
import { takesBack } from './lexicon/speech.ts'
import { productInUse } from './product.ts'
import { askedText } from './questions.ts'
import { recordsOf } from './records.ts'
import { keepStatement } from './records-statement.ts'
import { takeReply } from './scan-reply.ts'
import { scanSentence } from './scan-sentence.ts'
import { remember, type Scan, type State } from './scan-state.ts'
import { sentencesOf, splitSentences, type Sentence } from './sentences.ts'
import type { Steps } from './steps.ts'
import { askedThing } from './topic.ts'
import { isAboutDefect } from './trouble.ts'
import { phraseLength, type Tagger } from './words.ts'

/** How far back something may be named that `it` or `they` means. */
const recentSentences = 8

/** A longer talk says in other words, too, that something is broken. */
const shortTalk = 60

/**
 * Reads a talk from its first turn to its last. A short one that asks for nothing new is read again
 * as one about a defect: `The export only has the first page.` says so by nothing else.
 */
export function* scanTalk(talk: Talk, tag: Tagger): Steps<Scan> {
  const sentences = yield* sentencesIn(talk, tag)
  const scan = yield* scanSentences(sentences, tag, isAboutDefect(sentences))
  if (sentences.length > shortTalk || asksForNew(scan)) return scan
  const again = yield* scanSentences(sentences, tag, true)
  return again.findings.some(({ statement }) => statement.startsWith(defectMark)) ? again : scan
}

/** Somebody is to be able to do something, something is to be kept or limited, or there is a goal. */
function asksForNew({ findings, records }: Scan): boolean {
  const wanted = findings.some(
    ({ kind, clause, limit }) =>
      kind === 'goal' || clause?.actor !== undefined || limit !== undefined,
  )
  return wanted || records.length > 0
}

function* sentencesIn(talk: Talk, tag: Tagger): Steps<Sentence[]> {
  const sentences: Sentence[] = []
  for (const [at, turn] of talk.turns.entries()) {
    if (turn.role !== 'client' && turn.role !== 'agent') continue
    for (const quote of splitSentences(turn.text)) {
      sentences.push(...sentencesOf(quote, turn, at, tag))
      yield quote.length
    }
  }
  return sentences
}

function* scanSentences(sentences: Sentence[], tag: Tagger, ofDefect: boolean): Steps<Scan> {
  const records = yield* recordsOf(sentences)
  const product = productInUse(sentences)
  const state: State = {
    findings: [],
    questions: [],
    records,
    sentences,
    rejected: [],
    mention: {},
    agent: [],
    tag,
    topic: [],
    askedThing: [],
    today: false,
    told: false,
    inUse: product !== undefined,
    ofDefect,
    limited: new Map(),
    recent: [],
    listed: new Set(
      records.flatMap(({ sentences, deed }) => (deed === undefined ? sentences : [])),
    ),
    deeds: new Map(
      records.flatMap(({ sentences: [first], deed }) => (first && deed ? [[first, deed]] : [])),
    ),
  }
  if (product !== undefined) state.findings.push(product)
  for (const record of records) state.findings.push(keepStatement(record))
  for (const turn of Map.groupBy(sentences, (sentence) => sentence.at).values())
    yield* scanTurn(state, turn)
  return state
}

/** The answer tells how things are without what is asked for. */
const asksWhatIsWrong =
  /\bwhat(?:'s| is| was|’s) (?:(?:the|your) (?:biggest |main )?(?:trouble|problem|matter|issue|pain)|wrong|bothering|annoying)\b/i

function* scanTurn(state: State, sentences: readonly Sentence[]): Steps<void> {
  const [first] = sentences
  if (first === undefined) return
  if (first.turn.role === 'agent') {
    for (const { words } of sentences) remember(state, peopleNamed(words))
    const question = sentences.findLast(
      (sentence) => sentence.asks && askedText(sentence) !== undefined,
    )
    if (question !== undefined) state.asked = question
    state.today = sentences.some(({ words }) => tellsOfToday(words) || asksOfToday(words))
    state.told = state.today
    state.today ||= sentences.some(({ quote }) => asksWhatIsWrong.test(quote))
    state.agent = state.agent.length < 60 ? [...state.agent, ...sentences] : [...sentences]
    state.recent = [...state.recent, ...sentences].slice(-recentSentences)
    return
  }
  state.topic = []
  state.askedThing = askedThing(state.agent)
  takeReply(state, sentences)
  let replaces = false
  for (const sentence of sentences) {
    replaces ||=
      sentence.words.some((_, at) => at < 12 && phraseLength(sentence.words, at, takesBack) > 0) ||
      startsAnew(sentence)
    scanSentence(state, sentence, replaces)
    state.recent = [...state.recent, sentence].slice(-recentSentences)
    yield sentence.quote.length
  }
  state.agent = []
}

/** `Actually, …` is dropped by cleaning; the client's own words still hold it. */
function startsAnew(sentence: Sentence): boolean {
  return /\b(?:actually|no,? wait|scratch that|instead of|rather than|after all|on second thoughts?)\b/i.test(
    sentence.quote.slice(0, 200),
  )
}
