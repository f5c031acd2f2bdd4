import { useEffect, useRef } from 'react'
import type { Route } from '../routing/route.ts'

/** A new page starts with the focus on its content, as a loaded page would. */
export function usePageFocus(route: Route): void {
  const place = route.page === 'project' ? route.id : route.page
  const last = useRef(place)
  useEffect(() => {
    if (last.current === place) return
    last.current = place
    document.getElementById('content')?.focus({ preventScroll: true })
  }, [place])
}
