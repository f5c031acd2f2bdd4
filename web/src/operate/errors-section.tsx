import { useQuery } from '@tanstack/react-query'
import type { OperateErrorView } from '../../../src/http/operate-views.ts'
import { Age } from '../parts/age.tsx'
import { CopyText } from '../parts/copy-text.tsx'
import { errorsQuery } from './operate-queries.ts'
import { ProjectLink } from './project-link.tsx'
import { type Column, RowsTable } from './rows-table.tsx'
import { Section } from '../parts/section.tsx'

const columns: readonly Column<OperateErrorView>[] = [
  { head: 'When', cell: ({ at }) => <Age at={at} /> },
  { head: 'Where', cell: ({ kind, what }) => (kind === what ? what : `${kind}: ${what}`) },
  {
    head: 'What',
    cell: ({ code, message }) => (
      <>
        <code>{code}</code>
        {message !== null && <span className="operate-why small muted">{message}</span>}
      </>
    ),
  },
  { head: 'Project', cell: ({ projectId }) => <ProjectLink id={projectId} /> },
  {
    head: 'Trace',
    cell: ({ trace }) =>
      trace !== null && <CopyText text={trace} shown={trace.slice(0, 12)} what="the trace" />,
  },
]

/** What went wrong lately, with what it is found by in the logs. */
export function ErrorsSection() {
  const query = useQuery(errorsQuery)
  return (
    <Section title="Recent errors" query={query}>
      {({ items }) => (
        <RowsTable
          label="Table of the errors"
          columns={columns}
          rows={items}
          keyOf={({ at, kind, trace, code }) => `${at} ${kind} ${trace} ${code}`}
          none="Nothing went wrong."
        />
      )}
    </Section>
  )
}
