import { randomUUID } from 'node:crypto'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { onEveryDatabase } from '../../test/support/databases.ts'
import { adminKey, startTestServer, type TestServer } from '../../test/support/server.ts'
import { makeSignInLink } from '../access/sign-in-link.ts'
import { AppError } from '../domain/errors.ts'
import { silentLog } from '../domain/log.ts'
import { insertWorkspace } from '../store/workspaces.ts'
import { createApp } from './app.ts'
import { callByKey, makeKey } from './testing/person.ts'
import type { ConversationCreatedView, EventListView, PlanView, ProjectView } from './views.ts'

const transcript = `Agent: What do you need?
Client: We need an app for our library. Members can borrow books.
Client: Each book has a title, an author and a year.
Agent: Anything else?
Client: Members must be able to search books by title.`

onEveryDatabase('the API', (database) => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer(database())
  })
  afterAll(async () => {
    await server.stop()
  })

  async function json<T>(response: Response): Promise<T> {
    return (await response.json()) as T
  }

  async function upload(): Promise<string> {
    const response = await server.call('POST', '/v1/conversations', { transcript })
    expect(response.status).toBe(201)
    const { projectId } = await json<ConversationCreatedView>(response)
    if (projectId === null) throw new Error('The upload made no project.')
    return projectId
  }

  async function planned(): Promise<string> {
    const id = await upload()
    await server.until(id, ({ body }) => body.type === 'plan.ready')
    return id
  }

  it('takes a transcript to a plan and gives all of it back', async () => {
    const id = await planned()
    const project = await json<ProjectView>(await server.call('GET', `/v1/projects/${id}`))
    expect(project).toMatchObject({ status: 'awaiting_approval', source: 'upload' })
    expect(project.stages.map((stage) => stage.state)).toEqual(['done', 'done', 'waiting'])
    const plan = await json<PlanView>(await server.call('GET', `/v1/projects/${id}/plan`))
    expect(plan.hash).toBe(project.planHash)
    expect(plan.lint.filter((finding) => finding.severity === 'error')).toEqual([])
    expect((await server.call('GET', `/v1/projects/${id}/conversation`)).status).toBe(200)
    expect((await server.call('GET', `/v1/projects/${id}/brief`)).status).toBe(200)
    const zip = await server.call('GET', `/v1/projects/${id}/plan.zip`)
    const files = Object.keys(unzipSync(new Uint8Array(await zip.arrayBuffer())))
    expect(files).toEqual(
      expect.arrayContaining([...plan.plan.files.map((file) => file.path), 'trace.json']),
    )
  })

  it('pages the list of projects, newest first, each once', async () => {
    const made = [await upload(), await upload(), await upload()]
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
      const page: { items: { id: string }[]; nextCursor: string | null } = await json(
        await server.call('GET', `/v1/projects?limit=2${query}`),
      )
      seen.push(...page.items.map((item) => item.id))
      cursor = page.nextCursor
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.slice(0, 3)).toEqual([...made].reverse())
  })

  describe('events', () => {
    it('come as JSON after a seq', async () => {
      const id = await planned()
      const all = await json<EventListView>(await server.call('GET', `/v1/projects/${id}/events`))
      expect(all.items.map((event) => event.seq)).toEqual(
        Array.from({ length: all.items.length }, (_, index) => index + 1),
      )
      const rest = await json<EventListView>(
        await server.call('GET', `/v1/projects/${id}/events?after=3&limit=2`),
      )
      expect(rest.items.map((event) => event.seq)).toEqual([4, 5])
    })

    it('come as server-sent events that resume by Last-Event-ID', async () => {
      const id = await planned()
      const response = await server.app.request(`/v1/projects/${id}/events`, {
        headers: {
          authorization: `Bearer ${adminKey}`,
          accept: 'text/event-stream',
          'last-event-id': '2',
        },
      })
      expect(response.headers.get('content-type')).toContain('text/event-stream')
      let text = ''
      for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        text += chunk
        if (text.includes('"plan.ready"')) break
      }
      const ids = [...text.matchAll(/^id: ?(\d+)$/gm)].map((match) => Number(match[1]))
      expect(ids).toEqual(Array.from({ length: ids.length }, (_, index) => index + 3))
    })

    it('end with a line in the log where they cannot be read on', async () => {
      const id = await planned()
      const said = vi.spyOn(console, 'error').mockImplementation(() => undefined)
      const logged: string[] = []
      const log = { ...silentLog, warn: (_: object, event: string) => logged.push(event) }
      // oxlint-disable-next-line require-yield
      async function* follow(): AsyncGenerator<never> {
        throw new AppError('database_unavailable', 'The database cannot be reached.')
      }
      const live = { ...server.deps.live, feed: { ...server.feed, follow } }
      const app = createApp({ ...server.deps, live, pipeline: { ...server.pipeline, log } })
      const headers = { authorization: `Bearer ${adminKey}`, accept: 'text/event-stream' }
      const response = await app.request(`/v1/projects/${id}/events`, { headers })
      expect(await response.text()).toBe('')
      expect(logged).toEqual(['live.stream_failed'])
      expect(said).not.toHaveBeenCalled()
      said.mockRestore()
    })
  })

  describe('approval', () => {
    it('needs the hash of the plan that is there', async () => {
      const id = await planned()
      const wrong = await server.call('POST', `/v1/projects/${id}/approve`, {
        planHash: '0'.repeat(64),
      })
      expect(wrong.status).toBe(409)
      expect(await wrong.json()).toMatchObject({ code: 'plan_changed' })
    })

    it('queues one build for the hash, whoever repeats it', async () => {
      const id = await planned()
      const { planHash } = await json<ProjectView>(await server.call('GET', `/v1/projects/${id}`))
      const approve = () => server.call('POST', `/v1/projects/${id}/approve`, { planHash })
      const answers = await Promise.all([approve(), approve(), approve()])
      expect(answers.map((answer) => answer.status).sort((a, b) => a - b)).toEqual([200, 409, 409])
      const builds = await json<{ items: { planHash: string }[] }>(
        await server.call('GET', `/v1/projects/${id}/builds`),
      )
      expect(builds.items).toMatchObject([{ planHash }])
      const audits = await database()
        .db.selectFrom('audit_log')
        .select(['actor', 'action'])
        .where('target', '=', id)
        .execute()
      expect(audits).toEqual([{ actor: server.ownerId, action: 'plan.approve' }])
    })

    it('can be refused with a reason', async () => {
      const id = await planned()
      const { planHash } = await json<ProjectView>(await server.call('GET', `/v1/projects/${id}`))
      const answer = await server.call('POST', `/v1/projects/${id}/reject`, {
        planHash,
        reason: 'Too much',
      })
      expect(answer.status).toBe(200)
      const project = await json<ProjectView>(await server.call('GET', `/v1/projects/${id}`))
      expect(project).toMatchObject({
        status: 'cancelled',
        statusReason: 'The plan was rejected: Too much',
      })
    })
  })

  it('cancels a project and plans it again from what is stored', async () => {
    const id = await planned()
    expect((await server.call('POST', `/v1/projects/${id}/cancel`)).status).toBe(200)
    expect((await server.call('POST', `/v1/projects/${id}/cancel`)).status).toBe(409)
    const again = await server.call('POST', `/v1/projects/${id}/retry`, { from: 'plan' })
    expect(again.status).toBe(200)
    await server.until(id, ({ body }) => body.type === 'plan.ready' && body.version === 2)
    const plan = await json<PlanView>(await server.call('GET', `/v1/projects/${id}/plan`))
    expect(plan.version).toBe(2)
  })

  it('keeps of a title what can be seen', async () => {
    const title = 'Library \u202etxt.\u200bexe'
    const made = await server.call('POST', '/v1/conversations', { transcript, title })
    const { projectId } = await json<ConversationCreatedView>(made)
    const found = await server.call('GET', `/v1/projects?ids=${projectId}`)
    expect(await json(found)).toMatchObject({ items: [{ title: 'Library txt.exe' }] })
  })

  it('carries a write with an Idempotency-Key out once', async () => {
    const key = randomUUID()
    const send = (title: string) =>
      server.app.request('/v1/conversations', {
        method: 'POST',
        headers: {
          authorization: `Bearer ${adminKey}`,
          'content-type': 'application/json',
          'idempotency-key': key,
        },
        body: JSON.stringify({ transcript, title }),
      })
    const created = await send('one')
    expect(created.status).toBe(201)
    const first = await json<ConversationCreatedView>(created)
    const repeat = await json<ConversationCreatedView>(await send('one'))
    expect(repeat).toEqual(first)
    expect((await send('another')).status).toBe(409)
  })

  describe('a request that does not fit', () => {
    it.each([
      ['POST', '/v1/conversations', {}, 422],
      ['POST', '/v1/conversations', { transcript: '' }, 422],
      ['POST', '/v1/conversations', { transcript: '%%%' }, 422],
      ['GET', '/v1/projects/not-an-id', undefined, 422],
      ['GET', `/v1/projects/${randomUUID()}`, undefined, 404],
      ['GET', `/v1/projects/${randomUUID()}/events`, undefined, 404],
      ['GET', '/v1/projects/not-an-id/plan.zip', undefined, 422],
      ['GET', '/v1/projects/not-an-id/events', undefined, 422],
      ['GET', '/v1/projects?cursor=x', undefined, 422],
      ['GET', '/v1/projects?limit=-1', undefined, 422],
      ['GET', '/v1/nothing', undefined, 404],
      ['POST', `/v1/projects/${randomUUID()}/cancel`, undefined, 404],
    ])('%s %s is a clear problem', async (method, path, body, status) => {
      const response = await server.call(method, path, body)
      expect(response.status).toBe(status)
      expect(response.headers.get('content-type')).toContain('application/problem+json')
      expect(await response.json()).toMatchObject({ status, code: expect.any(String) as string })
    })
  })

  describe('access', () => {
    it('shows nothing to somebody without a key', async () => {
      for (const path of ['/v1/me', '/v1/projects', `/v1/projects/${randomUUID()}/events`]) {
        expect((await server.app.request(path)).status).toBe(401)
        expect((await callByKey(server, 'wrong', 'GET', path)).status).toBe(401)
      }
    })

    it('lets a viewer read and not decide', async () => {
      const id = await planned()
      const { key } = await makeKey(server, { role: 'viewer' })
      expect((await callByKey(server, key, 'GET', `/v1/projects/${id}`)).status).toBe(200)
      const denied = await callByKey(server, key, 'POST', `/v1/projects/${id}/cancel`)
      expect(denied.status).toBe(403)
      expect(
        (await callByKey(server, key, 'POST', '/v1/conversations', { transcript })).status,
      ).toBe(403)
    })

    it('lets the role in one workspace do nothing in another', async () => {
      const id = await planned()
      const other = { id: randomUUID(), name: 'Other' }
      await database()
        .db.transaction()
        .execute((tx) => insertWorkspace(tx, other, server.ownerId))
      const { key } = await makeKey(server, { workspaceId: other.id })
      expect((await callByKey(server, key, 'POST', `/v1/projects/${id}/cancel`)).status).toBe(404)
      expect(await json(await server.call('GET', `/v1/projects/${id}`))).toMatchObject({
        status: 'awaiting_approval',
      })
    })

    it('hides a project from another workspace', async () => {
      const id = await planned()
      const workspaceId = randomUUID()
      const userId = randomUUID()
      await database()
        .db.transaction()
        .execute((tx) => insertWorkspace(tx, { id: workspaceId, name: 'Other' }, userId))
      const { key } = await makeKey(server, { workspaceId, by: userId })
      for (const rest of [
        '',
        '/plan',
        '/brief',
        '/events',
        '/conversation',
        '/builds',
        '/plan.zip',
        '/usage',
        '/estimate',
        '/budget',
      ]) {
        expect((await callByKey(server, key, 'GET', `/v1/projects/${id}${rest}`)).status).toBe(404)
      }
      expect((await callByKey(server, key, 'POST', `/v1/projects/${id}/cancel`)).status).toBe(404)
      expect(await json(await callByKey(server, key, 'GET', '/v1/projects'))).toMatchObject({
        items: [],
      })
    })

    it('signs a browser in by a link that works once and not from another site', async () => {
      const subject = { workspaceId: server.workspaceId, userId: server.ownerId }
      const token = await makeSignInLink(database().db, subject, new Date())
      const first = await server.app.request(`/sign-in/${token}`)
      expect(first.status).toBe(303)
      const cookie = (first.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
      expect(first.headers.get('set-cookie')).toContain('HttpOnly')
      const me = await server.app.request('/v1/me', { headers: { cookie } })
      expect(await me.json()).toMatchObject({ role: 'owner' })
      const second = await server.app.request(`/sign-in/${token}`)
      expect(second.headers.get('set-cookie')).toBeNull()
      const foreign = await server.app.request('/v1/conversations', {
        method: 'POST',
        headers: { cookie, origin: 'https://evil.example', 'content-type': 'application/json' },
        body: JSON.stringify({ transcript }),
      })
      expect(foreign.status).toBe(403)
    })
  })

  it('describes itself', async () => {
    const document = await json<{ openapi: string; paths: object }>(
      await server.app.request('/openapi.json'),
    )
    expect(document.openapi).toBe('3.1.0')
    expect(Object.keys(document.paths)).toContain('/v1/projects/{id}/approve')
    const docs = await server.app.request('/docs')
    expect(await docs.text()).toContain('/v1/projects/{id}')
    expect(docs.headers.get('content-security-policy')).toContain("default-src 'self'")
  })
})
