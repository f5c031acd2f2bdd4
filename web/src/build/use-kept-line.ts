import type { Virtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import type { LogLine } from '../live/live-project.ts'
import { noteAtPlace, notedAtPlace } from '../routing/place.ts'

const topLine = 'logLine'
/** So long the log stands still before it is noted where. */
const restMs = 150

/** Whether somebody had left the end of the log to read, before a reload or before they went on. */
export function wasReading(): boolean {
  return notedAtPlace(topLine) > 0
}

interface KeptLineOptions {
  rows: Virtualizer<HTMLElement, Element>
  lines: readonly LogLine[]
  /** Whether the log stays at its end, so that there is nothing to note. */
  follows: boolean
}

/** Comes back to the line that stood at the top: heights are not known before lines are in sight. */
export function useKeptLine({ rows, lines, follows }: KeptLineOptions): void {
  const wanted = useRef(notedAtPlace(topLine))
  const latest = useRef(lines)
  useEffect(() => {
    latest.current = lines
    if (wanted.current === 0) return
    const index = lines.findIndex(({ seq }) => seq >= wanted.current)
    if (index === -1) return
    wanted.current = 0
    rows.scrollToIndex(index, { align: 'start' })
  }, [rows, lines])
  useEffect(() => {
    if (follows) {
      wanted.current = 0
      if (wasReading()) noteAtPlace(topLine, 0)
      return undefined
    }
    const pane = rows.scrollElement
    let timer: ReturnType<typeof setTimeout> | undefined
    const note = () => {
      const line = latest.current[rows.range?.startIndex ?? 0]
      if (line !== undefined && wanted.current === 0) noteAtPlace(topLine, line.seq)
    }
    const later = () => {
      clearTimeout(timer)
      timer = setTimeout(note, restMs)
    }
    later()
    pane?.addEventListener('scroll', later, { passive: true })
    return () => {
      clearTimeout(timer)
      pane?.removeEventListener('scroll', later)
    }
  }, [rows, follows])
}
