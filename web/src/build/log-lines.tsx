import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, type RefObject, useCallback } from 'react'
import { formatClock } from '../format/time.ts'
import type { LogLine } from '../live/live-project.ts'
import { piecesAround } from './log-filter.ts'
import { useKeptLine } from './use-kept-line.ts'

const lineHeight = 20

function Found({ text, looked }: { text: string; looked: string }) {
  return piecesAround(text, looked).map((piece, index) =>
    // The places of pieces in a text never change.
    // oxlint-disable-next-line react/no-array-index-key
    index % 2 === 1 ? <mark key={index}>{piece}</mark> : piece,
  )
}

interface LineProps {
  line: LogLine
  start: number
  looked: string
}

const Line = memo(function Line({ line, start, looked }: LineProps) {
  const { at, kind, text } = line
  return (
    <>
      <span className="log-time">{formatClock((Date.parse(at) - start) / 1000)}</span>
      <span className="log-kind">{kind}</span>
      <span className="log-text">
        <Found text={text} looked={looked} />
      </span>
    </>
  )
})

interface LogLinesProps {
  lines: readonly LogLine[]
  /** When the build began, in milliseconds. */
  start: number
  looked: string
  /** Whether it stays at its end. */
  follows: boolean
  /** What scrolls. */
  paneRef: RefObject<HTMLElement | null>
  /** Gets what grows within it. */
  listRef: RefObject<HTMLOListElement | null>
}

/** The lines that are in sight, and no others: a log may have any length. */
export function LogLines({ lines, start, looked, follows, paneRef, listRef }: LogLinesProps) {
  // Nothing here is memoised by what it gives: the lines in sight are rendered anew as they change.
  // oxlint-disable-next-line react/incompatible-library
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => paneRef.current,
    estimateSize: () => lineHeight,
    getItemKey: useCallback((index: number) => lines[index]?.seq ?? index, [lines]),
    overscan: 20,
  })
  useKeptLine({ rows, lines, follows })
  return (
    <ol ref={listRef} className="log-list" style={{ height: rows.getTotalSize() }}>
      {rows.getVirtualItems().map(({ index, key, start: top }) => {
        const line = lines[index]
        if (line === undefined) return null
        return (
          <li
            key={key}
            ref={rows.measureElement}
            data-index={index}
            aria-setsize={lines.length}
            aria-posinset={index + 1}
            className={`log-line log-${line.kind}`}
            style={{ transform: `translateY(${top}px)` }}
          >
            <Line line={line} start={start} looked={looked} />
          </li>
        )
      })}
    </ol>
  )
}
