import { useMemo, useSyncExternalStore } from 'react'
import { parseRoute, type Route } from './route.ts'

/** Calls back whenever the address has changed. */
export function subscribe(changed: () => void): () => void {
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

/** Goes to an address in the place of the present one, which back then leads past. */
export function replaceBy(href: string): void {
  window.history.replaceState(null, '', href)
  window.dispatchEvent(new PopStateEvent('popstate'))
}

/** Goes to an address of this page without loading it anew; `state` comes back with reload and back. */
export function navigate(href: string, state: unknown = null): void {
  const { pathname } = window.location
  window.history.pushState(state, '', href)
  window.dispatchEvent(new PopStateEvent('popstate'))
  // Back and forward keep the place that the browser knows; only who goes on begins at the top.
  if (window.location.pathname !== pathname) window.scrollTo(0, 0)
}
