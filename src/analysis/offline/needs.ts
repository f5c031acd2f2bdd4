import { amountIn } from './amounts.ts'
import { carriesAsAnswer } from './answered-needs.ts'
import { findAnchors, type Anchor } from './anchors.ts'
import { clausesIn } from './clauses.ts'
import type { FoundNeed } from '../ledger/found-need.ts'
import { asksForWish } from './frames.ts'
import { limitsIn } from './limits.ts'
import { emptyNouns, systemNouns } from './lexicon/nouns.ts'
import { goingOn } from './lexicon/speech.ts'
import { phraseList, wordSet } from './lexicon/word-set.ts'
import { actionVerbs, systemVerbs, talkVerbs } from './lexicon/verbs.ts'
import { headOf, isNoun, nounPhraseEnd } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import { tellsDeeds } from './plain-deeds.ts'
import { readSentence } from './readings.ts'
import type { Reading } from './reading.ts'
import { replyOf } from './replies.ts'
import type { Sentence } from './sentences.ts'
import type { Steps } from './steps.ts'
import { subjectBefore } from './subject.ts'
import { phraseLength, type Word } from './words.ts'

/**
 * What clients say that carries a need, wish, limit or decision: the clauses that do, or the whole
 * sentence where no more than one does. It takes in too much rather than too little: it is the base
 * that coverage is measured against.
 */
export function* needsIn(sentences: readonly Sentence[]): Steps<FoundNeed[]> {
  const found: FoundNeed[] = []
  let answer: Answer = { asked: [], framed: false, told: 0 }
  for (let at = 0; at < sentences.length;) {
    const first = sentences[at]
    if (first === undefined) break
    let end = at + 1
    while (sentences[end]?.turn === first.turn && sentences[end]?.quote === first.quote) end++
    const run = sentences.slice(at, end)
    const asked = sentences[at - 1]
    answer = answerAt(answer, run, asked)
    if (first.turn.role === 'client') {
      const needs = needsOf(run, answer.framed && answer.told <= nearest)
      const whole = decides(run, asked) || turnsDown(run, answer) || addsToAnswer(run, answer)
      found.push(...(needs.length === 0 && whole ? [wholeOf(first)] : needs))
    }
    at = end
    yield first.quote.length / 4
  }
  return found
}

/** What is being answered, and how many sentences of the answer were told. */
interface Answer {
  asked: readonly Sentence[]
  framed: boolean
  told: number
}

/** Later sentences of an answer may tell of anything. */
const nearest = 2

function answerAt(before: Answer, run: readonly Sentence[], last: Sentence | undefined): Answer {
  const [first] = run
  if (first?.turn.role === 'client') {
    const goesOn = last?.turn === first.turn
    return { ...before, told: goesOn ? before.told + 1 : 1 }
  }
  const asked = last?.turn === first?.turn ? [...before.asked, ...run] : run
  return { asked, framed: asksForWish(asked, before.framed), told: 0 }
}

/** What an answer goes on with carries something where the agent had asked. */
function addsToAnswer(run: readonly Sentence[], { asked, told }: Answer): boolean {
  if (told > nearest + 1 || !asked.some(({ asks }) => asks)) return false
  return run.some(({ asks, words }) => !asks && carriesAsAnswer(words))
}

/** `Do you store their names? – We'd rather not.`: what was asked about is decided. */
function turnsDown(run: readonly Sentence[], { asked, told }: Answer): boolean {
  const question = asked.at(-1)
  if (run.length > 1 || told > 1 || question?.asks !== true || !deciding.test(question.quote))
    return false
  return !closing.test(question.quote) && ['no', 'never'].includes(replyOf(run))
}

/** A question that a no turns something down with. */
const deciding =
  /^(?:(?:and|so|but|okay|then|also),? )*(?:do|does|should|shall|can|could|must|may|will|would|is|are)\b/i

/** A no to `Anything else?` ends the talk. */
const closing = /\b(?:else|more|other|further|questions?|clear|error|message)\b/i

const asksToBeAble = /^(?:and |but |so |okay |also |then |,){0,3}(?:can|could|may) (?!i |we |you )/i

function wholeOf({ turn, quote }: Sentence): FoundNeed {
  return { turn: turn.id, quote, sentence: quote, explicit: false }
}

/** `Up to four.`, `Everyone, on a map.`: half a sentence decides what was asked for. */
function decides(run: readonly Sentence[], asked: Sentence | undefined): boolean {
  const [first] = run
  if (first === undefined || run.length > 1 || first.asks) return false
  if (asked?.turn.role !== 'agent' || !asked.asks || !asking.test(asked.quote)) return false
  // Who uses it is told by what they do with it.
  if (/\bwho (?:will |would |is going to )?(?:works?|uses?)\b/i.test(asked.quote)) return false
  const words = first.words.slice(openingEnd(first.words))
  const tells = words.some(({ pos }) => pos === 'VERB')
  const names = words.some(
    (word) => word.pos === 'NUM' || (isNoun(word) && !emptyNouns.has(word.lemma)),
  )
  return words.length < 14 && names && !tells
}

