/** A stretch of a turn's text; `lit` when a quote covers it. */
export interface Stretch {
  text: string
  lit: boolean
}

interface Span {
  from: number
  to: number
}

function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = []
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1)
    if (last !== undefined && span.from <= last.to) last.to = Math.max(last.to, span.to)
    else result.push({ ...span })
  }
  return result
}

/**
 * Cuts a text at the quotes that stand in it, letter for letter. What two quotes share is lit once;
 * a quote that does not stand in the text lights nothing. The stretches make up the text again.
 */
export function lightQuotes(text: string, quotes: readonly string[]): Stretch[] {
  const spans = quotes.flatMap((quote) => {
    const from = quote === '' ? -1 : text.indexOf(quote)
    return from < 0 ? [] : [{ from, to: from + quote.length }]
  })
  const stretches: Stretch[] = []
  let at = 0
  for (const { from, to } of joined(spans)) {
    if (from > at) stretches.push({ text: text.slice(at, from), lit: false })
    stretches.push({ text: text.slice(from, to), lit: true })
    at = to
  }
  if (at < text.length) stretches.push({ text: text.slice(at), lit: false })
  return stretches
}
