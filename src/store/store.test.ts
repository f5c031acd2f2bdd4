import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { onEveryDatabase, type TestDatabase } from '../../test/support/databases.ts'
import type { ListPlace } from '../domain/cursor.ts'
import type { EventBody } from '../domain/event.ts'
import type { Principal } from '../domain/principal.ts'
import { audit, listAudit } from './audit.ts'
import { asCaller } from './caller.ts'
import {
  getConversation,
  insertConversation,
  lockConversation,
  storeNoDialogue,
} from './conversations.ts'
import { appendEvents, readEvents } from './events.ts'
import { claimIdempotencyKey, releaseIdempotencyKey, storeAnswer } from './idempotency.ts'
import { insertInbox } from './inbox.ts'
import { listProjects } from './project-list.ts'
import { insertProjects } from './projects.ts'
import { insertWorkspace } from './workspaces.ts'

interface Tenant {
  workspaceId: string
  principal: Principal
}

async function makeTenant(database: TestDatabase): Promise<Tenant> {
  const workspaceId = randomUUID()
  const userId = randomUUID()
  await database.db
    .transaction()
    .execute((tx) => insertWorkspace(tx, { id: workspaceId, name: 'Studio' }, userId))
  return { workspaceId, principal: { userId, workspaceId, role: 'owner', via: 'session' } }
}

async function makeProject(database: TestDatabase, { workspaceId }: Tenant): Promise<string> {
  const conversationId = randomUUID()
  const id = randomUUID()
  await insertConversation(database.db, {
    id: conversationId,
    workspaceId,
    source: 'upload',
    externalId: null,
    title: 'A talk',
    approval: 'manual',
    priority: 0,
  })
  await database.db.transaction().execute((tx) =>
    insertProjects(tx, [
      {
        project: {
          id,
          workspaceId,
          conversationId,
          title: 'A talk',
          approval: 'manual',
          priority: 0,
          specId: randomUUID(),
        },
        turns: [],
        events: [],
      },
    ]),
  )
  return id
}

const line = (text: string): EventBody => ({
  type: 'build.log',
  kind: 'runner',
  text,
  build: 'b',
})

