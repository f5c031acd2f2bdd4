import type { LedgerEntry } from '../../domain/brief.ts'
import type { Citation } from '../../domain/citation.ts'
import type { Turn } from '../../domain/turn.ts'
import { idsByTurn } from '../offline/ledger.ts'

interface Cited {
  id: string
  citations: Citation[]
}

export interface LedgerInput {
  turns: readonly Turn[]
  /** Items and entities. */
  used: readonly Cited[]
  questions: readonly Cited[]
  /** What the model says of turns, checked. */
  told: readonly LedgerEntry[]
  /** Client turns that carry something, by code's own sieve. */
  needs: ReadonlyMap<string, Citation>
}

export interface Accounts {
  ledger: LedgerEntry[]
  /** The share of bearing turns that the analyst accounted for, before what follows. */
  coverage: number
  /** Bearing turns that it did not account for, with the words that bear. */
  missing: Citation[]
}

/** What became of each client turn that carries something; the analyst's word counts for superseded and rejected turns alone. */
export function accountsOf({ turns, used, questions, told, needs }: LedgerInput): Accounts {
  const usedBy = idsByTurn(used.map(cited))
  const openBy = idsByTurn(questions.map(cited))
  const ledger: LedgerEntry[] = []
  const missing: Citation[] = []
  let bearing = 0
  for (const { id, role } of turns) {
    if (role !== 'client') continue
    const own = entriesOf(id, usedBy.get(id) ?? [], openBy.get(id) ?? [], told)
    const need = needs.get(id)
    if (own.length === 0 && need === undefined) continue
    bearing++
    ledger.push(...own)
    if (own.length === 0 && need !== undefined) missing.push(need)
  }
  return { ledger, missing, coverage: bearing === 0 ? 1 : (bearing - missing.length) / bearing }
}

function cited({ id, citations }: Cited): {
  id: string
  citations: Citation[]
  question: string
  why: string
} {
  return { id, citations, question: '', why: '' }
}

function entriesOf(
  turn: string,
  items: readonly string[],
  open: readonly string[],
  told: readonly LedgerEntry[],
): LedgerEntry[] {
  const entries: LedgerEntry[] = []
  if (items.length > 0) entries.push({ turn, outcome: 'used', items: [...items] })
  const superseded = told.find((one) => one.turn === turn && one.outcome === 'superseded')
  if (superseded !== undefined) entries.push(superseded)
  if (open.length > 0) entries.push({ turn, outcome: 'open', items: [...open] })
  const rejected = told.find((one) => one.turn === turn && one.outcome === 'rejected')
  if (rejected !== undefined && entries.length === 0) entries.push(rejected)
  return entries
}
