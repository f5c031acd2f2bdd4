import type { UsageGroupView } from '../../../src/http/usage-views.ts'
import { DataTable } from '../parts/data-table.tsx'
import { costWords } from './usage-words.ts'

const number = new Intl.NumberFormat('en')

interface UsageTableProps {
  /** What the rows are: stage or model. */
  name: string
  groups: readonly UsageGroupView[]
}

/** Calls, tokens and cost in groups. */
export function UsageTable({ name, groups }: UsageTableProps) {
  return (
    <DataTable
      label={`Usage by ${name.toLowerCase()}`}
      head={[name, 'Calls', 'Tokens in', 'of these cached', 'Tokens out', 'Cost']}
      rows={groups.map((group) => ({
        key: group.name,
        cells: [
          group.name,
          number.format(group.calls),
          number.format(group.inputTokens),
          number.format(group.cachedInputTokens),
          number.format(group.outputTokens),
          costWords(group),
        ],
      }))}
    />
  )
}
