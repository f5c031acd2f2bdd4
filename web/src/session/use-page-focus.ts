import { useEffect, useRef } from 'react'
import type { Route } from '../routing/route.ts'

/** A new page starts at its top with the focus on its content, as a loaded page would. */
export function usePageFocus(route: Route): void {
  const place = route.page === 'project' ? route.id : route.page
  const last = useRef(place)
  useEffect(() => {
    if (last.current === place) return
    last.current = place
    window.scrollTo(0, 0)
    document.getElementById('content')?.focus({ preventScroll: true })
  }, [place])
}
