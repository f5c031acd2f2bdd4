import { useDeferredValue, useId, useMemo } from 'react'
import { count } from '../format/count.ts'
import { formatMoment } from '../format/time.ts'
import type { LiveEvent } from '../live/read-event.ts'
import { Chunks } from '../parts/chunks.tsx'
import { Empty } from '../parts/note.tsx'
import { Person } from '../parts/person.tsx'
import { useSearch } from '../routing/use-search.ts'
import { describeEvent } from './describe-event.ts'
import { type EventKind, eventKinds, filterEvents } from './event-filter.ts'

const kindWords: Readonly<Record<EventKind, string>> = {
  all: 'All but the log',
  stages: 'Stages and status',
  plan: 'Talk and plan',
  build: 'Build',
  log: 'The log',
}

function readKind(name: string | null): EventKind {
  return eventKinds.find((kind) => kind === name) ?? 'all'
}

function EventLine({ seq, at, body }: LiveEvent) {
  return (
    <li key={seq} className="event">
      <span className="event-seq numbers">{seq}</span>
      <time className="event-at numbers" dateTime={at} title={at}>
        {formatMoment(at)}
      </time>
      <span className="event-type">{body.type}</span>
      <span className="event-words">
        {describeEvent(body)}
        {'by' in body && (
          <>
            , by <Person id={body.by} />
          </>
        )}
      </span>
    </li>
  )
}

/** Every event of the project's log in order, by kind and by words. */
export function EventList({ events }: { events: readonly LiveEvent[] }) {
  const [search, changeSearch] = useSearch()
  const kind = readKind(search.get('kind'))
  const wanted = search.get('q') ?? ''
  const looked = useDeferredValue(wanted)
  const select = useId()
  const field = useId()
  const shown = useMemo(() => filterEvents(events, kind, looked), [events, kind, looked])
  if (events.length === 0) return <Empty title="Nothing has happened yet" />
  return (
    <>
      <form className="history-head" onSubmit={(event) => event.preventDefault()}>
        <label htmlFor={select} className="unseen">
          Kind of event
        </label>
        <select
          id={select}
          className="select"
          value={kind}
          onChange={(event) => changeSearch({ kind: event.target.value })}
        >
          {eventKinds.map((one) => (
            <option key={one} value={one}>
              {kindWords[one]}
            </option>
          ))}
        </select>
        <label htmlFor={field} className="unseen">
          Words to look for
        </label>
        <input
          id={field}
          className="search"
          type="search"
          placeholder="Find words"
          value={wanted}
          onChange={(event) => changeSearch({ q: event.target.value })}
        />
        <output className="small muted numbers">{count(shown.length, 'event')}</output>
      </form>
      {shown.length === 0 && <Empty title="No event is like that" />}
      <Chunks key={`${kind} ${looked}`} items={shown} render={EventLine} />
    </>
  )
}
