import type { BriefItem, LedgerEntry, OpenQuestion } from '../../domain/brief.ts'
import type { Superseded } from './merge.ts'

interface LedgerInput {
  bearing: ReadonlySet<number>
  rejected: ReadonlyMap<number, string>
  superseded: readonly Superseded[]
  /** For each client turn the items that rest on it. */
  items: ReadonlyMap<number, readonly string[]>
  questions: ReadonlyMap<number, readonly string[]>
  turnId: (at: number) => string
}

/**
 * What became of each client turn that carries something. A turn whose words were partly used and
 * partly taken back has an entry for both.
 */
export function ledgerOf(input: LedgerInput): LedgerEntry[] {
  const entries: LedgerEntry[] = []
  for (const at of [...input.bearing].sort((a, b) => a - b)) {
    const turn = input.turnId(at)
    const items = input.items.get(at) ?? []
    const open = input.questions.get(at) ?? []
    const changes = input.superseded.filter((change) => change.at === at && change.by !== at)
    const reason = input.rejected.get(at)
    if (items.length > 0) entries.push({ turn, outcome: 'used', items: [...items] })
    for (const by of new Set(changes.map((change) => change.by)))
      entries.push({ turn, outcome: 'superseded', by: input.turnId(by) })
    if (open.length > 0) entries.push({ turn, outcome: 'open', items: [...open] })
    if (reason !== undefined && items.length + open.length === 0)
      entries.push({ turn, outcome: 'rejected', reason })
  }
  return entries
}

/** The share of need-bearing client turns that the ledger accounts for; 1 when there are none. */
export function coverageOf(bearing: ReadonlySet<number>, ledger: readonly LedgerEntry[]): number {
  const accounted = new Set(ledger.map(({ turn }) => turn))
  return bearing.size === 0 ? 1 : Math.min(1, accounted.size / bearing.size)
}

/** The ids of items and questions by the id of the turns that they cite. */
export function idsByTurn(
  entries: readonly (Pick<BriefItem, 'id' | 'citations'> | OpenQuestion)[],
): Map<string, string[]> {
  const ids = new Map<string, string[]>()
  for (const { id, citations } of entries) {
    for (const turn of new Set(citations.map((citation) => citation.turn))) {
      ids.set(turn, [...(ids.get(turn) ?? []), id])
    }
  }
  return ids
}
