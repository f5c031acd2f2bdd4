import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { onEveryDatabase } from '../../test/support/databases.ts'
import { startTestServer, type TestServer } from '../../test/support/server.ts'
import { createInboxWriter, defaultInboxBounds, type InboxBounds } from './inbox-writer.ts'
import type { InboxWriter } from './inbox.ts'

/** What may be posted: a message of its own, one that is only kept, one the database refuses, rubbish. */
type Kind = 'acting' | 'ignored' | 'refused' | 'invalid'

interface Post {
  kind: Kind
  number: number
}

const eventTypes: Record<Kind, string> = {
  acting: 'application.transcription_ready',
  ignored: 'application.perception_analysis',
  refused: 'system.replica_joined',
  invalid: 'system.shutdown',
}

function bodyOf(run: string, { kind, number }: Post): object {
  return {
    event_type: eventTypes[kind],
    ...(kind !== 'invalid' && { conversation_id: `c-${run}-${kind}-${number}` }),
    properties: { transcript: [{ role: 'user', content: `A "quoted" wish \u0000 \\ ${number}` }] },
  }
}

const posts = fc.array(
  fc.record({
    kind: fc.constantFrom<Kind>('acting', 'acting', 'ignored', 'refused', 'invalid'),
    number: fc.integer({ min: 0, max: 4 }),
  }),
  { minLength: 1, maxLength: 40 },
)

const smallBounds: InboxBounds = {
  flights: 2,
  batch: { messages: 7, characters: 2_000 },
  backlog: { messages: 1_000, characters: 1_000_000 },
}

interface Counted {
  inbox: InboxWriter
  /** Resolves when so many messages have been handed to the inbox. */
  handedOver: (count: number) => Promise<void>
}

function countWrites(inbox: InboxWriter): Counted {
  const state = { writes: 0, heard: Promise.withResolvers<void>() }
  return {
    inbox: {
      write: (message) => {
        state.writes += 1
        state.heard.resolve()
        state.heard = Promise.withResolvers()
        return inbox.write(message)
      },
      close: () => inbox.close(),
    },
    handedOver: async (count) => {
      while (state.writes < count) await state.heard.promise
    },
  }
}

