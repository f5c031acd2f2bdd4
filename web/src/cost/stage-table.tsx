import type { EstimateView, UsageGroupView } from '../../../src/http/usage-views.ts'
import { formatUsd } from '../format/cost.ts'
import { DataTable } from '../parts/data-table.tsx'
import { costWords } from './usage-words.ts'

const number = new Intl.NumberFormat('en')

type StageEstimate = EstimateView['stages'][number]

function rangeWords(range: { low: string; high: string }): string {
  const [low, high] = [formatUsd(range.low), formatUsd(range.high)]
  return low === high ? low : `${low} to ${high}`
}

function estimateWords(estimate: StageEstimate | undefined): string {
  if (estimate === undefined) return '—'
  if (estimate.models.length === 0) return 'nothing, offline'
  return estimate.costUsd === null ? 'unknown' : rangeWords(estimate.costUsd)
}

function tokenWords(estimate: StageEstimate | undefined): string {
  if (estimate === undefined || estimate.models.length === 0) return '—'
  const { low, high } = estimate.inputTokens
  return `${number.format(low)} to ${number.format(high)}`
}

interface StageTableProps {
  estimate: EstimateView | undefined
  taken: readonly UsageGroupView[]
}

/** Each stage that calls models: what one run of it may take, and what all runs took. */
export function StageTable({ estimate, taken }: StageTableProps) {
  const names = new Set([
    ...(estimate?.stages ?? []).map(({ stage }) => stage),
    ...taken.map(({ name }) => name),
  ])
  if (names.size === 0) return <p className="small muted">No stage calls a model.</p>
  return (
    <DataTable
      label="Estimated and taken by stage"
      head={[
        'Stage',
        'Estimate',
        'Tokens in, estimated',
        'Took',
        'Tokens in',
        'Tokens out',
        'Calls',
      ]}
      rows={[...names].map((name) => {
        const before = estimate?.stages.find(({ stage }) => stage === name)
        const after = taken.find((group) => group.name === name)
        return {
          key: name,
          cells: [
            name,
            estimateWords(before),
            tokenWords(before),
            after === undefined ? '—' : costWords(after),
            number.format(after?.inputTokens ?? 0),
            number.format(after?.outputTokens ?? 0),
            number.format(after?.calls ?? 0),
          ],
        }
      })}
    />
  )
}
