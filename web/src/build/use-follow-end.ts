import { useCallback, useLayoutEffect, useRef, useState } from 'react'

/** How far from the end still counts as being there, in pixels. */
const nearEnd = 32

/**
 * Keeps a growing list at its end. Scrolling up lets go of it, scrolling back to the end takes
 * hold again.
 */
export function useFollowEnd() {
  const ref = useRef<HTMLElement>(null)
  const [follows, setFollows] = useState(true)
  const lastTop = useRef(0)
  // After every rendering: what was rendered may have made the list longer.
  useLayoutEffect(() => {
    if (!follows) return undefined
    const toEnd = () => {
      if (ref.current !== null) ref.current.scrollTop = ref.current.scrollHeight
    }
    toEnd()
    // Lines that come into sight get their true height only when they are laid out.
    const frame = requestAnimationFrame(toEnd)
    return () => cancelAnimationFrame(frame)
  })
  const onScroll = useCallback(() => {
    const list = ref.current
    if (list === null) return
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < nearEnd
    const wentUp = list.scrollTop < lastTop.current - 2
    lastTop.current = list.scrollTop
    if (atEnd) setFollows(true)
    else if (wentUp) setFollows(false)
  }, [])
  return { ref, follows, follow: setFollows, onScroll }
}
