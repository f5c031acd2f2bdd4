import { useQuery } from '@tanstack/react-query'
import { assertNever } from '../../../src/domain/assert-never.ts'
import type {
  AtWorkView,
  BuilderView,
  OperateWorkersView,
  WorkerView,
} from '../../../src/http/operate-views.ts'
import { Age } from '../parts/age.tsx'
import { Chip } from '../parts/chip.tsx'
import { Fact, Facts } from '../parts/facts.tsx'
import { workersQuery } from './operate-queries.ts'
import { type Column, RowsTable } from './rows-table.tsx'
import { Section } from '../parts/section.tsx'

function WorkerState({ state }: { state: WorkerView['state'] }) {
  switch (state) {
    case 'live':
      return <Chip tone="good">Live</Chip>
    case 'silent':
      return <Chip tone="bad">Silent</Chip>
    case 'stopped':
      return <Chip tone="quiet">Stopped</Chip>
    default:
      return assertNever(state)
  }
}

const workerColumns: readonly Column<WorkerView>[] = [
  { head: 'Process', cell: ({ host, pid }) => `${host}, ${pid}` },
  { head: 'State', cell: ({ state }) => <WorkerState state={state} /> },
  { head: 'Started', isNumber: true, cell: ({ startedAt }) => <Age at={startedAt} /> },
  { head: 'Last heard of', isNumber: true, cell: ({ heartbeatAt }) => <Age at={heartbeatAt} /> },
]

const atWorkColumns: readonly Column<AtWorkView>[] = [
  { head: 'Stage', cell: ({ stage }) => stage },
  { head: 'At work', isNumber: true, cell: ({ active }) => active },
  { head: 'Longest since', isNumber: true, cell: ({ oldestStartedAt: at }) => <Age at={at} /> },
  {
    head: 'Oldest sign of life',
    isNumber: true,
    cell: ({ lastBeatAt: at }) => (at === null ? '–' : <Age at={at} />),
  },
]

function BuilderState({ load, error }: BuilderView) {
  if (error !== null) return <Chip tone="bad">Does not answer</Chip>
  if (load === null) return <Chip tone="quiet">Does not tell</Chip>
  return load.running >= load.slots ? <Chip tone="ask">Full</Chip> : <Chip tone="good">Ready</Chip>
}

const builderColumns: readonly Column<BuilderView>[] = [
  {
    head: 'Builder',
    cell: ({ name, error }) => (
      <>
        {name}
        {error !== null && (
          <span className="operate-why small muted">
            {error.message} <code>{error.code}</code>
          </span>
        )}
      </>
    ),
  },
  { head: 'State', cell: (builder) => <BuilderState {...builder} /> },
  { head: 'Agent', cell: ({ load }) => load?.agent ?? '–' },
  {
    head: 'Building',
    isNumber: true,
    cell: ({ load }) => (load === null ? '–' : `${load.running} of ${load.slots}`),
  },
  { head: 'Waiting', isNumber: true, cell: ({ load }) => load?.waiting ?? '–' },
]

/** What all admins see of it: numbers, over all workspaces. */
function Numbers({
  processes,
  atWork,
  builders,
  connections,
}: Omit<OperateWorkersView, 'machine'>) {
  return (
    <Facts>
      <Fact name="Processes">
        {processes.live} at work{processes.silent > 0 && `, ${processes.silent} silent`}
      </Fact>
      <Fact name="Jobs">{atWork} under way</Fact>
      <Fact name="Builders">
        {builders.all}
        {builders.silent > 0 && `, ${builders.silent} without an answer`}
        {builders.slots > 0 &&
          `, ${builders.running} of ${builders.slots} slots taken, ${builders.waiting} waiting`}
      </Fact>
      <Fact name="Connections">{connections} live, to the process that answers</Fact>
    </Facts>
  )
}

/** What only the operator of the machine sees: what it is called and where it runs. */
function Machine({ workers, atWork, builders }: NonNullable<OperateWorkersView['machine']>) {
  return (
    <>
      <h3>Processes</h3>
      <RowsTable
        label="Processes"
        columns={workerColumns}
        rows={workers}
        keyOf={({ id }) => id}
        none="No process has told of itself."
      />
      <h3>Under way</h3>
      <RowsTable
        label="Jobs under way"
        columns={atWorkColumns}
        rows={atWork}
        keyOf={({ stage }) => stage}
        none="No job is under way."
      />
      <h3>Builders</h3>
      <RowsTable
        label="Builders"
        columns={builderColumns}
        rows={builders}
        keyOf={({ name }) => name}
        none="There is no builder."
      />
    </>
  )
}

/** Who works: the processes on the queue, and those who build. */
export function WorkersSection() {
  const query = useQuery(workersQuery)
  return (
    <Section title="Workers and runners" query={query}>
      {({ machine, ...numbers }) => (
        <>
          <Numbers {...numbers} />
          {machine !== null && <Machine {...machine} />}
        </>
      )}
    </Section>
  )
}