/** Of the software that is to be; `What do you do?` is asked of the client. */
const asking =
  /\b(?:how (?:many|long|often|much|big|large|far)|who|which|where|when|should|can|could|must|may)\b/i

/** Of the clauses of one sentence, which a run-on has several of. */
function needsOf(run: readonly Sentence[], framed: boolean): FoundNeed[] {
  const [first] = run
  if (first === undefined || first.asks) return []
  const { turn, quote: sentence } = first
  const bearing = run.flatMap(({ words }) => bearingClauses(words, framed))
  const explicit = bearing.some((clause) => clause.explicit)
  // What a client asks for as a question counts, whatever becomes of it.
  if (first.tentative && bearing.length === 0 && asksToBeAble.test(sentence))
    return [{ ...wholeOf(first), explicit: true }]
  if (bearing.length < 2)
    return bearing.map(() => ({ turn: turn.id, quote: sentence, sentence, explicit }))
  return bearing.flatMap((clause) => {
    const quote = quoteOf(clause.words, sentence)
    return quote === undefined
      ? []
      : [{ turn: turn.id, quote, sentence, explicit: clause.explicit }]
  })
}

/** The clause letter for letter; undefined where none of its words stands there. */
function quoteOf(clause: readonly Word[], sentence: string): string | undefined {
  const known = clause.filter(({ at, pos }) => at !== undefined && pos !== 'PUNCT')
  const [first, last] = [known[0], known.at(-1)]
  if (first?.at === undefined || last?.at === undefined) return undefined
  return sentence.slice(first.at, last.at + last.text.length)
}

interface BearingClause {
  words: readonly Word[]
  explicit: boolean
}

function bearingClauses(words: readonly Word[], framed = false): BearingClause[] {
  const bearing: BearingClause[] = []
  const past = tellsOfPast(words)
  for (const clause of clausesIn(words)) {
    const explicit = asks(clause)
    const isMore = bearing.length > 0 && adds(clause)
    const told = sets(clause) || (framed && tellsAny(clause))
    if (explicit || isMore || (!past && told)) bearing.push({ words: clause, explicit })
  }
  return bearing
}

/** Whether a sentence carries a need, wish, limit or decision. */
export function bearsNeed(words: readonly Word[]): boolean {
  return bearingClauses(words).length > 0
}

/** Whether a clause asks for something in so many words. */
export function asksPlainly(words: readonly Word[]): boolean {
  return asks(words)
}

/** Asked for in so many words. */
function asks(words: readonly Word[]): boolean {
  if (words.length < 3) return false
  if (limitsIn(words).length > 0 || comparesAmount(words)) return true
  if (readSentence(words).some((reading) => isStated(reading, words))) return true
  return findAnchors(words).some((anchor) => isNeed(words, anchor))
}

/** Of the client these are talk; of others they may be a part of the software. */
const speaking = wordSet('say tell call ask')

const comparing = phraseList(
  'more than\nless than\nlarger than\nbigger than\nlonger than\nsmaller than\nfewer than',
)

/** `none larger than 10 megabytes` */
function comparesAmount(words: readonly Word[]): boolean {
  return words.some((_, at) => {
    const length = phraseLength(words, at, comparing)
    const near = words.slice(Math.max(0, at - 4), at)
    const refused = near.some(
      ({ lower }, index) => refusing.has(lower) && near[index + 1]?.lower !== ',',
    )
    return length > 0 && refused && words[at + length]?.pos === 'NUM'
  })
}

const refusing = wordSet("no not n't none nobody never")

