import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { onEveryDatabase } from '../../test/support/databases.ts'
import { startTestServer, type TestServer } from '../../test/support/server.ts'
import { type Held, type RouteAccess, routeAccess } from './testing/route-access.ts'
import { canary, type Caller, makeCallers, makeHeld, refusedCallers } from './testing/callers.ts'
import { busy, moody } from './testing/operator.ts'

const methodOf = (route: string) => route.split(' ')[0] ?? ''
const isWrite = (route: string) => !['GET', 'HEAD'].includes(methodOf(route))

/** The routes that the app registered, `GET /v1/projects/:id` and so on, without its middleware. */
function routesOf({ app }: TestServer): Set<string> {
  const handlers = app.routes.filter(({ method }) => method !== 'ALL')
  return new Set(handlers.map(({ method, path }) => `${method} ${path}`))
}

/** All that a refused write could have changed in a workspace. */
async function stateOf(server: TestServer): Promise<string> {
  const { db } = server.pipeline.database
  const { rows } = await sql<{ state: string }>`select concat_ws(' ',
    (select md5(string_agg(to_jsonb(p)::text, '' order by p.id)) from projects p
      where p.workspace_id = ${server.workspaceId}),
    (select md5(string_agg(to_jsonb(m)::text, '' order by m.user_id)) from memberships m
      where m.workspace_id = ${server.workspaceId}),
    (select md5(string_agg(to_jsonb(k)::text, '' order by k.id))
      from (select id, name, role, revoked_at from api_keys
        where workspace_id = ${server.workspaceId}) k),
    (select md5(string_agg(to_jsonb(w)::text, '')) from workspaces w
      where w.id = ${server.workspaceId}),
    (select count(*) from invitations where workspace_id = ${server.workspaceId}
      and revoked_at is null),
    (select count(*) from audit_log where workspace_id = ${server.workspaceId}),
    (select count(*) from plans where workspace_id = ${server.workspaceId}),
    (select count(*) from builds where workspace_id = ${server.workspaceId}),
    (select count(*) from budgets where workspace_id = ${server.workspaceId}),
    (select count(*) from conversations where workspace_id = ${server.workspaceId})) as state`.execute(
    db,
  )
  return rows[0]?.state ?? ''
}

