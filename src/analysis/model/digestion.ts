import type { Citation } from '../../domain/citation.ts'
import { boundedLine } from '../../domain/screen/bounded-line.ts'
import { signalIn } from '../../domain/screen/screen.ts'
import { signalReason } from '../../domain/screen/signal.ts'
import { type Turn, TurnId } from '../../domain/turn.ts'
import { contentWords } from '../offline/findings.ts'
import type { AnsweredBrief, AnsweredQuote } from './answer.ts'
import type { Findings } from './drafts.ts'
import { checkQuotes, type FoundQuote } from './quotes.ts'

/** What taking an answer apart is done with: the talk, and what was found in it so far. */
export interface Digestion {
  findings: Findings
  turns: readonly Turn[]
  byId: ReadonlyMap<string, Turn>
  /** The words of the clients, and of their quotes' meanings: what nobody said must speak of it, too. */
  byClients: ReadonlySet<string>
  /** The words of everybody, for what may go back to the agent: titles and questions. */
  byAll: ReadonlySet<string>
}

/** What a digestion compares with. */
export function wordsBy(
  answer: AnsweredBrief,
  turns: readonly Turn[],
): Pick<Digestion, 'byClients' | 'byAll'> {
  const byId = new Map(turns.map((turn) => [turn.id, turn]))
  const entries = [...answer.items, ...answer.entities, ...answer.openQuestions]
  const quoted = entries.flatMap(({ quotes }) => checkQuotes(quotes, byId).found)
  const meant = quoted.map(({ english }) => english)
  const clients = turns.filter(({ role }) => role === 'client').map(({ text }) => text)
  const spoken = turns.filter(({ role }) => role === 'client' || role === 'agent')
  return {
    byClients: new Set(contentWords([...clients, ...meant].join('\n'))),
    byAll: new Set(contentWords([...spoken.map(({ text }) => text), ...meant].join('\n'))),
  }
}

/** Whether a third of the words or more are among these. */
export function isSpokenOf(text: string, spoken: ReadonlySet<string>): boolean {
  const words = contentWords(text)
  return words.length > 0 && 3 * words.filter((word) => spoken.has(word)).length >= words.length
}

/** A text about the whole talk; empty, and removed, when it speaks of something else. */
export function spokenOf(digestion: Digestion, what: string, text: string, max: number): string {
  const line = safeLine(digestion, what, text, max) ?? ''
  if (line === '' || isSpokenOf(line, digestion.byAll)) return line
  remove(digestion, what, text, 'It does not speak of what was said.')
  return ''
}

/** Notes down what is taken out, and why. */
export function remove({ findings }: Digestion, what: string, text: string, reason: string): void {
  findings.removed.push({ what, text: boundedLine(text, 200), reason })
}

/** The text as one line; undefined, and removed, when it is empty or meant for a machine. */
export function safeLine(
  digestion: Digestion,
  what: string,
  text: string,
  max: number,
): string | undefined {
  const signal = signalIn(text)
  if (signal !== undefined) {
    remove(digestion, what, text, signalReason(signal))
    return undefined
  }
  return boundedLine(text, max) || undefined
}

/** A quote as it is stored. */
export function bare({ turn, quote }: Citation): Citation {
  return { turn, quote }
}

/** The quotes that stand in the talk; the others are noted as dropped. */
export function takeQuotes(
  { findings, byId }: Digestion,
  statement: string,
  quotes: readonly AnsweredQuote[],
): FoundQuote[] {
  const { found, wrong } = checkQuotes(quotes.slice(0, 30), byId)
  for (const { quote } of wrong) {
    // A citation of the domain must name a turn; one that names none leaves no trace but the removal.
    if (!TurnId.safeParse(quote.turn).success || quote.quote.trim() === '') continue
    const shown = boundedLine(quote.quote, 500) || '-'
    findings.dropped.push({ statement, citation: { turn: quote.turn, quote: shown } })
  }
  return found
}
