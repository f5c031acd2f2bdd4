import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onEveryDatabase } from '../../test/support/databases.ts'
import { startTestServer, type TestServer } from '../../test/support/server.ts'
import type { Principal, Role } from '../domain/principal.ts'
import { asCaller } from '../store/caller.ts'
import { insertApiKey } from '../store/credentials.ts'
import type { Tx } from '../store/database.ts'
import { insertWorkspace } from '../store/workspaces.ts'
import type {
  InvitationListView,
  InvitedView,
  KeyCreatedView,
  KeyListView,
  MemberListView,
  WorkspaceListView,
} from './access-views.ts'
import { callByKey, codeOf, type KeyCall, type Person, personOf } from './testing/person.ts'
import type {
  ConversationCreatedView,
  EventListView,
  MeView,
  PlanView,
  ProjectView,
} from './views.ts'

const transcript = `Agent: What do you need?
Client: We need an app for our library. Members can borrow books.
Client: Each book has a title, an author and a year.`

onEveryDatabase('members', (database) => {
  let server: TestServer
  let owner: Person
  beforeAll(async () => {
    server = await startTestServer(database())
    owner = await signedIn(server.ownerId, server.workspaceId)
  })
  afterAll(async () => {
    await server.stop()
  })

  async function json<T>(response: Response): Promise<T> {
    expect(response.ok ? '' : await response.text()).toBe('')
    return (await response.json()) as T
  }

  async function signedIn(userId: string, workspaceId: string): Promise<Person> {
    const subject = { userId, workspaceId }
    const value = await server.deps.authentication.sessions.issue(subject, new Date())
    return personOf(server, userId, `talkwright_session=${value}`)
  }

  const byKey = (...call: KeyCall) => callByKey(server, ...call)

  const setSecondFactor = (wanted: boolean) =>
    database()
      .db.updateTable('workspaces')
      .set({ second_factor: wanted })
      .where('id', '=', server.workspaceId)
      .execute()

  async function invited(role: Role, name = 'Ada', by = owner): Promise<string> {
    const { link } = await json<InvitedView>(
      await by.call('POST', '/v1/invitations', { name, role }),
    )
    return new URL(link).pathname
  }

  async function joined(path: string): Promise<Person> {
    const response = await server.app.request(path, { method: 'POST' })
    expect(response.status).toBe(303)
    const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    const me = await server.app.request('/v1/me', { headers: { cookie } })
    return personOf(server, (await json<MeView>(me)).userId, cookie)
  }

  const join = async (role: Role, by = owner) => joined(await invited(role, 'Ada', by))

  const auditOf = async (target: string) => {
    const rows = await database()
      .db.selectFrom('audit_log')
      .select(['actor', 'action'])
      .where('target', '=', target)
      .orderBy('at')
      .execute()
    return rows.map(({ actor, action }) => [actor, action])
  }

  it('come in by a link that works once and that a look does not use up', async () => {
    const path = await invited('member', '<b>Grace</b>')
    const look = await server.app.request(path)
    expect(look.status).toBe(200)
    expect(look.headers.get('set-cookie')).toBeNull()
    const grace = await joined(path)
    expect((await server.app.request(path, { method: 'POST' })).status).toBe(404)
    const { items } = await json<MemberListView>(await grace.call('GET', '/v1/members'))
    expect(items.find(({ userId }) => userId === grace.id)).toMatchObject({
      name: '<b>Grace</b>',
      role: 'member',
    })
    expect(await auditOf(grace.id)).toEqual([['system', 'member.join']])
  })

  it('choose what the others know them by; no key chooses it for them', async () => {
    const ada = await join('viewer')
    expect((await ada.call('PATCH', '/v1/me', { name: 'Ada L.' })).status).toBe(200)
    const { items } = await json<MemberListView>(await owner.call('GET', '/v1/members'))
    expect(items.find(({ userId }) => userId === ada.id)).toMatchObject({ name: 'Ada L.' })
    expect(await auditOf(ada.id)).toContainEqual([ada.id, 'member.rename'])
    expect((await ada.call('PATCH', '/v1/me', { name: ' ' })).status).toBe(422)
    const wanted = { name: 'x', role: 'viewer' }
    const { key } = await json<KeyCreatedView>(await owner.call('POST', '/v1/keys', wanted))
    const byTheirKey = await byKey(key, 'PATCH', '/v1/me', { name: 'Eve' })
    expect(await codeOf(byTheirKey)).toEqual([403, 'person_required'])
  })

  it('who are known here join under their own name', async () => {
    const other = { id: randomUUID(), name: 'Two & Co' }
    const secondOwner = randomUUID()
    await database()
      .db.transaction()
      .execute((tx) => insertWorkspace(tx, other, secondOwner))
    const path = await invited('viewer', 'Them', await signedIn(secondOwner, other.id))
    expect(await (await owner.call('GET', path)).text()).toContain('Two &amp; Co')
    expect((await owner.call('POST', path)).status).toBe(303)
    expect(await json(await owner.call('GET', '/v1/workspace'))).toMatchObject({ id: other.id })
    const back = await owner.call('POST', `/v1/workspaces/${server.workspaceId}/open`)
    expect(await json(back)).toMatchObject({ role: 'owner', current: true })
    const { items } = await json<WorkspaceListView>(await owner.call('GET', '/v1/workspaces'))
    expect(items).toMatchObject([
      { id: server.workspaceId, role: 'owner', current: true },
      { id: other.id, role: 'viewer', current: false },
    ])
    const there = { 'talkwright-workspace': other.id }
    const me = await owner.call('GET', '/v1/me', undefined, there)
    expect(await json(me)).toMatchObject({ workspace: other, role: 'viewer' })
    const upload = await owner.call('POST', '/v1/conversations', { transcript }, there)
    expect(await codeOf(upload)).toEqual([403, 'forbidden'])
    const nowhere = { 'talkwright-workspace': randomUUID() }
    expect((await owner.call('GET', '/v1/me', undefined, nowhere)).status).toBe(404)
  })

  it('are invited by admins alone, and to no higher role than theirs', async () => {
    const [admin, member] = [await join('admin'), await join('member')]
    const invite = (by: Person, role: Role) =>
      by.call('POST', '/v1/invitations', { name: 'X', role })
    expect(await codeOf(await invite(member, 'viewer'))).toEqual([403, 'forbidden'])
    expect(await codeOf(await invite(admin, 'owner'))).toEqual([403, 'forbidden'])
    const { id, link } = await json<InvitedView>(await invite(admin, 'admin'))
    expect((await admin.call('DELETE', `/v1/invitations/${id}`)).status).toBe(200)
    expect((await server.app.request(new URL(link).pathname, { method: 'POST' })).status).toBe(404)
    expect(await auditOf(id)).toEqual([
      [admin.id, 'invitation.create'],
      [admin.id, 'invitation.revoke'],
    ])
  })

  it('get another role from admins, who touch nobody above themselves', async () => {
    const [admin, member] = [await join('admin'), await join('member')]
    const set = (by: Person, whom: Person, role: Role) =>
      by.call('PATCH', `/v1/members/${whom.id}`, { role })
    expect((await set(admin, member, 'viewer')).status).toBe(200)
    expect(await codeOf(await set(admin, member, 'owner'))).toEqual([403, 'forbidden'])
    expect(await codeOf(await set(admin, owner, 'viewer'))).toEqual([403, 'forbidden'])
    expect(await codeOf(await set(member, member, 'admin'))).toEqual([403, 'forbidden'])
    expect((await auditOf(member.id)).at(-1)).toEqual([admin.id, 'member.role'])
    expect((await member.call('POST', '/v1/conversations', { transcript })).status).toBe(403)
  })

  it('never lose the last owner, whoever acts at the same moment', async () => {
    const path = `/v1/members/${owner.id}`
    expect(await codeOf(await owner.call('PATCH', path, { role: 'viewer' }))).toEqual([
      409,
      'last_owner',
    ])
    expect(await codeOf(await owner.call('DELETE', path))).toEqual([409, 'last_owner'])
    const second = await join('owner')
    const answers = await Promise.all([
      owner.call('DELETE', `/v1/members/${second.id}`),
      second.call('DELETE', `/v1/members/${second.id}`),
      second.call('PATCH', `/v1/members/${second.id}`, { role: 'viewer' }),
    ])
    expect(answers.some(({ ok }) => ok)).toBe(true)
    const { items } = await json<MemberListView>(await owner.call('GET', '/v1/members'))
    expect(items.filter(({ role }) => role === 'owner').map(({ userId }) => userId)).toEqual([
      owner.id,
    ])
  })

  it('take their sessions and keys along when they go, also when they come back', async () => {
    const member = await join('member')
    const wanted = { name: 'ci', role: 'member' }
    const { key } = await json<KeyCreatedView>(await member.call('POST', '/v1/keys', wanted))
    expect((await byKey(key, 'GET', '/v1/me')).status).toBe(200)
    expect((await member.call('DELETE', `/v1/members/${member.id}`)).status).toBe(200)
    expect((await byKey(key, 'GET', '/v1/me')).status).toBe(401)
    expect((await member.call('GET', '/v1/me')).status).toBe(401)
    expect((await member.call('POST', await invited('member'))).status).toBe(303)
    expect((await member.call('GET', '/v1/me')).status).toBe(200)
    expect((await byKey(key, 'GET', '/v1/me')).status).toBe(401)
  })

  it('take the invitations that they made along, and lose those that they could not make now', async () => {
    const admin = await join('admin')
    const [asAdmin, asMember] = [
      await invited('admin', 'Eve', admin),
      await invited('member', 'Eve', admin),
    ]
    const role = (to: Role) => owner.call('PATCH', `/v1/members/${admin.id}`, { role: to })
    expect((await role('member')).status).toBe(200)
    expect((await server.app.request(asMember)).status).toBe(404)
    expect((await role('admin')).status).toBe(200)
    expect((await server.app.request(asMember)).status).toBe(200)
    expect((await owner.call('DELETE', `/v1/members/${admin.id}`)).status).toBe(200)
    for (const link of [asAdmin, asMember]) {
      expect((await server.app.request(link, { method: 'POST' })).status).toBe(404)
    }
    const { items } = await json<InvitationListView>(await owner.call('GET', '/v1/invitations'))
    expect(items.filter(({ createdBy }) => createdBy === admin.id)).toEqual([])
  })

  describe('keys', () => {
    it('hand out no keys and no invitations, and let down no guard', async () => {
      const wanted = { name: 'short', role: 'admin', days: 1 }
      const { key } = await json<KeyCreatedView>(await owner.call('POST', '/v1/keys', wanted))
      const refused = [403, 'person_required']
      for (const path of ['/v1/keys', '/v1/invitations']) {
        const tried = await byKey(key, 'POST', path, { name: 'long', role: 'viewer' })
        expect(await codeOf(tried)).toEqual(refused)
      }
      const down = await byKey(key, 'PATCH', '/v1/workspace', { fourEyes: false })
      expect(await codeOf(down)).toEqual(refused)
    })

    it('are shown once, listed without themselves, and end when they are revoked', async () => {
      const made = await owner.call(
        'POST',
        '/v1/keys',
        { name: 'ci', role: 'viewer', days: 30 },
        { 'idempotency-key': randomUUID() },
      )
      const { id, key, expiresAt } = await json<KeyCreatedView>(made)
      expect(made.headers.get('cache-control')).toBe('no-store')
      expect(Date.parse(expiresAt ?? '')).toBeGreaterThan(Date.now())
      expect((await byKey(key, 'GET', '/v1/projects')).status).toBe(200)
      expect((await byKey(key, 'GET', '/v1/queue')).status).toBe(403)
      const list = await (await owner.call('GET', '/v1/keys')).text()
      expect(list).not.toContain(key)
      const { items } = JSON.parse(list) as KeyListView
      expect(items.find((one) => one.id === id)).toMatchObject({ name: 'ci', role: 'viewer' })
      expect((await owner.call('DELETE', `/v1/keys/${id}`)).status).toBe(200)
      expect((await owner.call('DELETE', `/v1/keys/${id}`)).status).toBe(404)
      expect((await byKey(key, 'GET', '/v1/projects')).status).toBe(401)
      expect(await auditOf(id)).toEqual([
        [owner.id, 'key.create'],
        [owner.id, 'key.revoke'],
      ])
      const { rows } = await sql<{ kept: string }>`select coalesce(string_agg(k::text, ''), '')
        as kept from (select * from idempotency_keys) k`.execute(database().db)
      expect(rows[0]?.kept).not.toContain(key)
    })

    it('of others are seen and revoked by admins alone', async () => {
      const [one, other] = [await join('member'), await join('member')]
      const wanted = { name: 'mine', role: 'member' }
      const { id } = await json<KeyCreatedView>(await one.call('POST', '/v1/keys', wanted))
      const { items } = await json<KeyListView>(await other.call('GET', '/v1/keys'))
      expect(items).toEqual([])
      expect((await other.call('DELETE', `/v1/keys/${id}`)).status).toBe(404)
      expect(
        await codeOf(await other.call('POST', '/v1/keys', { name: 'x', role: 'admin' })),
      ).toEqual([403, 'forbidden'])
      const without = await join('admin')
      await setSecondFactor(true)
      expect(await json<KeyListView>(await without.call('GET', '/v1/keys'))).toEqual({ items: [] })
      expect((await without.call('DELETE', `/v1/keys/${id}`)).status).toBe(404)
      await setSecondFactor(false)
      expect((await owner.call('DELETE', `/v1/keys/${id}`)).status).toBe(200)
    })
  })

  describe('row-level security', () => {
    /** What a caller can do in the database, whatever our own code would let them. */
    const as = <T>(
      person: Pick<Principal, 'userId' | 'role' | 'via' | 'secondFactor'>,
      run: (tx: Tx) => Promise<T>,
    ) => asCaller(database().db, { ...person, workspaceId: server.workspaceId }, run)

    const raise = (tx: Tx) =>
      tx.updateTable('memberships').set({ role: 'owner' }).returning('user_id').execute()
    const rename = (tx: Tx) =>
      tx.updateTable('workspaces').set({ name: 'Mine' }).returning('id').execute()
    const takeKey = (userId: string, role: Role) => (tx: Tx) =>
      insertApiKey(tx, {
        id: randomUUID(),
        workspaceId: server.workspaceId,
        name: 'x',
        prefix: 'tw_',
        hash: randomUUID(),
        role,
        createdBy: userId,
        expiresAt: null,
      })

    it('lets members raise nobody, rename nothing and read no hash', async () => {
      const { id: userId } = await join('member')
      const member = { userId, role: 'member', via: 'session' } as const
      expect(await as(member, raise)).toEqual([])
      expect(await as(member, rename)).toEqual([])
      await expect(as(member, takeKey(userId, 'owner'))).rejects.toThrow(/row-level security/)
      await expect(as(member, takeKey(owner.id, 'member'))).rejects.toThrow(/row-level security/)
      await expect(
        as(member, (tx) => tx.selectFrom('api_keys').select('hash').execute()),
      ).rejects.toThrow(/permission denied/)
      await expect(as(member, (tx) => sql`delete from audit_log`.execute(tx))).rejects.toThrow(
        /permission denied/,
      )
    })

    it('holds an owner’s key to its role, and an owner to the second factor', async () => {
      const key = { userId: owner.id, role: 'viewer', via: 'api_key' } as const
      expect(await as(key, rename)).toEqual([])
      await expect(as(key, takeKey(owner.id, 'viewer'))).rejects.toThrow(/row-level security/)
      const person = { userId: owner.id, role: 'owner', via: 'session' } as const
      const renamed = [{ id: server.workspaceId }]
      expect(await as(person, rename)).toEqual(renamed)
      await setSecondFactor(true)
      expect(await as(person, rename)).toEqual([])
      expect(await as({ ...person, secondFactor: 'shown' }, rename)).toEqual(renamed)
      expect(await as({ ...person, via: 'admin_key' }, rename)).toEqual(renamed)
      expect(await as({ ...person, via: 'terminal' }, rename)).toEqual(renamed)
      await setSecondFactor(false)
    })
  })

  describe('four eyes', () => {
    async function plan(by: Person, approval: 'auto' | 'manual'): Promise<[string, PlanView]> {
      const made = await by.call('POST', '/v1/conversations', { transcript, approval })
      const { projectId } = await json<ConversationCreatedView>(made)
      if (projectId === null) throw new Error('The upload made no project.')
      await server.until(projectId, ({ body }) => body.type === 'plan.ready')
      return [
        projectId,
        await json<PlanView>(await by.call('GET', `/v1/projects/${projectId}/plan`)),
      ]
    }

    /** The brief keeps what a person wrote, so that it stands in the next plan of the planner's too. */
    async function editedAndPlannedAnew(by: Person, id: string, planHash: string) {
      const path = `/v1/projects/${id}`
      const { plan: draft } = await json<PlanView>(await by.call('GET', `${path}/plan`))
      const { content } = draft.files.find((file) => file.path.endsWith('/requirements.md')) ?? {}
      const documents = { 'requirements.md': content?.replace('borrow books', 'burn books') }
      const edit = await by.call('PUT', `${path}/plan`, { planHash, documents })
      expect(await json<PlanView>(edit)).toMatchObject({ version: 2, editedBy: by.id })
      expect((await by.call('POST', `${path}/cancel`)).status).toBe(200)
      expect((await by.call('POST', `${path}/retry`, { from: 'plan' })).status).toBe(200)
      await server.until(id, ({ body }) => body.type === 'plan.ready' && body.version === 3)
      const { hash, editedBy } = await json<PlanView>(await by.call('GET', `${path}/plan`))
      expect(editedBy).toBeNull()
      return { planHash: hash }
    }

    it('keep whoever asked from approving, with a key of theirs too, and let others', async () => {
      const [asker, other] = [await join('member'), await join('member')]
      const change = (fourEyes: boolean) => owner.call('PATCH', '/v1/workspace', { fourEyes })
      const byAsker = await asker.call('PATCH', '/v1/workspace', { fourEyes: true })
      expect(await codeOf(byAsker)).toEqual([403, 'forbidden'])
      expect(await json(await change(true))).toMatchObject({ fourEyes: true })
      const [id, { hash: planHash }] = await plan(asker, 'auto')
      const events = await asker.call('GET', `/v1/projects/${id}/events`)
      const { items } = await json<EventListView>(events)
      expect(items.find(({ body }) => body.type === 'plan.ready')?.body).toMatchObject({
        held: [{ code: 'four_eyes' }],
      })
      const path = `/v1/projects/${id}/approve`
      /** What the person is told before they press. */
      const toldTo = async (by: Person) =>
        (await json<ProjectView>(await by.call('GET', `/v1/projects/${id}`))).approvalRefused
      expect(await toldTo(asker)).toMatchObject({ code: 'four_eyes' })
      expect(await toldTo(other)).toBeNull()
      expect(await codeOf(await asker.call('POST', path, { planHash }))).toEqual([403, 'four_eyes'])
      const wanted = { name: 'x', role: 'member' }
      const { key } = await json<KeyCreatedView>(await asker.call('POST', '/v1/keys', wanted))
      const byOwnKey = await byKey(key, 'POST', path, { planHash })
      expect(await codeOf(byOwnKey)).toEqual([403, 'four_eyes'])
      const again = await editedAndPlannedAnew(other, id, planHash)
      expect(await toldTo(other)).toMatchObject({ code: 'four_eyes' })
      expect(await codeOf(await other.call('POST', path, again))).toEqual([403, 'four_eyes'])
      expect((await owner.call('POST', path, again)).status).toBe(200)
      expect(await toldTo(asker)).toBeNull()
      expect((await change(false)).status).toBe(200)
      const said = await auditOf(server.workspaceId)
      expect(said.filter(([actor]) => actor === owner.id).map(([, action]) => action)).toEqual(
        expect.arrayContaining(['workspace.change']),
      )
    })
  })
})