onEveryDatabase('the routes', (database) => {
  const { analyst, mood } = moody(busy)
  let server: TestServer
  let held: Held
  let callers: Awaited<ReturnType<typeof makeCallers>>
  beforeAll(async () => {
    mood.fails = false
    server = await startTestServer(database(), { analyst })
    callers = await makeCallers(server)
    held = await makeHeld(server, mood)
  })
  afterAll(async () => {
    await server.stop()
  })

  async function send(route: string, access: RouteAccess, caller: Caller): Promise<Response> {
    const body = access.body?.(held)
    const given = { ...access.headers, ...caller.headers }
    return server.app.request(access.path(held), {
      method: methodOf(route),
      headers: { ...given, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  }

  /** The answer's text; of a stream that is open, nothing but that it is. */
  async function textOf(response: Response): Promise<string> {
    if (response.headers.get('content-type')?.includes('event-stream') !== true) {
      return response.text()
    }
    await response.body?.cancel()
    return 'a stream'
  }

  /** The lines of the matrix, without those of routes that are not there yet. */
  const cases = () => {
    const there = routesOf(server)
    return Object.entries(routeAccess).filter(
      ([route, { optional }]) => optional !== true || there.has(route),
    )
  }
  const isOpen = ({ needs }: RouteAccess) => needs === 'nobody' || needs === 'secret'
  const protectedCases = () => cases().filter(([, access]) => !isOpen(access))
  const secrets = () => [canary, held.planHash, held.buildId]

  /** What an answer gives away: the secrets that stand in it. */
  const leaks = (text: string, hidden = secrets()) => hidden.filter((one) => text.includes(one))

  /** Calls routes as somebody; gives what is not as it has to be, a line for each. */
  async function wrong(
    routes: readonly (readonly [string, RouteAccess])[],
    caller: Caller,
    isRight: (response: Response, text: string, access: RouteAccess) => boolean,
  ): Promise<string[]> {
    const found: string[] = []
    for (const [route, access] of routes) {
      const response = await send(route, access, caller)
      const text = await textOf(response)
      if (isRight(response, text, access)) continue
      found.push(`${route} as ${caller.name}: ${response.status} ${text.slice(0, 300)}`)
    }
    return found
  }

  /** A problem with this status that tells nothing. */
  const refusal = (status: number) => (response: Response, text: string) =>
    response.status === status &&
    response.headers.get('content-type')?.includes('application/problem+json') === true &&
    leaks(text).length === 0

  it('are all in the matrix: a new one needs a line in src/http/testing/route-access.ts', () => {
    const listed = new Set(Object.keys(routeAccess))
    expect([...routesOf(server)].filter((route) => !listed.has(route))).toEqual([])
    const gone = Object.entries(routeAccess).filter(
      ([route, { optional }]) =>
        optional !== true && !routesOf(server).has(route.split(' (')[0] ?? ''),
    )
    expect(gone.map(([route]) => route)).toEqual([])
  })

  it.each(refusedCallers)('let nobody in with %s', async (who) => {
    const before = await stateOf(server)
    expect(await wrong(protectedCases(), callers[who], refusal(401))).toEqual([])
    expect(await stateOf(server)).toBe(before)
  })

  it('that are open or have a secret of their own tell a stranger nothing', async () => {
    const open = cases().filter(([, access]) => isOpen(access))
    const isRight = ({ status }: Response, text: string, { needs }: RouteAccess) =>
      leaks(text).length === 0 &&
      (needs === 'secret' ? [400, 401, 403, 426, 501].includes(status) : status < 500)
    expect(await wrong(open, callers.nobody, isRight)).toEqual([])
  })

  it.each(['foreignKey', 'foreignSession', 'visitorKey'] as const)(
    'show and change nothing of another workspace for the %s',
    async (who) => {
      const before = await stateOf(server)
      const things = protectedCases().filter(([, { about }]) => about === 'thing')
      expect(await wrong(things, callers[who], refusal(404))).toEqual([])
      const own = protectedCases().filter(([, { about }]) => about === 'workspace')
      const hidden = [...secrets(), held.projectId, server.workspaceId]
      const isRight = ({ status }: Response, text: string) =>
        status !== 401 && leaks(text, hidden).length === 0
      expect(await wrong(own, callers[who], isRight)).toEqual([])
      expect(await stateOf(server)).toBe(before)
    },
  )

  it.each([
    ['viewerSession', ['viewer']],
    ['viewerKey', ['viewer']],
    ['cappedKey', ['viewer']],
    ['memberKey', ['viewer', 'member']],
  ] as const)('let the %s do what its role may and no more', async (who, may) => {
    const allowed: readonly string[] = may
    const before = await stateOf(server)
    const above = protectedCases().filter(([, { needs }]) => !allowed.includes(needs))
    expect(await wrong(above, callers[who], refusal(403))).toEqual([])
    expect(await stateOf(server)).toBe(before)
    const reads = protectedCases().filter(
      ([route, { needs }]) => allowed.includes(needs) && !isWrite(route),
    )
    const isAnswer = ({ status }: Response, _: string, { gives = 200 }: RouteAccess) =>
      status === gives
    expect(await wrong(reads, callers[who], isAnswer)).toEqual([])
  })

  it.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('refuse every write with a person’s cookie that says %j', async (from) => {
    const before = await stateOf(server)
    const headers = { ...callers.ownerSession.headers, ...from }
    const writes = cases().filter(([route, { needs }]) => isWrite(route) && needs !== 'secret')
    const found = await wrong(writes, { name: 'the owner', headers }, refusal(403))
    expect(found).toEqual([])
    expect(await stateOf(server)).toBe(before)
  })

  it('never fall back to the cookie when a bearer key is wrong', async () => {
    const { headers } = callers.ownerSession
    const both = { ...headers, authorization: `Bearer tw_${randomUUID()}` }
    const caller = { name: 'an owner with a wrong key', headers: both }
    expect(await wrong(protectedCases(), caller, refusal(401))).toEqual([])
  })

  it('carry the headers that protect a page, and let in no script but our own', async () => {
    const pages = cases().filter(([route]) => !route.includes('/webhooks/'))
    const isSafe = ({ headers }: Response) => {
      const policy = headers.get('content-security-policy') ?? ''
      return (
        policy.includes("default-src 'self'") &&
        policy.includes("frame-ancestors 'none'") &&
        !/unsafe-|script-src|https?:|\*/.test(policy) &&
        headers.get('x-content-type-options') === 'nosniff' &&
        headers.get('referrer-policy') === 'no-referrer'
      )
    }
    expect(await wrong(pages, callers.nobody, isSafe)).toEqual([])
  })

  // Last, because it does what all the others were refused.
  it('are there for the owner: none of the answers above comes from a wrong path', async () => {
    const isThere = ({ status }: Response, text: string) =>
      ![401, 403, 404].includes(status) && !text.includes('invalid_request')
    expect(await wrong(protectedCases(), callers.ownerSession, isThere)).toEqual([])
  })
})