onEveryDatabase('the store', (database) => {
  let tenant: Tenant
  beforeAll(async () => {
    tenant = await makeTenant(database())
  })

  describe('the event log', () => {
    it('counts a project’s events without a gap, in the order of commits', async () => {
      const projectId = await makeProject(database(), tenant)
      const append = (text: string) =>
        database()
          .db.transaction()
          .execute((tx) => appendEvents(tx, projectId, [line(text), line(`${text}!`)]))
      await Promise.all(Array.from({ length: 10 }, (_, index) => append(String(index))))
      const events = await readEvents(database().db, projectId, 0, 100)
      expect(events.map((event) => event.seq)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
      const texts = events.map((event) => (event.body.type === 'build.log' ? event.body.text : ''))
      for (let i = 0; i < 20; i += 2) expect(texts[i + 1]).toBe(`${texts[i]}!`)
    })

    it('leaves no hole when a transaction is rolled back', async () => {
      const projectId = await makeProject(database(), tenant)
      const failing = database()
        .db.transaction()
        .execute(async (tx) => {
          await appendEvents(tx, projectId, [line('lost')])
          throw new Error('rolled back')
        })
      await expect(failing).rejects.toThrow('rolled back')
      await database()
        .db.transaction()
        .execute((tx) => appendEvents(tx, projectId, [line('kept')]))
      const events = await readEvents(database().db, projectId, 0, 10)
      expect(events.map((event) => [event.seq, event.body])).toEqual([[1, line('kept')]])
    })

    it('refuses an event for a project that is not there', async () => {
      const appended = database()
        .db.transaction()
        .execute((tx) => appendEvents(tx, randomUUID(), [line('x')]))
      await expect(appended).rejects.toMatchObject({ code: 'not_found' })
    })
  })

  it('stores text that jsonb itself would refuse', async () => {
    const id = randomUUID()
    await insertConversation(database().db, {
      id,
      workspaceId: tenant.workspaceId,
      source: 'upload',
      externalId: null,
      title: null,
      approval: 'auto',
    })
    const text = 'a\u0000b \ud800 c'
    await database()
      .db.transaction()
      .execute(async (tx) => {
        await lockConversation(tx, id)
        const turn = { id: 't1', speaker: 'x', role: 'client', text } as const
        await storeNoDialogue(tx, id, [turn])
      })
    const stored = await getConversation(database().db, id)
    expect(stored.turns[0]?.text).toBe('ab \ufffd c')
  })

  it('pages through projects and the audit log without leaving out what came in the same millisecond', async () => {
    const { db } = database()
    const own = await makeTenant(database())
    const made: string[] = []
    for (let i = 0; i < 4; i += 1) {
      const id = await makeProject(database(), own)
      await sql`update projects set created_at = timestamptz '2030-01-01 00:00:00.1234'
        + ${i}::int * interval '100 microseconds' where id = ${id}::uuid`.execute(db)
      made.push(id)
      const line = { workspaceId: own.workspaceId, actor: 'system', action: 'x', target: 'y' }
      await db.transaction().execute((tx) => audit(tx, { id, ...line }))
    }
    const projects: string[] = []
    for (let after: ListPlace | undefined; ;) {
      const { rows, next } = await listProjects(db, {
        workspaceId: own.workspaceId,
        order: 'newest',
        limit: 1,
        after,
      })
      projects.push(...rows.map((row) => row.id))
      if (next === null) break
      after = next
    }
    expect(projects.sort()).toEqual([...made].sort())
    const lines: string[] = []
    for (let after: { at: Date; id: string } | undefined; ;) {
      const [row] = await listAudit(db, own.workspaceId, 1, after)
      if (row === undefined) break
      lines.push(row.id)
      after = { at: row.at, id: row.id }
    }
    expect(lines.sort()).toEqual([...made].sort())
  })

  it('keeps a message once, however often it comes', async () => {
    const keep = () =>
      database()
        .db.transaction()
        .execute((tx) =>
          insertInbox(
            tx,
            [
              {
                id: randomUUID(),
                source: 'tavus',
                dedupeKey: 'the-same',
                externalId: 'c1',
                eventType: 'joined',
                body: '{}',
                outcome: null,
              },
            ],
            new Date(),
          ),
        )
    const outcomes = await Promise.all([keep(), keep(), keep()])
    expect(outcomes.filter((fresh) => fresh.size === 1)).toHaveLength(1)
  })

  async function claimed(request: { workspaceId: string; key: string; hash: string }) {
    const found = await claimIdempotencyKey(database().db, request)
    if (!('claim' in found)) throw new Error('The key was answered already.')
    return found.claim
  }

  it('gives a repeated request the answer of the first and refuses another request with its key', async () => {
    const request = { workspaceId: tenant.workspaceId, key: 'k1', hash: 'h1' }
    const claim = await claimed(request)
    await expect(claimIdempotencyKey(database().db, request)).rejects.toMatchObject({
      code: 'request_in_progress',
    })
    const answer = { status: 201, response: { id: 7 } }
    await storeAnswer(database().db, claim, answer)
    expect(await claimIdempotencyKey(database().db, request)).toEqual({ answered: answer })
    await expect(
      claimIdempotencyKey(database().db, { ...request, hash: 'h2' }),
    ).rejects.toMatchObject({ code: 'idempotency_key_reused' })
  })

  it('frees the key of a request that died with its process, and lets one that lives write nothing', async () => {
    const request = { workspaceId: tenant.workspaceId, key: 'k2', hash: 'h1' }
    const busy = { code: 'request_in_progress' }
    const aged = async (by: string) =>
      sql`update idempotency_keys set created_at = created_at - ${by}::interval where key = 'k2'`.execute(
        database().db,
      )
    const first = await claimed(request)
    await aged('50 seconds')
    await expect(claimIdempotencyKey(database().db, request)).rejects.toMatchObject(busy)
    await aged('20 seconds')
    const second = await claimed(request)
    expect(second).not.toEqual(first)
    await releaseIdempotencyKey(database().db, first)
    await storeAnswer(database().db, first, { status: 201, response: 'the first' })
    await expect(claimIdempotencyKey(database().db, request)).rejects.toMatchObject(busy)
    await storeAnswer(database().db, second, { status: 201, response: 'the second' })
    await releaseIdempotencyKey(database().db, second)
    expect(await claimIdempotencyKey(database().db, request)).toEqual({
      answered: { status: 201, response: 'the second' },
    })
  })

  describe('row-level security', () => {
    const tables = [
      'workspaces',
      'memberships',
      'conversations',
      'answers',
      'dead_letters',
      'projects',
      'project_events',
      'event_archive',
      'briefs',
      'plans',
      'plan_comments',
      'builds',
      'build_events',
      'webhook_inbox',
      'api_usage',
      'usage_by_day',
      'usage_by_project',
      'budgets',
      'audit_log',
      'api_keys',
      'sign_in_links',
      'sessions',
      'identities',
      'people',
      'invitations',
      'idempotency_keys',
      'live_tickets',
      'call_orders',
    ]

    it('is on for every table', async () => {
      const { rows } = await sql<{ relname: string; relrowsecurity: boolean }>`
        select relname, relrowsecurity from pg_class
        where relkind = 'r' and relnamespace in ('public'::regnamespace, 'talkwright'::regnamespace)
      `.execute(database().db)
      expect(rows.map((row) => row.relname).sort()).toEqual([...tables, 'migrations'].sort())
      expect(rows.filter((row) => !row.relrowsecurity)).toEqual([])
    })

    it('shows a person the projects of their workspaces and nobody else’s', async () => {
      const other = await makeTenant(database())
      const mine = await makeProject(database(), tenant)
      const theirs = await makeProject(database(), other)
      const all = { order: 'newest', limit: 100 } as const
      const seen = await asCaller(database().db, tenant.principal, async (tx) => [
        ...(await listProjects(tx, { ...all, workspaceId: tenant.workspaceId })).rows,
        ...(await listProjects(tx, { ...all, workspaceId: other.workspaceId })).rows,
      ])
      expect(seen.map((project) => project.id)).toContain(mine)
      expect(seen.map((project) => project.id)).not.toContain(theirs)
    })

    it('hides everything from somebody who is in no workspace', async () => {
      const stranger = { ...tenant.principal, userId: randomUUID() }
      const counts = await asCaller(database().db, stranger, async (tx) => {
        const { rows } = await sql<{ n: number }>`
          select (select count(*) from projects)::int + (select count(*) from conversations)::int
            + (select count(*) from workspaces)::int as n`.execute(tx)
        return rows[0]?.n
      })
      expect(counts).toBe(0)
    })

    it('lets no signed-in person write, nor read secrets', async () => {
      for (const statement of [
        sql`update projects set title = 'x'`,
        sql`delete from project_events`,
        sql`select * from api_keys`,
        sql`select * from webhook_inbox`,
        sql`select * from call_orders`,
        sql`select * from processing_queue`,
      ]) {
        const tried = asCaller(database().db, tenant.principal, (tx) => statement.execute(tx))
        await expect(tried).rejects.toThrow(/permission denied/)
      }
    })

    it('gives the database back its own rights after a caller’s read', async () => {
      await asCaller(database().db, tenant.principal, (tx) =>
        listProjects(tx, { workspaceId: tenant.workspaceId, order: 'newest', limit: 1 }),
      )
      await expect(database().db.selectFrom('api_keys').selectAll().execute()).resolves.toEqual([])
    })
  })

  it('lets nobody change what the audit log says', async () => {
    await sql`insert into audit_log (id, workspace_id, actor, action, target)
      values (${randomUUID()}::uuid, ${tenant.workspaceId}::uuid, 'a', 'b', 'c')`.execute(
      database().db,
    )
    await expect(sql`update audit_log set actor = 'x'`.execute(database().db)).rejects.toThrow(
      /only grows/,
    )
    await expect(sql`delete from audit_log`.execute(database().db)).rejects.toThrow(/only grows/)
  })
})
