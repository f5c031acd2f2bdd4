import type { Citation } from '../../domain/citation.ts'
import type { Turn } from '../../domain/turn.ts'
import type { AnsweredQuote } from './answer.ts'

const maxQuote = 2_000
const maxPatternWords = 400

/** A quote that stands in its turn, in the turn's own letters, with its meaning in English if it was told. */
export interface FoundQuote extends Citation {
  english: string
}

/** What a model quotes, divided into what stands in the talk and what does not. */
export interface CheckedQuotes {
  found: FoundQuote[]
  wrong: { quote: AnsweredQuote; fault: string }[]
}

/**
 * Looks every quote up in its turn. White space, capitals and the forms of quotation marks and
 * dashes may differ; the citation has the turn's own letters.
 */
export function checkQuotes(
  quotes: readonly AnsweredQuote[],
  turns: ReadonlyMap<string, Turn>,
): CheckedQuotes {
  const found: FoundQuote[] = []
  const wrong: CheckedQuotes['wrong'] = []
  for (const quote of quotes) {
    const turn = turns.get(quote.turn)
    const words = turn && verbatim(turn.text, quote.quote)
    if (turn === undefined || (turn.role !== 'client' && turn.role !== 'agent')) {
      wrong.push({ quote, fault: 'there is no such turn' })
    } else if (words === undefined) {
      wrong.push({ quote, fault: 'these words do not stand in the turn' })
    } else if (isTooShort(words, turn.text)) {
      wrong.push({ quote, fault: 'quote at least two words' })
    } else {
      found.push({ turn: turn.id, quote: words, english: quote.english ?? '' })
    }
  }
  return { found, wrong }
}

/** A lone word shows nothing, unless it was all that was said. */
function isTooShort(words: string, text: string): boolean {
  const isOneWord = !/\s/.test(words.trim()) && words.length < 8
  return isOneWord && text.length > 40 && !/[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/.test(words)
}

/** The passage of the text that the quote names, or undefined. */
export function verbatim(text: string, quote: string): string | undefined {
  const bare = quote
    .trim()
    .replace(/^["'“”„«»…]+|["'“”„«»…]+$/g, '')
    .trim()
  if (bare === '' || bare.length > maxQuote) return undefined
  if (text.includes(bare)) return bare
  const words = bare.split(/\s+/)
  if (words.length > maxPatternWords) return undefined
  const pattern = words.map((word) => patternOf(word)).join('\\s+')
  return new RegExp(pattern, 'iu').exec(text)?.[0].slice(0, maxQuote)
}

function patternOf(word: string): string {
  return word
    .replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
    .replaceAll(/['’‘`]/g, "['’‘`]")
    .replaceAll(/["“”„]/g, '["“”„]')
    .replaceAll(/[-–—‑]/g, '[-–—‑]')
}
