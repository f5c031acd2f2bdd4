import type { Citation } from '../../domain/citation.ts'
import { citationOf } from './findings.ts'
import { capitalised } from './inflect.ts'
import { emptyNouns } from './lexicon/nouns.ts'
import { headOf, nounPhraseEnd } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import { isLukewarm, isDoubtful, replyOf } from './replies.ts'
import type { Sentence } from './sentences.ts'
import { textOf, type Word } from './words.ts'
import { asWritten } from './written.ts'

/** Something that the talk left undecided. */
export interface Question {
  question: string
  why: string
  citations: Citation[]
  /** The client's turn that left it open, if the client said anything. */
  at?: number
}

/** The question that a client could not answer: the agent's own words, or the client's `whether …`. */
export function questionFrom(
  agent: readonly Sentence[],
  client: readonly Sentence[],
): Question | undefined {
  const doubt = isLukewarm(client)
    ? client[0]
    : client.find((sentence) => isDoubtful(sentence.words))
  if (doubt === undefined) return undefined
  // A doubt that comes after an answer is about something else than the question.
  const asked =
    doubt === client[0]
      ? agent.findLast((sentence) => sentence.asks && askedText(sentence) !== undefined)
      : undefined
  const text = asked === undefined ? whether(doubt.words) : askedText(asked)
  if (text === undefined) return undefined
  return {
    question: text,
    why: 'The client has not decided yet.',
    citations: [...(asked === undefined ? [] : [citationOf(asked)]), citationOf(doubt)],
    at: doubt.at,
  }
}

/** The agent's question as one clean sentence; undefined when it is too short to stand alone. */
export function askedText(sentence: Sentence): string | undefined {
  const words = sentence.words.slice(openingEnd(sentence.words))
  const long = words.length >= 5 && words.length <= 60
  const thing = words.slice(0, nounPhraseEnd(words, 0))
  const head = headOf(thing)
  // `And gift vouchers?`
  if (head !== undefined && !emptyNouns.has(head.lemma) && words.length === thing.length + 1)
    return `What about ${textOf(thing)}?`
  return long ? capitalised(textOf(words)).slice(0, 500) : undefined
}

/** `whether we need French is not decided yet` → `Is it decided whether we need French?` */
function whether(words: readonly Word[]): string | undefined {
  const at = words.findLastIndex(({ lower }) => lower === 'whether' || lower === 'if')
  const told = words.findIndex(
    (word, index) => index > at && isCopula(word) && tellsDoubt(words, index + 1),
  )
  const end = told === -1 ? words.length : told
  const rest = words
    .slice(at + 1, end)
    .filter((word, index, all) => index < all.length - 1 || !/[.!?]/.test(word.text))
  return at === -1 || !isWhole(rest)
    ? undefined
    : `Is it decided whether ${asWritten(textOf(rest))}?`.slice(0, 500)
}

function isCopula({ lower }: Word): boolean {
  return ['is', "'s", 'was'].includes(lower)
}

function tellsDoubt(words: readonly Word[], at: number): boolean {
  return words
    .slice(at, at + 4)
    .some(({ lower }) => ['decided', 'clear', 'open', 'sure', 'settled'].includes(lower))
}

/** One clause that can be read alone; speech that breaks off or begins anew is none. */
function isWhole(words: readonly Word[]): boolean {
  const broken = words.some((word, index) => {
    const next = words[index + 1]
    const article = ['a', 'an', 'the'].includes(word.lower)
    const stops = next === undefined || ['AUX', 'VERB', 'ADP'].includes(next.pos)
    return article && stops
  })
  const verb = words.some(({ pos }) => pos === 'VERB' || pos === 'AUX')
  return verb && !broken && words.length >= 3 && words.length <= 25
}

/** Questions of the agent at the end of the talk that nobody answered. */
export function unanswered(sentences: readonly Sentence[]): Question[] {
  const last = sentences.findLastIndex(
    (sentence) =>
      sentence.turn.role === 'client' &&
      (sentence.words.length > 2 ||
        replyOf([sentence]) !== 'none' ||
        sentence.words.some(({ pos }) => pos === 'PROPN' || pos === 'NUM')),
  )
  return sentences.slice(last + 1, last + 21).flatMap((sentence) => {
    const question =
      sentence.turn.role === 'agent' && sentence.asks ? askedText(sentence) : undefined
    if (question === undefined) return []
    return [
      { question, why: 'The agent asked and nobody answered.', citations: [citationOf(sentence)] },
    ]
  })
}
