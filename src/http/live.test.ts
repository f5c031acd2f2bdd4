import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { onEveryDatabase } from '../../test/support/databases.ts'
import { adminKey, startTestServer, type TestServer } from '../../test/support/server.ts'
import { type HttpServer, listen } from '../cli/http-server.ts'
import { agedProject, line } from '../ops/testing/aged.ts'
import { insertApiKey } from '../store/credentials.ts'
import { appendEvents } from '../store/events.ts'
import { insertWorkspace } from '../store/workspaces.ts'
import { createConnectionLimits } from '../access/connection-limits.ts'
import { tokenHash } from '../access/random-token.ts'
import { createApp } from './app.ts'
import { openRaw, type RawLive, type RawOptions } from './testing/raw-live.ts'

const Ticket = z.object({ ticket: z.string() })
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

onEveryDatabase('the live connection', (database) => {
  let server: TestServer
  let http: HttpServer
  let base: string
  let project: string
  const opened: RawLive[] = []

  beforeAll(async () => {
    server = await startTestServer(database(), {
      worker: false,
      live: { guardMs: 20, highWater: 64 * 1024, slowMs: 200 },
    })
    http = await listen('127.0.0.1', 0)
    http.handle((request, bindings) => server.app.fetch(request, bindings))
    base = `http://127.0.0.1:${http.port}`
  })
  beforeEach(async () => {
    project = await makeProject(server.workspaceId, 3)
  })
  afterEach(() => {
    for (const { socket } of opened.splice(0)) socket.terminate()
  })
  afterAll(async () => {
    await server.stop()
    await http.close()
  })

  const makeProject = (workspaceId: string, events: number) =>
    agedProject(database().db, workspaceId, { status: 'building', at: new Date(), events })

  async function append(id: string, count: number, text = 'line'): Promise<void> {
    const bodies = Array.from({ length: count }, () => line(text))
    await database()
      .db.transaction()
      .execute((tx) => appendEvents(tx, id, bodies))
    server.feed.poke(id)
  }

  async function ticketFor(headers: Record<string, string>): Promise<string> {
    const response = await fetch(`${base}/v1/live/tickets`, { method: 'POST', headers })
    expect(response.status).toBe(200)
    return Ticket.parse(await response.json()).ticket
  }

  const bearer = (key: string) => ({ authorization: `Bearer ${key}` })

  async function open(options: RawOptions = {}): Promise<RawLive> {
    const ticket = options.ticket ?? (await ticketFor(bearer(adminKey)))
    const live = await openRaw(base, { ticket, ...options })
    opened.push(live)
    return live
  }

  /** Somebody who is in a workspace of their own, and how they sign in. */
  async function makePerson() {
    const userId = randomUUID()
    const workspaceId = randomUUID()
    await database()
      .db.transaction()
      .execute((tx) => insertWorkspace(tx, { id: workspaceId, name: 'Other' }, userId))
    const session = await server.deps.authentication.sessions.issue(
      { userId, workspaceId },
      new Date(),
    )
    return { userId, workspaceId, session, cookie: { cookie: `talkwright_session=${session}` } }
  }

  /** Takes somebody out of their workspace, which keeps an owner. */
  async function leave(userId: string): Promise<void> {
    const { db } = database()
    await sql`insert into memberships (workspace_id, user_id, role)
      select workspace_id, ${server.ownerId}::uuid, 'owner' from memberships
      where user_id = ${userId}::uuid`.execute(db)
    await sql`delete from memberships where user_id = ${userId}::uuid`.execute(db)
  }

  it('gives what was, then what comes, and says where the one ends', async () => {
    const live = await open()
    live.send({ type: 'subscribe', project, since: 1 })
    await live.heard(({ type }) => type === 'live')
    expect(live.said.map(({ type }) => type)).toEqual(['subscribed', 'events', 'live'])
    await append(project, 2)
    await expect.poll(() => live.seqs(project)).toEqual([2, 3, 4, 5])
  })

  it('lets only the wanted types through', async () => {
    const live = await open()
    live.send({ type: 'subscribe', project, since: 0, types: ['build.cancelled'] })
    await live.heard(({ type }) => type === 'live')
    await database()
      .db.transaction()
      .execute((tx) =>
        appendEvents(tx, project, [line('x'), { type: 'build.cancelled', build: 'b' }]),
      )
    server.feed.poke(project)
    await expect.poll(() => live.seqs(project)).toEqual([5])
  })

  it('says no more of a project after an unsubscribe', async () => {
    const live = await open()
    live.send({ type: 'subscribe', project, since: 3 })
    await live.heard(({ type }) => type === 'live')
    live.send({ type: 'unsubscribe', project })
    await live.heard(({ type }) => type === 'unsubscribed')
    await append(project, 1)
    live.send({ type: 'subscribe', project, since: 3 })
    await expect.poll(() => live.seqs(project)).toEqual([4])
  })

  it('follows all projects of a workspace, also those that begin later', async () => {
    const live = await open()
    live.send({ type: 'subscribe', workspace: true })
    await live.heard(({ type }) => type === 'live')
    await append(project, 1)
    const later = await makeProject(server.workspaceId, 2)
    server.feed.poke(later)
    await expect.poll(() => live.seqs(later)).toEqual([1, 2])
    await expect.poll(() => live.seqs(project).at(-1)).toBe(4)
  })

  it('tells of what stands in no log, to those of the workspace who asked for it', async () => {
    const stranger = await makePerson()
    const lives = [
      await open(),
      await open(),
      await open(),
      await open({ ticket: await ticketFor(stranger.cookie) }),
    ]
    const [all, one, silent, foreign] = lives
    all?.send({ type: 'subscribe', workspace: true, news: true })
    one?.send({ type: 'subscribe', project, since: 3, news: true })
    silent?.send({ type: 'subscribe', project, since: 3 })
    foreign?.send({ type: 'subscribe', workspace: true, news: true })
    for (const live of lives) await live.heard(({ type }) => type === 'live')
    server.deps.live.news.changed(server.workspaceId)
    const isNews = ({ type }: { type: string }) => type === 'news'
    expect(await all?.heard(isNews)).toEqual({ type: 'news', workspace: true })
    expect(await one?.heard(isNews)).toEqual({ type: 'news', project })
    one?.send({ type: 'unsubscribe', project })
    await one?.heard(({ type }) => type === 'unsubscribed')
    await append(project, 1)
    await expect.poll(() => silent?.seqs(project)).toEqual([4])
    expect([silent, foreign].map((live) => live?.said.filter(isNews))).toEqual([[], []])
  })

  it('goes on in a workspace where a client has been, with what changed meanwhile', async () => {
    const first = await open()
    first.send({ type: 'subscribe', workspace: true })
    const { at } = await first.heard(({ type }) => type === 'subscribed')
    first.socket.terminate()
    await append(project, 2)
    const other = await makeProject(server.workspaceId, 2)
    const second = await open()
    const since = { at, projects: { [project]: 4 } }
    second.send({ type: 'subscribe', workspace: true, since })
    await expect.poll(() => second.seqs(other)).toEqual([1, 2])
    await expect.poll(() => second.seqs(project)).toEqual([5])
    await second.heard(({ type }) => type === 'live')
  })

  it('keeps the projects of one person from another', async () => {
    const other = await makePerson()
    const live = await open({ ticket: await ticketFor(other.cookie) })
    live.send({ type: 'subscribe', project, since: 0 })
    const refused = await live.heard(({ type }) => type === 'error')
    expect(refused).toMatchObject({ code: 'not_found', project })
    live.send({ type: 'subscribe', workspace: true })
    await live.heard(({ type }) => type === 'live')
    const theirs = await makeProject(other.workspaceId, 1)
    await append(project, 1)
    await append(theirs, 1)
    await expect.poll(() => live.seqs(theirs)).toEqual([1, 2])
    expect(live.seqs(project)).toEqual([])
  })

  it('ends with a membership', async () => {
    const other = await makePerson()
    const live = await open({ ticket: await ticketFor(other.cookie) })
    await leave(other.userId)
    expect(await live.closed).toBe(4401)
  })

  it('ends with a session', async () => {
    const other = await makePerson()
    const live = await open({ ticket: await ticketFor(other.cookie) })
    await server.deps.authentication.sessions.end(other.session)
    expect(await live.closed).toBe(4401)
  })

  it('ends an event stream with a membership', async () => {
    const other = await makePerson()
    const theirs = await makeProject(other.workspaceId, 1)
    const path = `${base}/v1/projects/${theirs}/events`
    const headers = { ...other.cookie, accept: 'text/event-stream' }
    const stream = await fetch(path, { headers })
    await leave(other.userId)
    expect(await stream.text()).toContain('"seq":1')
    expect((await fetch(path, { headers })).status).toBe(401)
  })

  it('resets an event stream whose place the log has not reached', async () => {
    const headers = { ...bearer(adminKey), accept: 'text/event-stream' }
    const stream = await fetch(`${base}/v1/projects/${project}/events?after=9`, { headers })
    const text = await stream.text()
    expect(text).toContain('event: reset')
    expect(text).toContain('"seq":3')
  })

  it('keeps nothing of an event stream that nobody reads any more', async () => {
    let following = 0
    const { live } = server.deps
    const watch: typeof live.guard.watch = (grant, revoked) => {
      following += 1
      const unwatch = live.guard.watch(grant, revoked)
      return () => {
        following -= 1
        unwatch()
      }
    }
    const app = createApp({ ...server.deps, live: { ...live, guard: { ...live.guard, watch } } })
    const stream = await listen('127.0.0.1', 0)
    stream.handle((request, bindings) => app.fetch(request, bindings))
    await append(project, 400, 'x'.repeat(4_000))
    const path = `http://127.0.0.1:${stream.port}/v1/projects/${project}/events`
    const headers = { ...bearer(adminKey), accept: 'text/event-stream' }
    try {
      const head = await fetch(path, { method: 'HEAD', headers })
      expect(head.headers.get('content-type')).toBe('text/event-stream')
      const left = new AbortController()
      const { body } = await fetch(path, { headers, signal: left.signal })
      await body?.getReader().read()
      expect(following).toBe(1)
      left.abort()
      await expect.poll(() => following).toBe(0)
    } finally {
      await stream.close()
    }
  })

  it('ends with a key, and a ticket of that key opens nothing', async () => {
    const key = `tw_${randomUUID()}`
    const id = randomUUID()
    await insertApiKey(database().db, {
      id,
      workspaceId: server.workspaceId,
      name: 'k',
      prefix: key.slice(0, 8),
      hash: await tokenHash(key),
      role: 'viewer',
      createdBy: server.ownerId,
      expiresAt: null,
    })
    const live = await open({ ticket: await ticketFor(bearer(key)) })
    live.send({ type: 'subscribe', project, since: 3 })
    await live.heard(({ type }) => type === 'live')
    const unused = await ticketFor(bearer(key))
    await sql`update api_keys set revoked_at = now() where id = ${id}::uuid`.execute(database().db)
    expect(await live.closed).toBe(4401)
    await expect(openRaw(base, { ticket: unused })).rejects.toThrow('401')
  })

  it('takes a ticket once, and nothing that is none', async () => {
    const ticket = await ticketFor(bearer(adminKey))
    await open({ ticket })
    await expect(openRaw(base, { ticket })).rejects.toThrow('401')
    await expect(openRaw(base, { ticket: adminKey })).rejects.toThrow('401')
    await expect(openRaw(base, { protocols: ['talkwright.live.v1'] })).rejects.toThrow('401')
  })

  it('makes no ticket for somebody unknown', async () => {
    const response = await fetch(`${base}/v1/live/tickets`, { method: 'POST' })
    expect(response.status).toBe(401)
  })

  it('refuses a page of another site, whatever host the request names', async () => {
    const ticket = await ticketFor(bearer(adminKey))
    for (const origin of ['https://evil.test', base, 'http://localhost.evil.test', 'null']) {
      await expect(openRaw(base, { ticket, origin })).rejects.toThrow('403')
    }
    await open({ ticket, origin: 'http://localhost' })
  })

  it('refuses a place that the log has not reached, and goes on from a fresh one', async () => {
    const live = await open()
    live.send({ type: 'subscribe', project, since: 9 })
    const reset = await live.heard(({ type }) => type === 'reset')
    expect(reset).toMatchObject({ project, seq: 3, reason: 'ahead' })
    live.send({ type: 'subscribe', project, since: 3 })
    await live.heard(({ type }) => type === 'live')
  })

  it('says what it does not understand, and cuts what is too big', async () => {
    const live = await open()
    const never = { at: '0000-01-01T00:00:00Z', projects: {} }
    const subscribe = { type: 'subscribe', workspace: true, since: never }
    const shout = { type: 'shout' }
    for (const message of ['', '{', '[]', shout, { type: 'subscribe', project: 1 }, subscribe]) {
      live.send(message)
    }
    live.send({ type: 'ping' })
    await live.heard(({ type }) => type === 'pong')
    const errors = live.said.filter(({ type }) => type === 'error')
    expect(errors).toHaveLength(6)
    expect(errors.every(({ code }) => code === 'invalid_message')).toBe(true)
    live.send('x'.repeat(65 * 1024))
    expect(await live.closed).toBe(1009)
  })

  it('cuts a client that talks without end', async () => {
    const live = await open()
    for (let sent = 0; sent < 600; sent += 1) live.send({ type: 'ping' })
    expect(await live.closed).toBe(4429)
  })

  it('cuts a client that takes nothing in, which then goes on where it was', async () => {
    const live = await open()
    live.send({ type: 'subscribe', project, since: 3 })
    await live.heard(({ type }) => type === 'live')
    live.socket.pause()
    // More than the buffers of both sides hold.
    for (let time = 0; time < 12; time += 1) await append(project, 100, 'x'.repeat(10_000))
    await expect.poll(() => server.deps.live.sockets.count()).toBe(0)
    live.socket.resume()
    await live.closed
    const seen = live.seqs(project)
    const since = seen.at(-1) ?? 3
    const again = await open()
    again.send({ type: 'subscribe', project, since })
    await expect.poll(() => again.seqs(project).at(-1)).toBe(1_203)
    expect([...upTo(3), ...seen, ...again.seqs(project)]).toEqual(upTo(1_203))
  })

  it('is open so many times for one person, over sockets and streams together', async () => {
    const { cookie, workspaceId } = await makePerson()
    const other = await makePerson()
    const theirs = await makeProject(workspaceId, 1)
    const connections = createConnectionLimits({ user: 2 })
    const app = createApp({ ...server.deps, connections })
    const ask = (path: string, init: RequestInit) => fetch(`${base}${path}`, init)
    const ticket = () => ask('/v1/live/tickets', { method: 'POST', headers: cookie })
    const stream = (signal: AbortSignal) => {
      const headers = { ...cookie, accept: 'text/event-stream' }
      return ask(`/v1/projects/${theirs}/events`, { headers, signal })
    }
    http.handle((request, bindings) => app.fetch(request, bindings))
    try {
      const tickets = [await ticketFor(cookie), await ticketFor(cookie)]
      const first = await open({ ticket: tickets[0] ?? '' })
      const ended = new AbortController()
      expect((await stream(ended.signal)).status).toBe(200)

      const refused = await ticket()
      expect(refused.status).toBe(429)
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(await refused.json()).toMatchObject({ code: 'too_many_connections' })
      expect((await stream(ended.signal)).status).toBe(429)
      await expect(openRaw(base, { ticket: tickets[1] ?? '' })).rejects.toThrow('429')
      await ticketFor(other.cookie)

      first.socket.terminate()
      await expect.poll(async () => (await ticket()).status).toBe(200)
      await open({ ticket: await ticketFor(cookie) })
      expect((await ticket()).status).toBe(429)
      ended.abort()
      await expect.poll(async () => (await ticket()).status).toBe(200)
    } finally {
      http.handle((request, bindings) => server.app.fetch(request, bindings))
    }
  })

  it('says that a server restarts', async () => {
    const live = await open()
    await server.deps.live.sockets.close()
    expect(await live.closed).toBe(1012)
  })
})
