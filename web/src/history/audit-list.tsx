import { useInfiniteQuery } from '@tanstack/react-query'
import type { AuditListView } from '../../../src/http/audit-views.ts'
import { auditQuery } from '../api/queries.ts'
import { formatMoment } from '../format/time.ts'
import { MoreButton } from '../parts/more-button.tsx'
import { Empty, ProblemNote } from '../parts/note.tsx'
import { Person } from '../parts/person.tsx'
import { detailWords } from './detail-words.ts'

type AuditLine = AuditListView['items'][number]

function Line({ line }: { line: AuditLine }) {
  const { at, actor, action, details } = line
  return (
    <li className="event audit-line">
      <time className="event-at numbers" dateTime={at} title={at}>
        {formatMoment(at)}
      </time>
      <span>
        <Person id={actor} />
      </span>
      <span className="event-type">{action}</span>
      <span className="event-words">{detailWords(details)}</span>
    </li>
  )
}

/** Who did what to the project, newest first. */
export function AuditList({ id }: { id: string }) {
  const audit = useInfiniteQuery(auditQuery(id))
  const lines = audit.data?.pages.flatMap((page) => page.items)
  if (audit.isError && lines === undefined) return <ProblemNote error={audit.error} />
  if (lines === undefined) return null
  if (lines.length === 0) {
    return (
      <Empty title="Nobody has done anything yet">
        <p>Approvals, answers, edits, comments and the like stand here with who did them.</p>
      </Empty>
    )
  }
  return (
    <>
      <ol>
        {lines.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </ol>
      {audit.hasNextPage && (
        <p className="history-more">
          <MoreButton list={audit}>Older ones</MoreButton>
        </p>
      )}
    </>
  )
}
