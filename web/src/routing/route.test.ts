import { describe, expect, it } from 'vitest'
import { parseRoute, routeHref, tabs } from './route.ts'

describe('routes', () => {
  it('reads back every address that it writes', () => {
    for (const page of ['projects', 'call', 'operate', 'settings'] as const) {
      expect(parseRoute(routeHref({ page }), '')).toEqual({ page })
    }
    for (const tab of tabs) {
      const plan = { doc: 'a b&c.md', version: 12, edit: true } as const
      const route = { page: 'project', id: '0f-1', tab, ...plan } as const
      const { pathname, search } = new URL(routeHref(route), 'http://localhost')
      expect(parseRoute(pathname, search)).toEqual(route)
    }
  })

  it('shows the talk when no view is named', () => {
    expect(parseRoute('/projects/p1', '')).toEqual({ page: 'project', id: 'p1', tab: 'talk' })
  })

  it('passes over a version that is none', () => {
    for (const version of ['0', '-1', '1e3', 'x', '99999999', '']) {
      const route = parseRoute('/projects/p1/plan', `?version=${version}`)
      expect(route).toEqual({ page: 'project', id: 'p1', tab: 'plan' })
    }
  })

  it('knows no other addresses', () => {
    for (const path of ['/projects', '/projects/p1/nothing', '/projects/a%2Fb', '/x']) {
      expect(parseRoute(path, '')).toEqual({ page: 'unknown' })
    }
  })
})
