export const tabs = ['talk', 'plan', 'build', 'cost', 'history', 'export'] as const
export type Tab = (typeof tabs)[number]

/** What of a plan somebody looks at. */
export interface PlanPlace {
  /** The open file, or one of the views that are no file; of the history, one of its two views. */
  doc?: string
  /** An older version; the newest unless said. */
  version?: number
  /** Whether the file is being written. */
  edit?: true
}

/** Where in the page somebody is. */
export type Route =
  | { page: 'projects' }
  /** A Tavus call that is held in the page. */
  | { page: 'call' }
  | { page: 'operate' }
  | { page: 'settings' }
  | ({ page: 'project'; id: string; tab: Tab } & PlanPlace)
  | { page: 'unknown' }

function tabOf(name: string | undefined): Tab | undefined {
  return name === undefined ? 'talk' : tabs.find((tab) => tab === name)
}

/** The route that a path and a query stand for. */
export function parseRoute(pathname: string, search: string): Route {
  if (pathname === '/') return { page: 'projects' }
  if (pathname === '/call') return { page: 'call' }
  if (pathname === '/operate') return { page: 'operate' }
  if (pathname === '/settings') return { page: 'settings' }
  const match = /^\/projects\/([A-Za-z0-9_-]{1,80})(?:\/([a-z]{1,20}))?\/?$/.exec(pathname)
  const id = match?.[1]
  const tab = tabOf(match?.[2])
  if (id === undefined || tab === undefined) return { page: 'unknown' }
  return { page: 'project', id, tab, ...planPlace(new URLSearchParams(search)) }
}

function planPlace(query: URLSearchParams): PlanPlace {
  const doc = query.get('doc')
  const version = /^[1-9]\d{0,5}$/.exec(query.get('version') ?? '')?.[0]
  return {
    ...(doc !== null && { doc }),
    ...(version !== undefined && { version: Number(version) }),
    ...(query.has('edit') && { edit: true }),
  }
}

/** The address of a route; `parseRoute` reads it back. */
export function routeHref(route: Exclude<Route, { page: 'unknown' }>): string {
  if (route.page === 'projects') return '/'
  if (route.page !== 'project') return `/${route.page}`
  const query = new URLSearchParams()
  if (route.doc !== undefined) query.set('doc', route.doc)
  if (route.version !== undefined) query.set('version', String(route.version))
  if (route.edit) query.set('edit', '')
  const search = query.size === 0 ? '' : `?${query}`
  return `/projects/${route.id}/${route.tab}${search}`
}
