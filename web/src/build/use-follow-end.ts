import { useCallback, useLayoutEffect, useRef, useState } from 'react'
import { wasReading } from './use-kept-line.ts'

/** How far from the end still counts as being there, in pixels. */
const nearEnd = 32

/**
 * Keeps a growing list at its end. Scrolling up lets go of it, scrolling back to the end takes
 * hold again. `paneRef` is what scrolls, `listRef` what grows within it.
 */
export function useFollowEnd() {
  const paneRef = useRef<HTMLElement>(null)
  const listRef = useRef<HTMLOListElement>(null)
  const [follows, setFollows] = useState(() => !wasReading())
  /** The same at once: lines that are measured in the frame of a scroll must not undo it. */
  const holds = useRef(follows)
  const lastTop = useRef(0)
  const follow = useCallback((wanted: boolean) => {
    holds.current = wanted
    setFollows(wanted)
  }, [])
  useLayoutEffect(() => {
    const pane = paneRef.current
    const list = listRef.current
    if (!follows || pane === null || list === null) return undefined
    const toEnd = () => {
      if (holds.current) pane.scrollTop = pane.scrollHeight
    }
    toEnd()
    // It grows by new lines, and by lines that get their true height as they come into sight.
    const observer = new ResizeObserver(toEnd)
    observer.observe(list)
    return () => observer.disconnect()
  }, [follows])
  const onScroll = useCallback(() => {
    const pane = paneRef.current
    if (pane === null) return
    const atEnd = pane.scrollHeight - pane.scrollTop - pane.clientHeight < nearEnd
    const wentUp = pane.scrollTop < lastTop.current - 2
    lastTop.current = pane.scrollTop
    if (atEnd) follow(true)
    else if (wentUp) follow(false)
  }, [follow])
  return { paneRef, listRef, follows, follow, onScroll }
}
