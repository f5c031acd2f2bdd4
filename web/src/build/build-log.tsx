import { useMemo } from 'react'
import type { LogLine } from '../live/live-project.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { ScrollRegion } from '../parts/scroll-region.tsx'
import { useSearch } from '../routing/use-search.ts'
import { LogControls } from './log-controls.tsx'
import { linesThatFit, readLogFilter } from './log-filter.ts'
import { LogLines } from './log-lines.tsx'
import { useFollowEnd } from './use-follow-end.ts'
import './log.css'

function countWords(shown: number, all: number): string {
  const words = `${all.toLocaleString('en')} lines`
  return shown === all ? words : `${shown.toLocaleString('en')} of ${words}`
}

/** What the builder says as it works; stays at its end until somebody scrolls up to read. */
export function BuildLog({ lines, startedAt }: { lines: readonly LogLine[]; startedAt: string }) {
  const [search, changeSearch] = useSearch()
  const filter = useMemo(() => readLogFilter(search), [search])
  const shown = useMemo(() => linesThatFit(lines, filter), [lines, filter])
  const { paneRef, listRef, follows, follow, onScroll } = useFollowEnd()
  const words = lines.length === 0 ? 'Nothing was logged yet.' : 'No line fits.'
  return (
    <section className="log panel" aria-label="Log">
      <div className="build-pane-head log-head">
        <h2>Log</h2>
        <span className="small muted numbers">{countWords(shown.length, lines.length)}</span>
        <Button kind="ghost" aria-pressed={follows} onClick={() => follow(!follows)}>
          <Icon name={follows ? 'check' : 'down'} />
          {follows ? 'Following' : 'Follow the end'}
        </Button>
      </div>
      <LogControls filter={filter} onChange={changeSearch} />
      <ScrollRegion
        elementRef={paneRef}
        className="log-lines"
        label="Lines of the log"
        onScroll={onScroll}
      >
        {shown.length === 0 && <p className="log-none">{words}</p>}
        <LogLines
          lines={shown}
          start={Date.parse(startedAt)}
          looked={filter.text}
          follows={follows}
          paneRef={paneRef}
          listRef={listRef}
        />
      </ScrollRegion>
    </section>
  )
}
