import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { Client } from 'pg'
import { afterEach, expect, it } from 'vitest'
import { onEveryDatabase, onPostgres } from '../../test/support/databases.ts'
import { startTestServer, type TestServer } from '../../test/support/server.ts'
import type { Analyst } from '../analysis/analyst.ts'
import { createOfflineAnalyst } from '../analysis/offline/analyst.ts'
import { insertConversation } from '../store/conversations.ts'
import type { Database, Queryable, Tx } from '../store/database.ts'
import { readEvents } from '../store/events.ts'
import { openPostgres } from '../store/open-postgres.ts'
import { uploadTranscript } from './upload.ts'

const transcript = 'Client: We need an app where members can book rooms. Each room has a name.'

/** An analyst who answers all who ask at the same moment, once so many have asked. */
function gathering(count: number, meanwhile: () => Promise<void>): Analyst {
  const real = createOfflineAnalyst()
  const all = Promise.withResolvers<void>()
  let asked = 0
  return {
    name: 'gathering',
    analyse: async (talk, signal) => {
      const brief = await real.analyse(talk, signal)
      asked += 1
      if (asked === count) meanwhile().then(all.resolve, all.reject)
      await all.promise
      return brief
    },
  }
}

onEveryDatabase('stages that end together', (database) => {
  let server: TestServer | undefined
  afterEach(async () => {
    await server?.stop()
  })

  async function uploads(analyst: Analyst, count: number): Promise<string[]> {
    const on = await startTestServer(database(), { analyst, slots: { analyse: 4 } })
    server = on
    const { workspaceId } = on
    const made = await Promise.all(
      Array.from({ length: count }, () =>
        uploadTranscript(on.pipeline, { workspaceId, transcript }),
      ),
    )
    return made.map(({ projectId }) => projectId ?? '')
  }

  const types = async (projectId: string) =>
    (await readEvents(database().db, projectId, 0, 100)).map(({ body }) => body.type)

  /** The transactions that the briefs of these projects came with. */
  async function commits(projectIds: readonly string[]): Promise<Set<string>> {
    const { rows } = await sql<{ xmin: string }>`select xmin::text from briefs
      where project_id = any(${projectIds}::uuid[])`.execute(database().db)
    return new Set(rows.map(({ xmin }) => xmin))
  }

  it('are written in one transaction', async () => {
    const projects = await uploads(
      gathering(4, async () => undefined),
      4,
    )
    for (const id of projects) {
      await server?.until(id, ({ body }) => body.type === 'plan.ready')
    }
    expect((await commits(projects)).size).toBeLessThan(4)
    const logs = await Promise.all(projects.map(types))
    expect(new Set(logs.map((log) => log.join(' '))).size).toBe(1)
  })

  it('leave out the one whose lease was lost, which another attempt carries out', async () => {
    const { db } = database()
    const projects = await uploads(
      gathering(3, async () => {
        // As if another worker had thought this one dead and had begun on the first project's job.
        await sql`update pgboss.job_common set retry_count = retry_count + 1
          where name = 'analyse' and singleton_key = ${projects[0]}`.execute(db)
      }),
      3,
    )
    for (const id of projects.slice(1)) {
      await server?.until(id, ({ body }) => body.type === 'plan.ready')
    }
    const [robbed = ''] = projects
    expect(await types(robbed)).not.toContain('brief.ready')
    const jobs = await sql<{ state: string }>`select state::text from pgboss.job_common
      where name = 'analyse' and singleton_key = ${robbed}`.execute(db)
    expect(jobs.rows).toEqual([{ state: 'active' }])
  })

  it('leave out the one whose project was cancelled meanwhile', async () => {
    const projects = await uploads(
      gathering(3, async () => {
        const answer = await server?.call('POST', `/v1/projects/${projects[0]}/cancel`, {})
        expect(answer?.status).toBe(200)
      }),
      3,
    )
    for (const id of projects.slice(1)) {
      await server?.until(id, ({ body }) => body.type === 'plan.ready')
    }
    expect(await types(projects[0] ?? '')).not.toContain('brief.ready')
  })
})

