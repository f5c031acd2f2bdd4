import { defectMark } from '../../domain/job.ts'
import type { Talk } from '../../domain/turn.ts'
import { peopleNamed } from './actors.ts'
import { asksForWish } from './frames.ts'
import { asksOfToday, tellsOfToday } from './goals.ts'
import { takesBack } from './lexicon/speech.ts'
import { productInUse } from './product.ts'
import { thingNamed, thingsNamed } from './pointers.ts'
import { putRight } from './put-right.ts'
import { askedText } from './questions.ts'
import { recordsOf } from './records.ts'
import { keepStatement } from './records-statement.ts'
import { takeReply } from './scan-reply.ts'
import { withRetold } from './retell/take-retold.ts'
import { retell } from './retell/retell.ts'
import { scanSentence } from './scan-sentence.ts'
import { reject, remember, type Scan, type State } from './scan-state.ts'
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
  const scan = yield* scanOnce(talk, tag)
  return { ...scan, findings: withRetold(scan.findings, scan.retold) }
}

function* scanOnce(talk: Talk, tag: Tagger): Steps<Scan> {
  const sentences = yield* sentencesIn(talk, tag)
  const scan = yield* scanSentences(sentences, tag, isAboutDefect(sentences))
  if (sentences.length > shortTalk || asksForNew(scan) || asksForWishes(sentences)) return scan
  const again = yield* scanSentences(sentences, tag, true)
  return again.findings.some(({ statement }) => statement.startsWith(defectMark)) ? again : scan
}

/** The agent asks again and again how something new shall be. */
function asksForWishes(sentences: readonly Sentence[]): boolean {
  const asked = sentences.filter(({ turn, quote }) => turn.role === 'agent' && wishes.test(quote))
  return asked.length > 1 && !isAboutDefect(sentences)
}

const wishes =
  /\b(?:should|shall|may|would you (?:like|want)|do you (?:want|need)|what (?:do you need|would help|happens if))\b/i

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
    retold: [],
    mention: {},
    agent: [],
    tag,
    topic: [],
    askedThing: [],
    today: false,
    framed: false,
    told: false,
    inUse: product !== undefined,
    ofDefect,
    saysDefect: ofDefect && isAboutDefect(sentences),
    limited: new Map(),
    recent: [],
    things: [],
    thing: [],
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
  /\b(?:what|which part) (?:bothers|annoys|troubles|frustrates|worries|costs|hurts|takes|goes wrong|is (?:hard|difficult|annoying))|\bwhere does it hurt|\bwhat(?:'s| is| was|’s) (?:(?:the|your) (?:biggest |main )?(?:trouble|problem|matter|issue|pain)|wrong|bothering|annoying)\b/i

function* scanTurn(state: State, said: readonly Sentence[]): Steps<void> {
  const { kept: sentences, takenBack } =
    said[0]?.turn.role === 'client' ? putRight(said) : { kept: said, takenBack: [] }
  for (const sentence of takenBack)
    reject(state, sentence, 'The client put it right in the same breath.')
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
    const wrong = sentences.some(({ quote }) => asksWhatIsWrong.test(quote))
    state.today ||= wrong
    state.told ||= wrong && !state.ofDefect
    state.framed = !state.today && asksForWish(sentences, state.framed)
    state.agent = state.agent.length < 60 ? [...state.agent, ...sentences] : [...sentences]
    state.recent = [...state.recent, ...sentences].slice(-recentSentences)
    state.things = []
    for (const sentence of sentences) nameThings(state, sentence)
    return
  }
  state.topic = []
  state.thing = []
  state.askedThing = askedThing(state.agent)
  takeReply(state, sentences)
  let replaces = false
  for (const sentence of sentences) {
    replaces ||=
      sentence.words.some((_, at) => at < 12 && phraseLength(sentence.words, at, takesBack) > 0) ||
      startsAnew(sentence)
    scanSentence(state, sentence, replaces)
    retell(state, sentence)
    nameThings(state, sentence)
    state.recent = [...state.recent, sentence].slice(-recentSentences)
    yield sentence.quote.length
  }
  state.agent = []
}

function nameThings(state: State, { words }: Sentence): void {
  state.thing = thingNamed(words) ?? state.thing
  const things = thingsNamed(words)
  if (things.length > 0) state.things = things
}

/** `Actually, …` is dropped by cleaning; the client's own words still hold it. */
function startsAnew(sentence: Sentence): boolean {
  return /\b(?:actually|no,? wait|scratch that|instead of|rather than|after all|on second thoughts?)\b/i.test(
    sentence.quote.slice(0, 200),
  )
}
