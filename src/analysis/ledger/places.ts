import type { Turn } from '../../domain/turn.ts'
import { stemOf, termsOf } from '../evidence/terms.ts'
import type { FoundNeed } from './found-need.ts'

/** A need where it stands in its turn. */
export interface PlacedNeed {
  turn: string
  quote: string
  start: number
  end: number
  /** The words that tell it from the other needs of its sentence; none where only a citation shows it. */
  terms: readonly string[]
  /** The sentence that it stands in, and where that begins in the turn. */
  sentence: { text: string; start: number }
}

/** The needs of a turn, in its order, none over another, and where quotes meet them. */
export interface Places {
  needs: readonly PlacedNeed[]
  /** The needs that a quote of this turn overlaps, each with whether the quote is no more than a part of it. */
  met: (quote: string) => { need: PlacedNeed; isPart: boolean }[]
}

const maxQuote = 2_000

/** Puts what the sieve found in its place, and what citations show besides. */
export function placesOf(
  { id, text }: Turn,
  found: readonly FoundNeed[],
  quotes: Iterable<string>,
): Places {
  const starts = new Map<string, number>()
  const startOf = (quote: string, from = 0): number => {
    const start = starts.get(quote) ?? text.indexOf(quote, from)
    starts.set(quote, start)
    return start
  }
  const sieved = placed(id, found, startOf)
  const shown = [...new Set(quotes)].flatMap((quote) => {
    const start = startOf(quote)
    const end = start + quote.length
    return start < 0 || between(sieved, start, end).length > 0 ? [] : [{ start, end }]
  })
  const cited = joined(shown).map(({ start, end }) => {
    const quote = text.slice(start, end).slice(0, maxQuote).toWellFormed()
    return { turn: id, quote, start, end, terms: [], sentence: { text: quote, start } }
  })
  const needs = [...sieved, ...cited].sort((a, b) => a.start - b.start)
  return {
    needs,
    met: (quote) => {
      const start = startOf(quote)
      const end = start + quote.length
      return (start < 0 ? [] : between(needs, start, end)).map((need) => ({
        need,
        isPart: start >= need.start && end <= need.end && end - start < need.end - need.start,
      }))
    },
  }
}

/** Looked for from the last one on, so that a turn of hours is read once. */
function placed(
  turn: string,
  found: readonly FoundNeed[],
  startOf: (quote: string, from: number) => number,
): PlacedNeed[] {
  const first = new Map(found.map((one) => [one.quote, one]))
  const siblings = Map.groupBy(first.values(), ({ sentence }) => sentence)
  let from = 0
  return [...first.values()].flatMap(({ quote, sentence }) => {
    const whole = startOf(sentence, from)
    const start = startOf(quote, Math.max(whole, 0))
    if (start < 0) return []
    from = Math.max(whole, 0)
    const others = (siblings.get(sentence) ?? []).filter((one) => one.quote !== quote)
    const text = { text: sentence, start: from }
    const terms = telling(quote, others)
    return [{ turn, quote, start, end: start + quote.length, terms, sentence: text }]
  })
}

/** How something is asked for tells nothing of what is. */
const asking = new Set(
  'need want wish like prefer please make sure actually maybe perhaps possible possibly able allow ideally nice good great helpful useful important necessary easy simple hm thing something everything'
    .split(' ')
    .map(stemOf),
)

function telling(quote: string, others: readonly FoundNeed[]): string[] {
  const all = [...new Set(termsOf(quote))].filter((term) => term.length > 1 || /\d/.test(term))
  const named = all.filter((term) => !asking.has(term))
  const own = named.length > 0 ? named : all
  const shared = new Set(others.flatMap((one) => termsOf(one.quote)))
  const apart = own.filter((term) => !shared.has(term))
  return apart.length > 0 ? apart : own
}

interface Span {
  start: number
  end: number
}

/** The spans that these places overlap; they stand in order, none over another. */
function between<T extends Span>(spans: readonly T[], start: number, end: number): T[] {
  let [low, high] = [0, spans.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((spans[middle]?.end ?? 0) > start) high = middle
    else low = middle + 1
  }
  const met: T[] = []
  for (let at = low; at < spans.length; at++) {
    const span = spans[at]
    if (span === undefined || span.start >= end) break
    met.push(span)
  }
  return met
}

/** Spans in order, those that overlap as one. */
function joined(spans: readonly Span[]): Span[] {
  const kept: Span[] = []
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = kept.at(-1)
    if (last !== undefined && span.start < last.end) last.end = Math.max(last.end, span.end)
    else kept.push({ ...span })
  }
  return kept
}