// The embedded database has one connection, so nobody else can hold a row there.
onPostgres('stages that end together beside somebody who holds a project', (url) => {
  let database: Database | undefined
  let server: TestServer | undefined
  afterEach(async () => {
    await server?.stop()
    await database?.close()
  })

  it('do not wait for that one, which is written when it is free', async () => {
    const { db } = (database = await openPostgres({
      connectionString: url(),
      onError: () => undefined,
    }))
    const held = Promise.withResolvers<void>()
    const free = Promise.withResolvers<void>()
    const projects: string[] = []
    const hold = async (tx: Tx) => {
      await sql`select 1 from projects where id = ${projects[0]} for update`.execute(tx)
      held.resolve()
      await free.promise
    }
    let holding: Promise<void> = Promise.resolve()
    const analyst = gathering(3, () => {
      holding = db.transaction().execute(hold)
      return held.promise
    })
    const on = await startTestServer(database, { analyst, slots: { analyse: 4 } })
    server = on
    for (let n = 0; n < 3; n += 1) {
      const { workspaceId } = on
      const { projectId } = await uploadTranscript(on.pipeline, { workspaceId, transcript })
      projects.push(projectId ?? '')
    }
    const [locked = '', ...others] = projects
    for (const id of others) await on.until(id, ({ body }) => body.type === 'plan.ready')
    const log = await readEvents(db, locked, 0, 100)
    expect(log.map(({ body }) => body.type)).not.toContain('brief.ready')
    free.resolve()
    await holding
    await on.until(locked, ({ body }) => body.type === 'plan.ready')
  })
})

/** Holds projects' rows on a connection of its own, until what it gives is called. */
async function holdProjects(url: string, ids: readonly string[]): Promise<() => Promise<void>> {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query('begin')
  await client.query('select 1 from projects where id = any($1::uuid[]) for update', [ids])
  return () => client.end()
}

/** The attempts at a project's analysis, as its log tells of them. */
async function analysesOf(db: Queryable, projectId: string): Promise<number[]> {
  const log = await readEvents(db, projectId, 0, 100)
  return log.flatMap(({ body }) =>
    body.type === 'stage.started' && body.stage === 'analyse' ? [body.attempt] : [],
  )
}

onPostgres('many stages that end together beside somebody who holds their projects', (url) => {
  let database: Database | undefined
  let server: TestServer | undefined
  afterEach(async () => {
    await server?.stop()
    await database?.close()
  })

  it('leave connections to others and are written when the projects are free', async () => {
    database = await openPostgres({ connectionString: url(), onError: () => undefined })
    const count = 12
    const projects: string[] = []
    const released = Promise.withResolvers<() => Promise<void>>()
    const analyst = gathering(count, async () => {
      released.resolve(await holdProjects(url(), projects))
    })
    const on = (server = await startTestServer(database, { analyst, slots: { analyse: count } }))
    for (let n = 0; n < count; n += 1) {
      const { workspaceId } = on
      const { projectId } = await uploadTranscript(on.pipeline, { workspaceId, transcript })
      projects.push(projectId ?? '')
    }
    const release = await released.promise
    const client = new Client({ connectionString: url() })
    await client.connect()
    try {
      const waiting = async () => {
        const { rows } = await client.query<{ count: number }>(
          `select count(*)::int from pg_stat_activity
           where datname = current_database() and wait_event_type = 'Lock'`,
        )
        return rows[0]?.count
      }
      await expect.poll(waiting).toBeGreaterThan(0)
      expect((await on.call('GET', `/v1/projects/${projects[0]}`)).status).toBe(200)
    } finally {
      await client.end()
      await release()
    }
    for (const id of projects) {
      await on.until(id, ({ body }) => body.type === 'plan.ready')
      expect(await analysesOf(database.db, id)).toEqual([1])
    }
  })
})

