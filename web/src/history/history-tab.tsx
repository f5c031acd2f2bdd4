import { useMemo, useState } from 'react'
import type { LiveEvent } from '../live/read-event.ts'
import { count } from '../format/count.ts'
import { Chunks } from '../parts/chunks.tsx'
import { Empty } from '../parts/note.tsx'
import { describeEvent } from './describe-event.ts'
import './history.css'

const clock = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

function EventLine({ seq, at, body }: LiveEvent) {
  return (
    <li key={seq} className="event">
      <span className="event-seq numbers">{seq}</span>
      <time className="event-at numbers" dateTime={at} title={at}>
        {clock.format(new Date(at))}
      </time>
      <span className="event-type">{body.type}</span>
      <span className="event-words">{describeEvent(body)}</span>
    </li>
  )
}

/** Everything that happened to the project, in order. */
export function HistoryTab({ events }: { events: readonly LiveEvent[] }) {
  const [withLog, setWithLog] = useState(false)
  const shown = useMemo(
    () => (withLog ? events : events.filter((event) => event.body.type !== 'build.log')),
    [events, withLog],
  )
  if (events.length === 0) return <Empty title="Nothing has happened yet" />
  return (
    <section className="history panel" aria-label="History">
      <div className="history-head">
        <span className="small muted numbers">{count(shown.length, 'event')}</span>
        <label className="check-option small">
          <input
            type="checkbox"
            checked={withLog}
            onChange={(event) => setWithLog(event.target.checked)}
          />
          With the lines of the log
        </label>
      </div>
      <Chunks key={String(withLog)} items={shown} render={EventLine} />
    </section>
  )
}
