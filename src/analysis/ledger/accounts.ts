import type { Need } from '../../domain/brief.ts'
import type { Citation } from '../../domain/citation.ts'
import type { Turn } from '../../domain/turn.ts'
import { type Claim, outcomesOf } from './claims.ts'
import type { FoundNeed } from './found-need.ts'
import { placesOf } from './places.ts'
import { unsaidIn } from './unsaid.ts'
import { distinctNeeds } from './without-entries.ts'

/** What an analyst says of a turn as a whole; it counts where nothing was made of any of its words. */
export type TurnClaim = { turn: string } & (
  { outcome: 'superseded'; by: string } | { outcome: 'rejected'; reason: string }
)

export interface LedgerInput {
  turns: readonly Turn[]
  /** What carries something, by code's own sieve. */
  needs: readonly FoundNeed[]
  claims: readonly Claim[]
  ofTurns?: readonly TurnClaim[]
}

/**
 * What became of everything that clients said and that carries something: what the sieve found, and
 * what the claims cite besides. In the order of the talk.
 */
export function accountsOf({ turns, needs, claims, ofTurns = [] }: LedgerInput): Need[] {
  const found = Map.groupBy(needs, ({ turn }) => turn)
  const quotes = quotesByTurn(claims)
  const told = Map.groupBy(ofTurns, ({ turn }) => turn)
  const clients = turns.filter(({ role }) => role === 'client')
  const places = new Map(
    clients.map((turn) => [
      turn.id,
      placesOf(turn, found.get(turn.id) ?? [], quotes.get(turn.id) ?? []),
    ]),
  )
  const outcomes = outcomesOf(claims, places)
  const citing = claimsByTurn(claims)
  return clients.flatMap((turn) => {
    const own = places.get(turn.id)?.needs ?? []
    const isUsed = own.some((need) => outcomes.has(need))
    const [ofTurn] = isUsed ? [] : (told.get(turn.id) ?? [])
    if (own.length === 0) return ofTurn === undefined ? [] : wholly(turn, ofTurn)
    const made = citing.get(turn.id) ?? []
    // Where the sieve finds nothing at all it does not know the language.
    const unsaid =
      needs.length === 0
        ? undefined
        : unsaidIn({ turn: turn.id, needs: own, became: outcomes, claims: made })
    const all = own.flatMap((need): Need[] => {
      const words = { turn: turn.id, quote: need.quote }
      const became = outcomes.get(need)?.outcomes ?? (ofTurn === undefined ? [] : [ofTurn])
      const parts = (unsaid?.get(need) ?? []).map(({ quote }) => missed(turn.id, quote))
      return became.length > 0
        ? [...became.map((outcome) => ({ ...outcome, ...words })), ...parts]
        : [missed(turn.id, need.quote)]
    })
    return distinctNeeds(all)
  })
}

function missed(turn: string, quote: string): Need {
  return { turn, quote, outcome: 'missed', items: [] }
}

function claimsByTurn(claims: readonly Claim[]): ReadonlyMap<string, Claim[]> {
  const byTurn = new Map<string, Claim[]>()
  for (const claim of claims) {
    for (const turn of new Set(claim.citations.map((citation) => citation.turn))) {
      const known = byTurn.get(turn)
      if (known === undefined) byTurn.set(turn, [claim])
      else known.push(claim)
    }
  }
  return byTurn
}

function quotesByTurn(claims: readonly Claim[]): ReadonlyMap<string, Set<string>> {
  const byTurn = new Map<string, Set<string>>()
  for (const { turn, quote } of claims.flatMap(({ citations }) => citations)) {
    const known = byTurn.get(turn)
    if (known === undefined) byTurn.set(turn, new Set([quote]))
    else known.add(quote)
  }
  return byTurn
}

/** A turn of which the analyst knows what became, and nothing in particular carries something. */
function wholly({ text }: Turn, claim: TurnClaim): Need[] {
  const quote = shortened(text.trim())
  return quote === '' ? [] : [{ ...claim, quote }]
}

const longest = 500

/** The beginning of a long text, without half a character at the cut. */
export function shortened(text: string): string {
  return text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '')
}

/** The words of which nothing was made. */
export function missedIn(needs: readonly Need[]): Citation[] {
  return needs.flatMap(({ outcome, turn, quote }) =>
    outcome === 'missed' ? [{ turn, quote }] : [],
  )
}