onPostgres('stages that begin together beside somebody who holds a project', (url) => {
  let database: Database | undefined
  let server: TestServer | undefined
  afterEach(async () => {
    await server?.stop()
    await database?.close()
  })

  it('do not wait for that one, which begins when it is free', async () => {
    const { db } = (database = await openPostgres({
      connectionString: url(),
      onError: () => undefined,
    }))
    const quiet = await startTestServer(database, { worker: false })
    const projects: string[] = []
    for (let n = 0; n < 3; n += 1) {
      const { workspaceId } = quiet
      const { projectId } = await uploadTranscript(quiet.pipeline, { workspaceId, transcript })
      projects.push(projectId ?? '')
    }
    await quiet.stop()
    const [locked = '', ...others] = projects
    const release = await holdProjects(url(), [locked])
    try {
      const on = (server = await startTestServer(database, { slots: { analyse: 4 } }))
      for (const id of others) await on.until(id, ({ body }) => body.type === 'plan.ready')
      for (const id of others) expect(await analysesOf(db, id)).toEqual([1])
      expect(await analysesOf(db, locked)).toEqual([])
    } finally {
      await release()
    }
    await server.until(locked, ({ body }) => body.type === 'plan.ready')
  })
})

onEveryDatabase('webhooks that are handled together', (database) => {
  let server: TestServer | undefined
  afterEach(async () => {
    await server?.stop()
  })

  it('fail alone where they cannot be read', async () => {
    const quiet = await startTestServer(database(), { worker: false })
    const run = randomUUID()
    const post = async (number: number) => {
      const body = {
        event_type: 'application.transcription_ready',
        conversation_id: `c-${run}-${number}`,
        properties: { transcript: [{ role: 'user', content: 'We need an app to book rooms.' }] },
      }
      expect((await quiet.tavus(body)).status).toBe(202)
    }
    for (let number = 0; number < 4; number += 1) await post(number)
    // What an earlier version may have kept.
    await sql`update webhook_inbox set body = body - 'properties'
      where external_id = ${`c-${run}-1`}`.execute(database().db)
    await quiet.stop()
    server = await startTestServer(database(), { slots: { ingest: 4 } })
    const outcomes = async () => {
      const { rows } = await sql<{ outcome: string | null }>`select outcome from webhook_inbox
        where external_id like ${`c-${run}-%`} order by external_id`.execute(database().db)
      return rows.map(({ outcome }) => outcome)
    }
    await expect.poll(outcomes).toEqual(['project', null, 'project', 'project'])
    const letters = async () =>
      (
        await sql<{ code: string }>`select code from dead_letters where stage = 'ingest'`.execute(
          database().db,
        )
      ).rows
    await expect.poll(letters).toEqual([{ code: 'invalid_body' }])
  })
})

onPostgres('webhooks that are handled together beside somebody who holds a project', (url) => {
  let database: Database | undefined
  let server: TestServer | undefined
  afterEach(async () => {
    await server?.stop()
    await database?.close()
  })

  it('do not wait for the one that goes on with it', async () => {
    const { db } = (database = await openPostgres({
      connectionString: url(),
      onError: () => undefined,
    }))
    const quiet = await startTestServer(database, { worker: false })
    const { workspaceId } = quiet
    const { projectId } = await uploadTranscript(quiet.pipeline, { workspaceId, transcript })
    await insertConversation(db, {
      id: randomUUID(),
      workspaceId,
      source: 'tavus',
      externalId: 'c-1',
      title: null,
      approval: 'manual',
      continues: projectId ?? '',
    })
    for (let number = 0; number < 4; number += 1) {
      const answer = await quiet.tavus({
        event_type: 'application.transcription_ready',
        conversation_id: `c-${number}`,
        properties: { transcript: [{ role: 'user', content: 'We need an app to book rooms.' }] },
      })
      expect(answer.status).toBe(202)
    }
    await quiet.stop()
    const outcomes = async () => {
      const { rows } = await sql<{ outcome: string | null }>`select outcome from webhook_inbox
        order by external_id`.execute(db)
      return rows.map(({ outcome }) => outcome)
    }
    const release = await holdProjects(url(), [projectId ?? ''])
    try {
      server = await startTestServer(database, { slots: { ingest: 4, analyse: 0, plan: 0 } })
      await expect.poll(outcomes).toEqual(['project', null, 'project', 'project'])
    } finally {
      await release()
    }
    await expect.poll(outcomes).toEqual(Array(4).fill('project'))
  })
})
