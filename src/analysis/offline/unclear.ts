import { citationOf } from './findings.ts'
import type { Question } from './questions.ts'
import type { Scan } from './scan-state.ts'

/** More questions than these would not be answered. */
const most = 10
const longest = 240

/**
 * Needs that could not be put as statements: nothing of them must get lost, so each becomes a
 * question about the client's own words.
 */
export function unclearIn(scan: Scan, accounted: (at: number) => boolean): Question[] {
  return [...scan.said]
    .filter(([at]) => !accounted(at))
    .sort(([a], [b]) => a - b)
    .slice(0, most)
    .map(([at, sentence]) => ({
      question: `What is asked for in “${shortened(sentence.quote)}”?`,
      why: 'The client asks for something here that could not be put as a clear statement.',
      citations: [citationOf(sentence)],
      at,
    }))
}

function shortened(quote: string): string {
  const line = quote.replace(/\s+/g, ' ').trim()
  if (line.length <= longest) return line
  return `${line.slice(0, line.lastIndexOf(' ', longest)).toWellFormed()} …`
}
