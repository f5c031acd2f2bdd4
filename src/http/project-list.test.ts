import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { onEveryDatabase } from '../../test/support/databases.ts'
import { startTestServer, type TestServer } from '../../test/support/server.ts'
import { insertWorkspace } from '../store/workspaces.ts'
import { createApp } from './app.ts'
import { personOf } from './testing/person.ts'
import type { ConversationCreatedView, MeView, ProjectListView } from './views.ts'

const transcript = 'Client: Members can borrow books.\nClient: Each book has a title.'

onEveryDatabase('the list of projects', (database) => {
  let server: TestServer
  const made: string[] = []

  async function upload(title: string): Promise<string> {
    const body = { transcript, title }
    const response = await server.call('POST', '/v1/conversations', body)
    const { projectId } = (await response.json()) as ConversationCreatedView
    if (projectId === null) throw new Error('The upload made no project.')
    return projectId
  }

  beforeAll(async () => {
    server = await startTestServer(database(), { worker: false })
    const { db } = database()
    for (const title of ['Library of Things', '100% cotton', 'The library’s cafe', 'A_b']) {
      made.push(await upload(title))
    }
    // The first is the oldest, and the last whose status has changed.
    for (const [index, id] of made.entries()) {
      await sql`update projects set created_at = timestamptz '2026-03-01' + ${index}::int * interval '1 hour',
        status_since = timestamptz '2026-04-01' - ${index}::int * interval '1 hour'
        where id = ${id}::uuid`.execute(db)
    }
  })
  afterAll(async () => {
    await server.stop()
  })

  async function list(query: string): Promise<ProjectListView> {
    const response = await server.call('GET', `/v1/projects?${query}`)
    expect(response.status).toBe(200)
    return (await response.json()) as ProjectListView
  }

  const titles = async (query: string) => (await list(query)).items.map(({ title }) => title)

  it('opens a project with the role in its own workspace, whichever is chosen', async () => {
    const userId = randomUUID()
    const own = { id: randomUUID(), name: 'Of their own' }
    const { db } = database()
    await db.transaction().execute((tx) => insertWorkspace(tx, own, userId))
    const member = { workspace_id: server.workspaceId, user_id: userId, role: 'viewer' } as const
    await db.insertInto('memberships').values(member).execute()
    const { sessions } = server.deps.authentication
    const session = await sessions.issue({ userId, workspaceId: own.id }, new Date())
    const person = personOf(server, userId, `talkwright_session=${session}`)
    expect(await (await person.call('GET', '/v1/me')).json()).toMatchObject({ role: 'owner' })
    const project = await person.call('GET', `/v1/projects/${made[0]}`)
    expect(await project.json()).toMatchObject({
      workspace: { id: server.workspaceId },
      role: 'viewer',
    })
  })

  it('finds parts of titles as they are typed, in whatever case', async () => {
    expect(await titles('q=LIBRARY')).toEqual(['The library’s cafe', 'Library of Things'])
    expect(await titles('q=0%25')).toEqual(['100% cotton'])
    expect(await titles('q=%25')).toEqual(['100% cotton'])
    expect(await titles('q=_')).toEqual(['A_b'])
    expect(await titles('q=nobody')).toEqual([])
  })

  it('filters by one status or several', async () => {
    const { db } = database()
    await sql`update projects set status = 'failed' where id = ${made[1]}::uuid`.execute(db)
    await sql`update projects set status = 'paused' where id = ${made[2]}::uuid`.execute(db)
    expect(await titles('status=failed')).toEqual(['100% cotton'])
    expect(await titles('status=failed,paused&order=oldest')).toEqual([
      '100% cotton',
      'The library’s cafe',
    ])
    expect(await titles('status=failed,paused&q=lib')).toEqual(['The library’s cafe'])
    expect((await server.call('GET', '/v1/projects?status=lost')).status).toBe(422)
  })

  it.each(['newest', 'oldest', 'changed'])(
    'pages through all of them, %s first, each once',
    async (order) => {
      const seen: string[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const rest: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
        const page: ProjectListView = await list(`order=${order}&limit=1${rest}`)
        seen.push(...page.items.map(({ id }) => id))
        cursor = page.nextCursor
      }
      expect(seen).toEqual(order === 'newest' ? made.toReversed() : made)
    },
  )

  it('refuses the cursor of another order', async () => {
    const { nextCursor } = await list('limit=1')
    const other = await server.call('GET', `/v1/projects?order=changed&cursor=${nextCursor}`)
    expect([other.status, ((await other.json()) as { code: string }).code]).toEqual([
      422,
      'bad_cursor',
    ])
  })

  it('gives those that are named and no others', async () => {
    const { items } = await list(`ids=${made[0]},${randomUUID()}`)
    expect(items.map(({ id }) => id)).toEqual([made[0]])
  })

  it('says who brought the talk, what it cost, how its build stands, and since when', async () => {
    const { db } = database()
    const [id] = made
    await sql`insert into usage_by_project (project_id, workspace_id, first_at, calls, unknown_calls,
        input_tokens, cached_input_tokens, output_tokens, cost_micros)
      values (${id}::uuid, ${server.workspaceId}::uuid, now(), 3, 1, 10, 0, 5, 420000)`.execute(db)
    await sql`insert into builds (id, workspace_id, project_id, plan_version, plan_hash, state, progress)
      values (${randomUUID()}::uuid, ${server.workspaceId}::uuid, ${id}::uuid, 1,
        ${'a'.repeat(64)}, 'waiting', '{"done": 2, "total": 5}')`.execute(db)
    const { items } = await list(`ids=${id}`)
    expect(items).toMatchObject([
      {
        createdBy: server.ownerId,
        costUsd: '0.42',
        unknownCalls: 1,
        build: { state: 'waiting', done: 2, total: 5 },
        statusSince: '2026-04-01T00:00:00.000Z',
      },
    ])
    expect((await list(`ids=${made[3]}`)).items).toMatchObject([{ costUsd: null, build: null }])
  })

  it('notes when the status changes, and not when an event is added', async () => {
    const id = await upload('Cancelled')
    const since = async () => (await list(`ids=${id}`)).items[0]?.statusSince
    const before = await since()
    expect((await server.call('POST', `/v1/projects/${id}/cancel`)).status).toBe(200)
    expect(await since()).not.toBe(before)
  })

  it('lets a call’s frame in from one place, and only where there is a key', async () => {
    const policyOf = async (deps: TestServer['deps']) => {
      const app = createApp(deps)
      const headers = { authorization: 'Bearer the-admin-key-of-the-tests' }
      const answer = await app.request('/v1/me', { headers })
      const { calls } = (await answer.json()) as MeView
      return { calls, policy: answer.headers.get('content-security-policy') }
    }
    const without = await policyOf(server.deps)
    expect(without.calls).toBeNull()
    expect(without.policy).not.toContain('frame-src')
    const calls = { origin: 'https://calls.example.org', palId: null }
    const having = await policyOf({ ...server.deps, calls })
    expect(having.calls).toEqual(calls)
    expect(having.policy).toContain('; frame-src https://calls.example.org; ')
  })
})
