import { acknowledgements, agreements, doubts, plainRefusals, refusals } from './lexicon/replies.ts'
import { openings } from './lexicon/speech.ts'
import { openingEnd } from './openings.ts'
import { defers, detailOf, exceptionOf, isConditional, modalReply } from './short-replies.ts'
import type { Sentence } from './sentences.ts'
import { phraseLength, type Word } from './words.ts'

/** How a client takes what the agent just said; `never` makes a rule of it that it must not be. */
export type Reply = 'yes' | 'no' | 'never' | 'unsure' | 'none'

/** The reply that a turn opens with, in its first two sentences. */
export function replyOf(sentences: readonly Sentence[]): Reply {
  if (sentences.some((sentence) => isDoubtful(sentence.words))) return 'unsure'
  if (isLukewarm(sentences)) return 'unsure'
  if (defers(sentences)) return 'no'
  for (const sentence of sentences.slice(0, 2)) {
    const reply = opening(sentence.words)
    if (reply !== 'none') return reply
    if (sentence.words.length > 4) break
  }
  return refusesPlainly(sentences) ? 'no' : 'none'
}

const leavingIt =
  /\b(?:i (?:guess|suppose)|if you (?:think|say) so|if you like|whatever|up to you|you decide)\b/i
const longestLeave = 7

/** `Yeah, I guess.`, `Sure, if you think so.`, `Up to you.`: all that is said leaves it to the other. */
export function isLukewarm([only, ...others]: readonly Sentence[]): boolean {
  if (only === undefined || others.length > 0) return false
  return leavingIt.test(only.quote) && only.quote.split(/\s+/).length <= longestLeave
}

function opening(words: readonly Word[]): Reply {
  const modal = modalReply(words)
  if (modal !== undefined) return modal.negated ? (modal.isRule ? 'never' : 'no') : 'yes'
  if (isConditional(words) || (detailOf(words) !== '' && openingEnd(words) === 0)) return 'yes'
  const refuses = words.some((_, at) => at < 3 && phraseLength(words, at, refusals) > 0)
  if (!refuses && exceptionOf(words) !== '') return 'never'
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
      // `see what is still open`
      !words
        .slice(Math.max(0, at - 2), at)
        .some(({ lower }) => ['what', 'which', 'who'].includes(lower)) &&
      words[at + phraseLength(words, at, doubts)]?.lower !== 'but',
  )
}
