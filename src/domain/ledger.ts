import type { Brief, LedgerEntry, Need } from './brief.ts'

/** The needs with what follows from them: the ledger of the turns and the coverage. */
export function withNeeds(needs: readonly Need[]): Pick<Brief, 'needs' | 'ledger' | 'coverage'> {
  return { needs: [...needs], ledger: ledgerOf(needs), coverage: coverageOf(needs) }
}

/**
 * What became of each turn, from its needs. A turn whose words came to different ends has an entry for
 * each; what counts most stands last: its use, then what is open, what was replaced and what was rejected.
 */
export function ledgerOf(needs: readonly Need[]): LedgerEntry[] {
  const byTurn = Map.groupBy(needs, ({ turn }) => turn)
  return [...byTurn]
    .sort(([a], [b]) => Number(a.slice(1)) - Number(b.slice(1)))
    .flatMap(([turn, own]) => entriesOf(turn, own))
}

function entriesOf(turn: string, needs: readonly Need[]): LedgerEntry[] {
  const reasons = new Set(needs.flatMap((one) => (one.outcome === 'rejected' ? one.reason : [])))
  const later = new Set(needs.flatMap((one) => (one.outcome === 'superseded' ? one.by : [])))
  const open = itemsOf(needs, ['open', 'missed'])
  const used = itemsOf(needs, ['used'])
  return [
    ...[...reasons].map((reason) => ({ turn, outcome: 'rejected' as const, reason })),
    ...[...later].map((by) => ({ turn, outcome: 'superseded' as const, by })),
    ...(open.length > 0 ? [{ turn, outcome: 'open' as const, items: open }] : []),
    ...(used.length > 0 ? [{ turn, outcome: 'used' as const, items: used }] : []),
  ]
}

function itemsOf(needs: readonly Need[], outcomes: readonly Need['outcome'][]): string[] {
  const items = needs.flatMap((one) =>
    'items' in one && outcomes.includes(one.outcome) ? one.items : [],
  )
  return [...new Set(items)]
}

/** The share of the needs of which something was made, or was decided; 1 when there are none. */
export function coverageOf(needs: readonly Need[]): number {
  const told = (all: readonly Need[]) =>
    new Set(all.map(({ turn, quote }) => `${turn} ${quote}`)).size
  const missed = needs.filter(({ outcome }) => outcome === 'missed')
  return needs.length === 0 ? 1 : 1 - told(missed) / told(needs)
}
