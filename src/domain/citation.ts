import { z } from 'zod'
import { type Turn, TurnId } from './turn.ts'

/** Evidence: words that stand, letter for letter, in one turn of the talk. */
export const Citation = z.object({ turn: TurnId, quote: z.string().min(1).max(2_000) })
export type Citation = z.infer<typeof Citation>

/** What a check of one citation found. */
export type CitationFault = 'unknown_turn' | 'not_verbatim'

/** Checks that the quote stands in its turn, letter for letter; undefined when it does. */
export function citationFault(
  citation: Citation,
  turns: ReadonlyMap<string, Turn>,
): CitationFault | undefined {
  const turn = turns.get(citation.turn)
  if (turn === undefined) return 'unknown_turn'
  return turn.text.includes(citation.quote) ? undefined : 'not_verbatim'
}

/** The turns of a talk by their id. */
export function turnsById(turns: readonly Turn[]): ReadonlyMap<string, Turn> {
  return new Map(turns.map((turn) => [turn.id, turn]))
}
