import type { CallView } from '../../../src/http/usage-views.ts'
import { formatUsd } from '../format/cost.ts'
import { formatDuration } from '../format/time.ts'
import { Age } from '../parts/age.tsx'
import { DataTable } from '../parts/data-table.tsx'

const number = new Intl.NumberFormat('en')

const outcomes: Readonly<Record<CallView['outcome'], string>> = {
  open: 'under way',
  used: 'used',
  invalid: 'answer did not fit',
  refused: 'refused',
  cut_off: 'cut off',
  empty: 'empty answer',
  failed: 'failed',
}

function callCost({ costUsd, mostUsd }: CallView): string {
  if (costUsd !== null) return formatUsd(costUsd)
  return mostUsd === null ? 'unknown' : `unknown, at most ${formatUsd(mostUsd)}`
}

/** The calls of models, one by one. */
export function CallTable({ calls }: { calls: readonly CallView[] }) {
  return (
    <DataTable
      label="Calls of models"
      head={['When', 'Stage', 'Model', 'Outcome', 'Tokens in', 'Tokens out', 'Time', 'Cost']}
      words={['Stage', 'Model', 'Outcome']}
      rows={calls.map((call) => ({
        key: call.id,
        cells: [
          <Age key="age" at={call.at} />,
          call.stage,
          call.answeredBy ?? call.model,
          outcomes[call.outcome],
          number.format(call.inputTokens),
          number.format(call.outputTokens),
          formatDuration(call.ms),
          callCost(call),
        ],
      }))}
    />
  )
}
