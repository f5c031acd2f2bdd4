import {
  acknowledgements,
  agreements,
  doubts,
  openings,
  plainRefusals,
  refusals,
} from './lexicon/speech.ts'
import type { Sentence } from './sentences.ts'
import { phraseLength, type Word } from './words.ts'

/** How a client takes what the agent just said. */
export type Reply = 'yes' | 'no' | 'unsure' | 'none'

/** The reply that a turn opens with, in its first two sentences. */
export function replyOf(sentences: readonly Sentence[]): Reply {
  if (sentences.some((sentence) => isDoubtful(sentence.words))) return 'unsure'
  for (const sentence of sentences.slice(0, 2)) {
    const reply = opening(sentence.words)
    if (reply !== 'none') return reply
    if (sentence.words.length > 4) break
  }
  return refusesPlainly(sentences) ? 'no' : 'none'
}

function opening(words: readonly Word[]): Reply {
  for (let at = 0; at < Math.min(words.length, 6); at++) {
    if (words[at]?.lower === ',') continue
    if (phraseLength(words, at, refusals) > 0) return isYesAfterAll(words, at) ? 'yes' : 'no'
    if (phraseLength(words, at, agreements) > 0) return 'yes'
    if (!isFiller(words, at)) return 'none'
  }
  return 'none'
}

/** Whether a turn turns down what was offered, and not only answers a question. */
export function refusesPlainly(sentences: readonly Sentence[]): boolean {
  return [sentences[0], sentences.at(-1)].some(
    (sentence) =>
      sentence !== undefined &&
      sentence.words.length < 9 &&
      sentence.words.some((_, at) => at < 3 && phraseLength(sentence.words, at, plainRefusals) > 0),
  )
}

/** `Okay.`, `Fine, but …` */
export function acknowledges(words: readonly Word[]): boolean {
  return phraseLength(words, 0, acknowledgements) > 0
}

/** `no problem`, `no, that's right` */
function isYesAfterAll(words: readonly Word[], at: number): boolean {
  return (
    words[at]?.lower === 'no' &&
    ['problem', 'doubt', 'worries'].includes(words[at + 1]?.lower ?? '')
  )
}

function isFiller(words: readonly Word[], at: number): boolean {
  return phraseLength(words, at, openings) > 0
}

/** Whether the speaker has not decided: `I'm not sure yet`, `we need to think about that`. */
export function isDoubtful(words: readonly Word[]): boolean {
  return words.some(
    (_, at) =>
      phraseLength(words, at, doubts) > 0 &&
      words[at + phraseLength(words, at, doubts)]?.lower !== 'but',
  )
}
