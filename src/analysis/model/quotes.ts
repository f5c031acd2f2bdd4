import type { Citation } from '../../domain/citation.ts'
import type { Turn } from '../../domain/turn.ts'
import type { AnsweredQuote } from './answer.ts'
import { foldedPlace } from './folded-place.ts'

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
 * Looks every quote up in its turn. White space, capitals, the forms of quotation marks and dashes,
 * and how a letter is encoded may differ; the citation has the turn's own letters. Words that stand in one other turn
 * alone are cited from there: the model had the right words and the wrong number.
 */
export function checkQuotes(
  quotes: readonly AnsweredQuote[],
  turns: ReadonlyMap<string, Turn>,
): CheckedQuotes {
  const found: FoundQuote[] = []
  const wrong: CheckedQuotes['wrong'] = []
  for (const quote of quotes) {
    const named = turns.get(quote.turn)
    const turn = named !== undefined && isSpoken(named) ? named : undefined
    const words = turn && (verbatim(turn.text, quote.quote) ?? otherForm(turn.text, quote.quote))
    const english = quote.english ?? ''
    const elsewhere = words === undefined ? onlyPlace(quote.quote, turns) : undefined
    if (elsewhere !== undefined) found.push({ ...elsewhere, english })
    else if (turn === undefined) wrong.push({ quote, fault: 'there is no such turn' })
    else if (words === undefined) {
      wrong.push({ quote, fault: 'these words do not stand in the turn' })
    } else if (isTooShort(words, turn.text)) {
      wrong.push({ quote, fault: 'quote at least two words' })
    } else {
      found.push({ turn: turn.id, quote: words, english })
    }
  }
  return { found, wrong }
}

function isSpoken({ role }: Turn): boolean {
  return role === 'client' || role === 'agent'
}

/** Fewer letters than that may be said anywhere: `Yes, please do.` */
const telling = 20

/** The one turn in which these words stand; undefined where there are several, or none. */
function onlyPlace(quote: string, turns: ReadonlyMap<string, Turn>): Citation | undefined {
  if (quote.trim().length < telling) return undefined
  const find = verbatimFinder(quote)
  let place: Citation | undefined
  for (const turn of turns.values()) {
    const words = isSpoken(turn) ? find(turn.text) : undefined
    if (words === undefined) continue
    if (place !== undefined) return undefined
    place = { turn: turn.id, quote: words }
  }
  return place
}

/** A lone word shows nothing, unless it was all that was said. */
function isTooShort(words: string, text: string): boolean {
  const isOneWord = !/\s/.test(words.trim()) && words.length < 8
  return isOneWord && text.length > 40 && !/[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/.test(words)
}

/** The passage of the text that the quote names, or undefined. */
export function verbatim(text: string, quote: string): string | undefined {
  return verbatimFinder(quote)(text)
}

function otherForm(text: string, quote: string): string | undefined {
  return quote.length > maxQuote ? undefined : foldedPlace(text, quote)?.slice(0, maxQuote)
}

/** Looks for a quote in many texts. */
function verbatimFinder(quote: string): (text: string) => string | undefined {
  const bare = quote
    .trim()
    .replace(/^["'“”„«»…]+|["'“”„«»…]+$/g, '')
    .trim()
  const words = bare.split(/\s+/)
  if (bare === '' || bare.length > maxQuote) return () => undefined
  const isLong = words.length > maxPatternWords
  const pattern = isLong ? undefined : new RegExp(words.map(patternOf).join('\\s+'), 'iu')
  return (text) => (text.includes(bare) ? bare : pattern?.exec(text)?.[0].slice(0, maxQuote))
}

function patternOf(word: string): string {
  return word
    .replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
    .replaceAll(/['’‘`]/g, "['’‘`]")
    .replaceAll(/["“”„]/g, '["“”„]')
    .replaceAll(/[-–—‑]/g, '[-–—‑]')
}
