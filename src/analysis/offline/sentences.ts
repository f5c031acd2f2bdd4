import type { Turn } from '../../domain/turn.ts'
import { automatedWish } from './automated.ts'
import { cleanSpeech } from './clean-speech.ts'
import { wishAsked } from './client-questions.ts'
import { withoutEcho } from './echo.ts'
import { withoutHope } from './hopes.ts'
import { clausesOfRunOn } from './run-ons.ts'
import { corrected } from './repairs.ts'
import type { Tagger, Word } from './words.ts'

/** One sentence of a turn: the words as they stand there, and the words that count. */
export interface Sentence {
  turn: Turn
  /** The turn's place in the talk, from 0. */
  at: number
  /** Verbatim, letter for letter. */
  quote: string
  /** Without hesitation, repeats and false starts. */
  words: readonly Word[]
  asks: boolean
  /** Put as a question, and said as a statement. */
  tentative: boolean
}

/** Longer than this is cut at a space: speech recognition may leave out every full stop. */
const longest = 600

/** The sentences of a text, each a verbatim part of it; a bounded scan, no backtracking. */
export function splitSentences(text: string): string[] {
  const parts: string[] = []
  let from = 0
  for (let index = 0; index < text.length; index++) {
    if (isEnd(text, index) || (index - from >= longest && text[index] === ' ')) {
      parts.push(text.slice(from, index + 1))
      from = index + 1
    }
  }
  parts.push(text.slice(from))
  return parts.map((part) => part.trim()).filter((part) => /[A-Za-z0-9]/.test(part))
}

function isEnd(text: string, index: number): boolean {
  const letter = text[index]
  if (letter === '\n') return true
  if (letter !== '.' && letter !== '?' && letter !== '!') return false
  const next = text[index + 1]
  if (next !== undefined && !/\s/.test(next)) return false
  // `I. F. A.` and `e.g. this` go on.
  return (
    letter !== '.' ||
    !/(?:^|[\s.])(?:[A-Za-z]|e\.g|i\.e|etc|vs|approx|Mrs?|Ms|Dr|Prof|St|Inc|Ltd)$/.test(
      text.slice(Math.max(0, index - 6), index),
    )
  )
}

/** Speech recognition may leave out the question mark. */
function isQuestion(text: string): boolean {
  return (
    !/[.!?]$/.test(text) &&
    /^(?:(?:and|but|okay|ok|so|well|now|then|right|alright|great|good),? ){0,3}(?:what|who|which|how|when|where|why|does|do|did|is|are|should|shall|can|could|would|will|must|may|has|have|anything)\b/i.test(
      text,
    )
  )
}

/**
 * A client's `and maybe also pay?` is a wish that is put carefully; `I can see it, how is it called?`,
 * `that works, do you think?` and `maybe I can have a word?` ask the others.
 */
function isCareful(text: string): boolean {
  return (
    text.split(' ').length > 3 &&
    !/\b(?:you|your|i|me|what|who|how|why|which)\b|[,.…] (?:when|where|do|does|is|are|can|could|would|should|right|correct)\b/i.test(
      text,
    )
  )
}

/** The words with their places in what was said, which has more words than count. */
function placed(words: readonly Word[], quote: string): readonly Word[] {
  const said = quote.toLowerCase().replace(/[‘’]/g, "'")
  if (said.length !== quote.length) return words
  let from = 0
  return words.map((word): Word => {
    const at = placeOf(said, word.lower, from)
    if (at === -1) return word
    from = at + word.lower.length
    return { ...word, at }
  })
}

/** No word stands further from the one before: what a pause takes up is short. */
const furthest = 120

/** The next place where a word, or the end of one such as `n't`, stands by itself. */
function placeOf(said: string, word: string, from: number): number {
  let at = said.indexOf(word, from)
  while (at > from && at - from < furthest && /[\p{L}\p{N}]/u.test(said.charAt(at - 1))) {
    at = said.indexOf(word, at + 1)
  }
  return at - from < furthest ? at : -1
}

/** A part of a turn, cleaned and tagged; a run-on gives several sentences with the same quote. */
export function sentencesOf(quote: string, turn: Turn, at: number, tag: Tagger): Sentence[] {
  const clean = cleanSpeech(quote)
  if (clean === '') return []
  const marked = clean.endsWith('?')
  const inverted = isQuestion(clean.replace(/\?+$/, ''))
  const said = withoutEcho(corrected(placed(tag(clean), quote)))
  const wish = turn.role === 'client' && (marked || inverted) ? wishAsked(said) : undefined
  const careful = turn.role === 'client' && marked && !inverted && isCareful(clean)
  const tentative = careful || wish !== undefined
  const asks = turn.role === 'agent' ? marked || inverted : marked && !tentative
  const words = automatedWish(said) ?? withoutHope(wish ?? said)
  const clauses = asks ? [words] : clausesOfRunOn(words)
  return clauses.map((clause) => ({
    turn,
    at,
    quote: quote.slice(0, 2_000),
    words: clause,
    asks,
    tentative,
  }))
}