onEveryDatabase('the inbox', (database) => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer(database(), { worker: false })
    // Every body that we know of is taken, so the database is told to refuse some.
    await sql`alter table webhook_inbox add check (external_id not like '%-refused-%')`.execute(
      database().db,
    )
  })
  afterAll(async () => {
    await server.stop()
  })

  async function serverWith(bounds: Partial<InboxBounds>): Promise<TestServer & Counted> {
    const { clock, queue } = server.pipeline
    const deps = { database: database(), queue, clock }
    const counted = countWrites(createInboxWriter(deps, { ...defaultInboxBounds, ...bounds }))
    const started = await startTestServer(database(), { worker: false, inbox: counted.inbox })
    return { ...started, ...counted }
  }

  async function kept(run: string) {
    const { rows } = await sql<{
      conversation: string
      handled: boolean
      outcome: string | null
      jobs: number
      commit: string
    }>`
      select external_id as conversation, handled_at is not null as handled, outcome,
        xmin::text as commit, (select count(*)::int from pgboss.job
          where name = 'ingest' and data->>'inboxId' = webhook_inbox.id::text) as jobs
      from webhook_inbox where external_id like ${`c-${run}-%`}
      order by external_id`.execute(database().db)
    return rows
  }

  /** Holds everything up that is written to the inbox until the result is called. */
  async function holdUp(): Promise<() => Promise<void>> {
    const held = Promise.withResolvers<void>()
    const free = Promise.withResolvers<void>()
    const holding = database()
      .db.transaction()
      .execute(async (tx) => {
        await sql`lock table webhook_inbox in share mode`.execute(tx)
        held.resolve()
        await free.promise
      })
    await held.promise
    return async () => {
      free.resolve()
      await holding
    }
  }

  const answersTo: Record<Kind, (statuses: number[]) => void> = {
    acting: (statuses) => {
      expect(statuses.filter((status) => status === 202)).toHaveLength(1)
      expect(statuses.filter((status) => status === 200)).toHaveLength(statuses.length - 1)
    },
    ignored: (statuses) => expect(new Set(statuses)).toEqual(new Set([200])),
    refused: (statuses) => expect(new Set(statuses)).toEqual(new Set([500])),
    invalid: (statuses) => expect(new Set(statuses)).toEqual(new Set([422])),
  }

  it('answers each of any mix by itself and keeps what it said it keeps, once', async () => {
    const servers = [server, await serverWith(smallBounds), await serverWith({ flights: 1 })]
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...servers), posts, async (on, mix) => {
        const run = randomUUID()
        const statuses = new Map<string, { post: Post; statuses: number[] }>()
        await Promise.all(
          mix.map(async (post) => {
            const key = `${post.kind}-${post.number}`
            const seen = statuses.get(key) ?? { post, statuses: [] }
            statuses.set(key, seen)
            seen.statuses.push((await on.tavus(bodyOf(run, post))).status)
          }),
        )
        for (const { post, statuses: seen } of statuses.values()) answersTo[post.kind](seen)
        const stored = [...statuses.values()]
          .map(({ post }) => post)
          .filter(({ kind }) => kind === 'acting' || kind === 'ignored')
          .map(({ kind, number }) => ({
            conversation: `c-${run}-${kind}-${number}`,
            handled: kind === 'ignored',
            outcome: kind === 'ignored' ? 'ignored' : null,
            jobs: kind === 'acting' ? 1 : 0,
          }))
          .sort((a, b) => (a.conversation < b.conversation ? -1 : 1))
        expect(await kept(run)).toMatchObject(stored)
        expect(await kept(run)).toHaveLength(stored.length)
      }),
      { numRuns: 25 },
    )
    for (const extra of servers.slice(1)) await extra.stop()
  })

  it('writes together what comes while something is being written', async () => {
    const run = randomUUID()
    const busy = await serverWith({})
    const release = await holdUp()
    const answers = Array.from({ length: 50 }, (_, number) =>
      busy.tavus(bodyOf(run, { kind: 'acting', number })),
    )
    await busy.handedOver(50)
    await release()
    for (const answer of answers) expect((await answer).status).toBe(202)
    const commits = new Set((await kept(run)).map(({ commit }) => commit))
    expect(commits.size).toBeLessThanOrEqual(defaultInboxBounds.flights + 1)
    await busy.stop()
  })

  it('does not stop when two servers get the same messages in opposite orders', async () => {
    const run = randomUUID()
    const other = await serverWith({ flights: 4 })
    const bodies = Array.from({ length: 60 }, (_, number) =>
      bodyOf(run, { kind: 'acting', number }),
    )
    const [one, two] = [bodies, [...bodies].reverse()].map((list, index) =>
      Promise.all(list.map((body) => (index === 0 ? server : other).tavus(body))),
    )
    const answers = [...((await one) ?? []), ...((await two) ?? [])]
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(60)
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(60)
    expect(await kept(run)).toHaveLength(60)
    await other.stop()
  })

  it('refuses with a time to come back when more waits than may, and keeps nothing of it', async () => {
    const run = randomUUID()
    const backlog = { messages: 10, characters: 1_000_000 }
    const small = await serverWith({ flights: 1, backlog })
    const release = await holdUp()
    const answers = Array.from({ length: 30 }, (_, number) =>
      small.tavus(bodyOf(run, { kind: 'acting', number })),
    )
    const refused = await Promise.race(answers)
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(await refused.json()).toMatchObject({ code: 'inbox_full' })
    await small.handedOver(30)
    await release()
    const statuses = (await Promise.all(answers)).map(({ status }) => status)
    const accepted = statuses.filter((status) => status === 202)
    // What is being written does not wait.
    expect(accepted.length).toBeGreaterThanOrEqual(backlog.messages)
    expect(accepted.length).toBeLessThan(30)
    expect(statuses.filter((status) => status === 503)).toHaveLength(30 - accepted.length)
    expect(await kept(run)).toHaveLength(accepted.length)
    await small.stop()
  })

  it('answers what it has taken before it closes, and refuses what comes after', async () => {
    const run = randomUUID()
    const closing = await serverWith({})
    const release = await holdUp()
    const answers = Array.from({ length: 5 }, (_, number) =>
      closing.tavus(bodyOf(run, { kind: 'acting', number })),
    )
    await closing.handedOver(5)
    const closed = closing.pipeline.inbox.close()
    const late = await closing.tavus(bodyOf(run, { kind: 'acting', number: 99 }))
    expect(await late.json()).toMatchObject({ code: 'stopping', status: 503 })
    await release()
    await closed
    for (const answer of answers) expect((await answer).status).toBe(202)
    expect(await kept(run)).toHaveLength(5)
    await closing.stop()
  })
})
