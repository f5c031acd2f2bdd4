export const tabs = ['talk', 'plan', 'build', 'history'] as const
export type Tab = (typeof tabs)[number]

/** Where in the page somebody is. */
export type Route =
  | { page: 'projects' }
  /** A Tavus call that is held in the page. */
  | { page: 'call' }
  | { page: 'operate' }
  | { page: 'project'; id: string; tab: Tab; /** The open file of the plan. */ doc?: string }
  | { page: 'unknown' }

function tabOf(name: string | undefined): Tab | undefined {
  return name === undefined ? 'talk' : tabs.find((tab) => tab === name)
}

/** The route that a path and a query stand for. */
export function parseRoute(pathname: string, search: string): Route {
  if (pathname === '/') return { page: 'projects' }
  if (pathname === '/call') return { page: 'call' }
  if (pathname === '/operate') return { page: 'operate' }
  const match = /^\/projects\/([A-Za-z0-9_-]{1,80})(?:\/([a-z]{1,20}))?\/?$/.exec(pathname)
  const id = match?.[1]
  const tab = tabOf(match?.[2])
  if (id === undefined || tab === undefined) return { page: 'unknown' }
  const doc = new URLSearchParams(search).get('doc')
  return { page: 'project', id, tab, ...(doc !== null && { doc }) }
}

/** The address of a route; `parseRoute` reads it back. */
export function routeHref(route: Exclude<Route, { page: 'unknown' }>): string {
  if (route.page === 'projects') return '/'
  if (route.page !== 'project') return `/${route.page}`
  const query = route.doc === undefined ? '' : `?${new URLSearchParams({ doc: route.doc })}`
  return `/projects/${route.id}/${route.tab}${query}`
}
