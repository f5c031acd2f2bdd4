import { useMemo } from 'react'
import { formatClock } from '../format/time.ts'
import type { LogLine } from '../live/live-project.ts'
import { Button } from '../parts/button.tsx'
import { Chunks } from '../parts/chunks.tsx'
import { Icon } from '../parts/icon.tsx'
import { ScrollRegion } from '../parts/scroll-region.tsx'
import { useFollowEnd } from './use-follow-end.ts'

function lineRenderer(startedAt: string) {
  const start = Date.parse(startedAt)
  return function Line({ seq, at, kind, text }: LogLine) {
    return (
      <li key={seq} className={`log-line log-${kind}`}>
        <span className="log-time">{formatClock((Date.parse(at) - start) / 1000)}</span>
        <span className="log-kind">{kind}</span>
        <span className="log-text">{text}</span>
      </li>
    )
  }
}

/** What the builder says as it works; stays at its end until somebody scrolls up to read. */
export function BuildLog({ lines, startedAt }: { lines: readonly LogLine[]; startedAt: string }) {
  const render = useMemo(() => lineRenderer(startedAt), [startedAt])
  const { paneRef, listRef, follows, follow, onScroll } = useFollowEnd()
  return (
    <section className="log panel" aria-label="Log">
      <div className="build-pane-head log-head">
        <h2>Log</h2>
        <span className="small muted numbers">{lines.length.toLocaleString('en')} lines</span>
        <Button kind="ghost" aria-pressed={follows} onClick={() => follow(!follows)}>
          <Icon name={follows ? 'check' : 'down'} />
          {follows ? 'Following' : 'Follow the end'}
        </Button>
      </div>
      <ScrollRegion
        elementRef={paneRef}
        className="log-lines"
        label="Lines of the log"
        onScroll={onScroll}
      >
        {lines.length === 0 && <p className="log-none">Nothing was logged yet.</p>}
        <div ref={listRef}>
          <Chunks key={startedAt} items={lines} render={render} />
        </div>
      </ScrollRegion>
    </section>
  )
}
