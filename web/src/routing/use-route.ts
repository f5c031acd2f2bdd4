import { useMemo, useSyncExternalStore } from 'react'
import { parseRoute, type Route } from './route.ts'

function subscribe(changed: () => void): () => void {
  window.addEventListener('popstate', changed)
  return () => window.removeEventListener('popstate', changed)
}

const address = () => `${window.location.pathname}${window.location.search}`

/** The present route; the component renders again when it changes. */
export function useRoute(): Route {
  const href = useSyncExternalStore(subscribe, address)
  return useMemo(() => {
    const url = new URL(href, window.location.origin)
    return parseRoute(url.pathname, url.search)
  }, [href])
}

/** Goes to an address of this page without loading it anew. */
export function navigate(href: string): void {
  window.history.pushState(null, '', href)
  window.dispatchEvent(new PopStateEvent('popstate'))
}
