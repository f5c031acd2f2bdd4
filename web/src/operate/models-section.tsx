import { useQuery } from '@tanstack/react-query'
import { assertNever } from '../../../src/domain/assert-never.ts'
import type { ModelHealthView, OperateModelsView } from '../../../src/http/operate-views.ts'
import { formatCost } from '../format/cost.ts'
import { formatDuration, formatTime } from '../format/time.ts'
import { Age } from '../parts/age.tsx'
import { Chip } from '../parts/chip.tsx'
import { modelsQuery } from './operate-queries.ts'
import { type Column, RowsTable } from './rows-table.tsx'
import { Section } from '../parts/section.tsx'

interface Row extends ModelHealthView {
  today: string
  month: string
}

type Spent = OperateModelsView['today']

function spentOn(name: string, groups: Spent): string {
  const group = groups.find((one) => one.name === name)
  if (group === undefined) return '–'
  if (group.costUsd === null) return 'unknown'
  const words = formatCost({ amount: Number(group.costUsd), currency: 'USD' })
  return group.unknownCalls > 0 ? `${words} or more` : words
}

/** The models with what they cost, also those that were not called lately. */
function rowsOf({ models, today, month }: OperateModelsView): Row[] {
  const known = new Set(models.map(({ name }) => name))
  const quiet = month
    .filter(({ name }) => !known.has(name))
    .map(({ name }) => ({ ...nothing, name }))
  return [...models, ...quiet].map((model) => ({
    ...model,
    today: spentOn(model.name, today),
    month: spentOn(model.name, month),
  }))
}

const nothing = {
  calls: 0,
  failed: 0,
  p50Ms: null,
  p95Ms: null,
  lastAt: null,
  breaker: null,
  restsUntil: null,
} as const

function Health({ breaker, restsUntil, calls, failed }: Row) {
  switch (breaker) {
    case 'open':
      return (
        <Chip tone="bad">
          Left alone{restsUntil !== null && ` until ${formatTime(restsUntil)}`}
        </Chip>
      )
    case 'half_open':
      return <Chip tone="ask">Being tried</Chip>
    case 'closed':
    case null:
      if (calls === 0) return <Chip tone="quiet">Not called</Chip>
      return failed * 2 > calls ? <Chip tone="ask">Unwell</Chip> : <Chip tone="good">Well</Chip>
    default:
      return assertNever(breaker)
  }
}

function msWords(ms: number | null): string {
  return ms === null ? '–' : formatDuration(ms)
}

const columns: readonly Column<Row>[] = [
  { head: 'Model', cell: ({ name }) => <code>{name}</code> },
  { head: 'Health', cell: (row) => <Health {...row} /> },
  { head: 'Calls', isNumber: true, cell: ({ calls }) => calls },
  { head: 'Failed', isNumber: true, cell: ({ failed }) => failed },
  { head: 'Median', isNumber: true, cell: ({ p50Ms }) => msWords(p50Ms) },
  { head: '95 %', isNumber: true, cell: ({ p95Ms }) => msWords(p95Ms) },
  { head: 'Today', isNumber: true, cell: ({ today }) => today },
  { head: '30 days', isNumber: true, cell: ({ month }) => month },
  {
    head: 'Last call',
    isNumber: true,
    cell: ({ lastAt }) => (lastAt === null ? '–' : <Age at={lastAt} />),
  },
]

/** How the models answer and what they cost. */
export function ModelsSection() {
  const query = useQuery(modelsQuery)
  return (
    <Section title="Models" query={query}>
      {(data) => (
        <>
          <RowsTable
            label="Table of the models"
            columns={columns}
            rows={rowsOf(data)}
            keyOf={({ name }) => name}
            none="No model was called lately. Where the settings name none, the offline way is at work."
          />
          <p className="small muted">
            Calls and times are those of the newest 500 calls in 24 hours.
          </p>
        </>
      )}
    </Section>
  )
}