/** What talk is about talk (`we need to discuss that`) asks for nothing, and nor does `I can't draw`. */
function isStated({ content, subject, said }: Reading, words: readonly Word[]): boolean {
  if (content.type === 'thing') return true
  // `rooms that nobody can find` says which rooms; `a page where customers can pay` asks for it.
  if (isRelative(words, subject.start) || isRelative(words, subject.start - 1)) return false
  const own = subject.kind === 'speaker' && subject.noun === 'i' && !/want|like|need/.test(said)
  // `She will correct it by hand` foretells.
  const foretold = subject.kind === 'they' && /^(?:will|'ll|would|'d)$/.test(said)
  // `We'll see about that` promises.
  const promised =
    subject.kind === 'speaker' && /^(?:'ll|will|wo)\b(?! (?:need|like|have to|want))/.test(said)
  if (promised) return false
  const named = ['people', 'system', 'thing'].includes(subject.kind)
  const verb = content.deed.verb.lemma
  return !own && !foretold && (!talkVerbs.has(verb) || (named && speaking.has(verb)))
}

/** Whether the word opens a clause about a thing that is not the software. */
function isRelative(words: readonly Word[], at: number): boolean {
  const before = words[at - 1]
  const opens = ['that', 'which', 'who'].includes(words[at]?.lower ?? '')
  return opens && isNoun(before) && !systemNouns.has(before?.lemma ?? '')
}

function isNeed(words: readonly Word[], anchor: Anchor): boolean {
  const subject = subjectBefore(words, anchor.start)
  const named = ['people', 'system', 'thing'].includes(subject.kind)
  const firm = anchor.duty || anchor.wish || anchor.force === 'must'
  if (!firm && !(named && saysShould(words, anchor))) return false
  const at = words[anchor.end]?.lower === 'to' ? anchor.end + 1 : anchor.end
  const done = words[at]?.lower === 'be' && words[at + 1]?.pos === 'VERB'
  const verb = done ? words[at + 1] : words[at]
  if (verb === undefined || (talkVerbs.has(verb.lemma) && !(named && speaking.has(verb.lemma))))
    return false
  const own = subject.kind === 'speaker' && subject.noun === 'i' && anchor.duty
  return !own && (subject.kind !== 'it' || anchor.duty) && subject.kind !== 'listener'
}

/** `orders should …` asks; `orders will …` and `orders can …` may only foretell. */
function saysShould(words: readonly Word[], { start }: Anchor): boolean {
  return ['should', 'ought'].includes(words[start]?.lower ?? '')
}

/** Said as a fact: a price, a share, a date, a refusal, an order, or what somebody does. */
function sets(words: readonly Word[]): boolean {
  const from = openingEnd(words)
  return (
    amountIn(words) ||
    dueIn(words) ||
    refuses(words) ||
    orders(words, from) ||
    tellsDeeds(words) ||
    tellsOfIt(words, from) ||
    prefers(words)
  )
}

/** Asked how it shall be, any clause with a deed and a thing answers that. */
function tellsAny(words: readonly Word[]): boolean {
  const from = openingEnd(words)
  const told = words.slice(from)
  const verb = told.find(({ pos }) => pos === 'VERB')
  const own = ['i', 'you', 'we', 'my', 'our'].includes(told[0]?.lower ?? '')
  const names = told.some((word) => isNoun(word) && !emptyNouns.has(word.lemma))
  return verb !== undefined && !own && names && !talkVerbs.has(verb.lemma) && told.length > 3
}

const due = wordSet('by before until till')
const dates = wordSet(`
  january february march april may june july august september october november december
  monday tuesday wednesday thursday friday saturday sunday
  spring summer autumn christmas easter week month year
`)

function dueIn(words: readonly Word[]): boolean {
  return words.some(({ lower }, at) => {
    const end = due.has(lower) ? nounPhraseEnd(words, at + 1) : at
    return words.slice(at + 1, end).some((word) => dates.has(word.lower) || dates.has(word.lemma))
  })
}

const denials = wordSet('no not without never')
const talk = wordSet('problem idea doubt worry chance clue sense rush hurry offence')

/** `No ads`, `without a login` */
function refuses(words: readonly Word[]): boolean {
  const at = words.findIndex(({ lower }) => denials.has(lower))
  if (at === -1 || at > openingEnd(words) + 1) return false
  const end = nounPhraseEnd(words, at + 1)
  const head = headOf(words.slice(at + 1, end))
  return head !== undefined && !emptyNouns.has(head.lemma) && !talk.has(head.lemma)
}

/** `it syncs when it is back online` */
function tellsOfIt(words: readonly Word[], from: number): boolean {
  const [it, verb] = [words[from], words[from + 1]]
  const known = actionVerbs.has(verb?.lemma ?? '') || systemVerbs.has(verb?.lemma ?? '')
  return it?.lower === 'it' && verb?.pos === 'VERB' && verb.lower.endsWith('s') && known
}

const preferring = phraseList(
  'is better\nwould be better\nare better\nis enough\nwould be enough\nare enough',
)

/** `email is better` */
function prefers(words: readonly Word[]): boolean {
  return words.some(
    (_, at) => at > 0 && phraseLength(words, at, preferring) > 0 && isNoun(words[at - 1]),
  )
}

const ordering = wordSet('leave keep let make put skip forget stick go use do')

/** `Leave the payment part alone`, `Use the old colours` */
function orders(words: readonly Word[], from: number): boolean {
  const verb = words[from]
  if (verb === undefined || verb.lower !== verb.lemma) return false
  const known = ordering.has(verb.lower) || (verb.pos === 'VERB' && actionVerbs.has(verb.lower))
  return known && nounPhraseEnd(words, from + 1) > from + 1 && !isNoun(verb)
}

/** `…, with a pickup time`, `… and maybe also pay`: goes on with what was asked for before. */
function adds(clause: readonly Word[]): boolean {
  const from = clause[0]?.lower === ',' ? 1 : 0
  const length = phraseLength(clause, from, goingOn)
  return (
    length > 0 &&
    clause.slice(from + length).some((word) => isNoun(word) || actionVerbs.has(word.lower))
  )
}

/** `Yesterday we sold 20 euros' worth`: what happened asks for nothing. */
function tellsOfPast(words: readonly Word[]): boolean {
  const verb = words.find(({ pos }) => pos === 'VERB' || pos === 'AUX')
  return (
    verb !== undefined &&
    /^(?:was|were|had|did|went|came|said|told|got|took|made)$|[^e]ed$/.test(verb.lower)
  )
}
