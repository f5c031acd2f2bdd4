import { useQuery } from '@tanstack/react-query'
import type { OperateQueueView, StageTrafficView } from '../../../src/http/operate-views.ts'
import { formatDuration } from '../format/time.ts'
import { Chip } from '../parts/chip.tsx'
import { Switch } from '../parts/switch.tsx'
import { useSearch } from '../routing/use-search.ts'
import { MinuteChart } from './minute-chart.tsx'
import { queueQuery } from './operate-queries.ts'
import { type Column, RowsTable } from './rows-table.tsx'
import { Section } from '../parts/section.tsx'

const sum = (figures: readonly number[]) => figures.reduce((all, one) => all + one, 0)

function ageWords({ ready, oldestSeconds }: StageTrafficView): string {
  return ready === 0 ? 'none waits' : `oldest ${formatDuration(oldestSeconds * 1_000)}`
}

function StageCard({ traffic }: { traffic: StageTrafficView }) {
  const { stage, ready, active, done, failed } = traffic
  return (
    <li className="stage-card">
      <h3>{stage}</h3>
      <p className="numbers">
        <strong className="stage-depth">{ready}</strong> ready, {active} at work
      </p>
      <p className="small muted numbers">{ageWords(traffic)}</p>
      <MinuteChart name={stage} done={done} failed={failed} />
      <p className="small muted numbers">
        {sum(done)} ended, {sum(failed)} given up
      </p>
    </li>
  )
}

const columns: readonly Column<StageTrafficView>[] = [
  { head: 'Stage', cell: ({ stage }) => stage },
  { head: 'Ready', isNumber: true, cell: ({ ready }) => ready },
  { head: 'At work', isNumber: true, cell: ({ active }) => active },
  {
    head: 'Oldest',
    isNumber: true,
    cell: ({ ready, oldestSeconds }) => (ready === 0 ? '–' : formatDuration(oldestSeconds * 1_000)),
  },
  { head: 'Ended, 5 min', isNumber: true, cell: ({ done }) => sum(done.slice(-5)) },
  { head: 'Ended, 30 min', isNumber: true, cell: ({ done }) => sum(done) },
  { head: 'Given up, 30 min', isNumber: true, cell: ({ failed }) => sum(failed) },
]

function StateChip({ state, expectedWaitSeconds }: OperateQueueView) {
  const wait = formatDuration(expectedWaitSeconds * 1_000)
  if (state === 'busy') return <Chip tone="ask">Busy: a new job waits about {wait}</Chip>
  return <Chip tone="good">Not busy</Chip>
}

/** What waits and what moves, by stage. */
export function QueueSection() {
  const query = useQuery(queueQuery)
  const [search, changeSearch] = useSearch()
  const isTable = search.get('queue') === 'table'
  const aside = (
    <>
      {query.data !== undefined && <StateChip {...query.data} />}
      <Switch
        label="Show the queue as"
        options={{ charts: 'Charts', table: 'Table' }}
        value={isTable ? 'table' : 'charts'}
        onChange={(view) => changeSearch({ queue: view === 'table' ? view : null })}
      />
    </>
  )
  return (
    <Section title="Queue" query={query} aside={aside}>
      {({ stages }) =>
        isTable ? (
          <RowsTable
            label="The queue by stage"
            columns={columns}
            rows={stages}
            keyOf={({ stage }) => stage}
            none="There are no stages."
          />
        ) : (
          <ul className="stage-cards">
            {stages.map((traffic) => (
              <StageCard key={traffic.stage} traffic={traffic} />
            ))}
          </ul>
        )
      }
    </Section>
  )
}
