import type { LiveEvent } from '../live/read-event.ts'
import { Link } from '../routing/link.tsx'
import { AuditList } from './audit-list.tsx'
import { EventList } from './event-list.tsx'
import './history.css'

/** The address of the view that tells who did what. */
const peopleDoc = 'people'

interface HistoryTabProps {
  id: string
  events: readonly LiveEvent[]
  /** Which of the two views is open. */
  doc: string | undefined
}

/** Everything that happened to the project, and who did what. */
export function HistoryTab({ id, events, doc }: HistoryTabProps) {
  const people = doc === peopleDoc
  const place = { page: 'project', id, tab: 'history' } as const
  return (
    <section className="history panel" aria-label="History">
      <nav className="history-views" aria-label="History">
        <Link to={place} aria-current={people ? undefined : 'page'}>
          Every event
        </Link>
        <Link to={{ ...place, doc: peopleDoc }} aria-current={people ? 'page' : undefined}>
          Who did what
        </Link>
      </nav>
      {people ? <AuditList id={id} /> : <EventList events={events} />}
    </section>
  )
}
