import { useCallback, useMemo, useSyncExternalStore } from 'react'
import { subscribe } from './use-route.ts'

const search = () => window.location.search

/** The present path with some parameters changed; null or an empty text takes one away. */
export function searchHref(changes: Readonly<Record<string, string | null>>): string {
  const { pathname } = window.location
  const params = new URLSearchParams(search())
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') params.delete(name)
    else params.set(name, value)
  }
  return params.size === 0 ? pathname : `${pathname}?${params}`
}

/**
 * The parameters of the address, and a function that changes some of them: what somebody has
 * filtered by survives a reload, and back leads to the place that they came from.
 */
export function useSearch(): [
  URLSearchParams,
  (changes: Readonly<Record<string, string | null>>) => void,
] {
  const present = useSyncExternalStore(subscribe, search)
  const params = useMemo(() => new URLSearchParams(present), [present])
  const change = useCallback((changes: Readonly<Record<string, string | null>>) => {
    window.history.replaceState(window.history.state, '', searchHref(changes))
    window.dispatchEvent(new PopStateEvent('popstate'))
  }, [])
  return [params, change]
}
