import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { onEveryDatabase } from '../../test/support/databases.ts'
import type { TestServer } from '../../test/support/server.ts'
import { randomToken, tokenHash } from '../access/random-token.ts'
import type { Role } from '../domain/principal.ts'
import { agedProject, makeWorkspace } from '../ops/testing/aged.ts'
import { listAudit } from '../store/audit.ts'
import { insertApiKey } from '../store/credentials.ts'
import { insertDeadLetter } from '../store/dead-letters.ts'
import {
  busy,
  delayedJob,
  failed,
  jobs,
  letters,
  moody,
  operatedServer,
  refused,
  upload,
} from './testing/operator.ts'
import type { ProjectView } from './views.ts'

onEveryDatabase('the queue for operators', (database) => {
  const start = operatedServer(database)

  const statusOf = async (on: TestServer, id: string) =>
    ((await (await on.call('GET', `/v1/projects/${id}`)).json()) as ProjectView).status
  const actions = async (on: TestServer) =>
    (await listAudit(database().db, on.workspaceId, 20)).map(({ action }) => action)

  it('tells of finished jobs and of what a job failed of last', async () => {
    const { analyst, mood } = moody(busy)
    const on = await start({ analyst })
    const projectId = await upload(on)
    const job = await delayedJob(on, projectId)
    expect(job).toMatchObject({ attempts: 1, error: { code: 'model_overloaded' } })
    expect((await jobs(on, 'state=delayed&code=overload')).items).toHaveLength(1)
    expect((await jobs(on, 'state=delayed&code=refused')).items).toEqual([])
    mood.fails = false
    expect((await on.call('POST', `/v1/queue/jobs/${job.id}/run`)).status).toBe(200)
    await on.until(projectId, ({ body }) => body.type === 'plan.ready')
    const done = await jobs(on, `state=completed&project=${projectId}`)
    expect(done.items.map(({ stage }) => stage)).toEqual(['plan', 'analyse'])
    expect((await jobs(on, 'state=completed')).items).toHaveLength(2)
    expect((await on.call('POST', `/v1/queue/jobs/${job.id}/run`)).status).toBe(409)
    expect((await actions(on)).filter((action) => action === 'queue.run')).toHaveLength(1)
  })

  it('cancels a project with its job', async () => {
    const { analyst } = moody(busy)
    const on = await start({ analyst })
    const projectId = await upload(on)
    const { id } = await delayedJob(on, projectId)
    expect((await on.call('POST', `/v1/queue/jobs/${id}/cancel`)).status).toBe(200)
    expect(await statusOf(on, projectId)).toBe('cancelled')
    expect((await jobs(on, `project=${projectId}`)).items).toMatchObject([
      { id, state: 'cancelled' },
    ])
    const again = await on.call('POST', `/v1/queue/jobs/${id}/cancel`)
    expect(await again.json()).toMatchObject({ code: 'job_not_waiting' })
    expect(await actions(on)).toEqual(expect.arrayContaining(['queue.cancel', 'project.cancel']))
  })

  it('cancels the job of a message alone', async () => {
    const on = await start({ worker: false })
    const conversation_id = `c-${randomUUID()}`
    const event_type = 'system.replica_joined'
    await on.tavus({ event_type, message_type: 'system', conversation_id, properties: {} })
    const [job] = (await jobs(on, 'stage=ingest')).items
    expect((await on.call('POST', `/v1/queue/jobs/${job?.id}/cancel`)).status).toBe(200)
    expect((await jobs(on, 'stage=ingest&state=waiting')).items).toEqual([])
  })

  it('makes a job and its project more urgent', async () => {
    const on = await start({ worker: false })
    const first = await upload(on)
    const second = await upload(on)
    const { items } = await jobs(on, `project=${second}`)
    const path = `/v1/queue/jobs/${items[0]?.id}/priority`
    expect((await on.call('POST', path, { priority: 9 })).status).toBe(200)
    expect((await on.call('POST', path, { priority: 900 })).status).toBe(422)
    const order = (await jobs(on, 'state=waiting')).items.map(({ projectId }) => projectId)
    expect(order).toEqual([second, first])
    const { db } = database()
    const row = db.selectFrom('projects').select('priority').where('id', '=', second)
    expect(await row.executeTakeFirst()).toEqual({ priority: 9 })
  })

  it('sends dead letters again in bulk, once, and audits each', async () => {
    const { analyst, mood } = moody(refused)
    const on = await start({ analyst })
    const ids = [await upload(on), await upload(on), await upload(on)]
    for (const id of ids) await failed(on, id)
    const first = await letters(on, 'limit=2')
    const rest = await letters(on, `limit=2&cursor=${first.nextCursor}`)
    // The newest first; they failed at nearly the same time, so only who is there counts.
    const shown = new Set([...first.items, ...rest.items].map(({ projectId }) => projectId))
    expect(shown).toEqual(new Set(ids))
    expect(rest.nextCursor).toBeNull()
    expect((await letters(on, 'stage=plan')).items).toEqual([])
    mood.fails = false
    const path = '/v1/queue/dead-letters/redrive'
    const other = await on.call('POST', path, { code: 'something_else' })
    expect(await other.json()).toEqual({ redriven: 0, skipped: 0 })
    const both = await Promise.all([on.call('POST', path, {}), on.call('POST', path, {})])
    const sums = (await Promise.all(both.map(async (answer) => answer.json()))) as {
      redriven: number
    }[]
    expect(sums.reduce((sum, { redriven }) => sum + redriven, 0)).toBe(3)
    for (const id of ids) await on.until(id, ({ body }) => body.type === 'plan.ready')
    expect((await letters(on)).items).toEqual([])
    const lines = await listAudit(database().db, on.workspaceId, 50)
    const told = lines.filter(({ action, at }) => action === 'queue.redrive' && at !== null)
    const mine = told.filter(({ details }) => ids.includes(String(details['project'])))
    expect(mine).toHaveLength(3)
    expect(mine[0]?.details).toMatchObject({ code: 'model_refused', stage: 'analyse' })
  })

  it('leaves a project alone that went on without its letter', async () => {
    const { analyst } = moody(refused)
    const on = await start({ analyst })
    const projectId = await upload(on)
    await failed(on, projectId)
    const { db } = database()
    await db
      .updateTable('projects')
      .set({ status: 'cancelled' })
      .where('id', '=', projectId)
      .execute()
    const answer = await on.call('POST', '/v1/queue/dead-letters/redrive', {})
    expect(await answer.json()).toEqual({ redriven: 0, skipped: 1 })
    expect(await statusOf(on, projectId)).toBe('cancelled')
    expect((await letters(on)).items).toEqual([])
  })

  /** A message whose handling was given up. */
  async function lostMessage(on: TestServer): Promise<string> {
    const conversation_id = `c-${randomUUID()}`
    const event_type = 'system.replica_joined'
    await on.tavus({ event_type, message_type: 'system', conversation_id, properties: {} })
    const { db } = database()
    const { id: inboxId } = await db
      .selectFrom('webhook_inbox')
      .select('id')
      .where('external_id', '=', conversation_id)
      .executeTakeFirstOrThrow()
    await sql`delete from pgboss.job`.execute(db)
    const letter = { data: { inboxId }, code: 'x', message: 'y', attempts: 6 }
    await db.transaction().execute((tx) =>
      insertDeadLetter(tx, {
        ...letter,
        stage: 'ingest',
        id: randomUUID(),
        workspaceId: on.workspaceId,
        projectId: null,
      }),
    )
    return inboxId
  }

  it('queues a message again whose handling was given up', async () => {
    const on = await start({ worker: false })
    await lostMessage(on)
    const answer = await on.call('POST', '/v1/queue/dead-letters/redrive', { stage: 'ingest' })
    expect(await answer.json()).toEqual({ redriven: 1, skipped: 0 })
    expect((await jobs(on, 'state=waiting')).items).toMatchObject([{ stage: 'ingest' }])
  })

  it('lets the body of a message go whose letter is dismissed', async () => {
    const on = await start({ worker: false })
    const inboxId = await lostMessage(on)
    const answer = await on.call('POST', '/v1/queue/dead-letters/dismiss', { stage: 'ingest' })
    expect(await answer.json()).toEqual({ dismissed: 1, skipped: 0 })
    const message = await database()
      .db.selectFrom('webhook_inbox')
      .select(['handled_at', 'outcome'])
      .where('id', '=', inboxId)
      .executeTakeFirstOrThrow()
    expect(message).toEqual({ handled_at: expect.any(Date), outcome: 'dismissed' })
  })

  it('dismisses letters and leaves their projects failed', async () => {
    const { analyst } = moody(refused)
    const on = await start({ analyst })
    const projectId = await upload(on)
    await failed(on, projectId)
    const ids = (await letters(on)).items.map(({ id }) => id)
    const path = '/v1/queue/dead-letters/dismiss'
    expect(await (await on.call('POST', path, { ids })).json()).toEqual({
      dismissed: 1,
      skipped: 0,
    })
    expect(await (await on.call('POST', path, { ids })).json()).toEqual({
      dismissed: 0,
      skipped: 1,
    })
    expect(await statusOf(on, projectId)).toBe('failed')
    expect(await actions(on)).toContain('queue.dismiss')
  })

  it('shows nothing of another workspace and does nothing to it', async () => {
    const on = await start({ worker: false })
    const { db } = database()
    const other = await makeWorkspace(db)
    const projectId = await agedProject(db, other, {
      status: 'failed',
      at: new Date(),
      events: 1,
    })
    const letter = { id: randomUUID(), workspaceId: other, projectId }
    await db.transaction().execute(async (tx) => {
      await on.pipeline.queue.send(tx, 'plan', [{ data: { projectId }, key: projectId }])
      const error = { code: 'x', message: 'y', attempts: 1 }
      await insertDeadLetter(tx, { ...letter, stage: 'plan', data: { projectId }, ...error })
    })
    const { rows } = await sql<{ id: string }>`select id from pgboss.job
      where singleton_key = ${projectId}`.execute(db)
    expect((await jobs(on)).items).toEqual([])
    expect((await letters(on)).items).toEqual([])
    const ids = [letter.id]
    for (const [method, path, body] of [
      ['GET', `/v1/queue?project=${projectId}`, undefined],
      ['POST', `/v1/queue/jobs/${rows[0]?.id}/run`, undefined],
      ['POST', `/v1/queue/jobs/${rows[0]?.id}/cancel`, undefined],
      ['POST', `/v1/queue/jobs/${rows[0]?.id}/priority`, { priority: 1 }],
      ['POST', '/v1/queue/dead-letters/redrive', { ids }],
      ['POST', '/v1/queue/dead-letters/dismiss', { ids }],
    ] as const) {
      const answer = await on.call(method, path, body)
      expect([path, answer.status]).toEqual([path, 404])
    }
  })

  it('is closed to those who are not admins', async () => {
    const on = await start({ worker: false })
    const { workspaceId, ownerId: createdBy } = on
    const make = async (role: Role) => {
      const key = `tw_${randomToken()}`
      const hash = await tokenHash(key)
      const prefix = key.slice(0, 9)
      const fresh = { id: randomUUID(), workspaceId, name: role, prefix, hash, role, createdBy }
      await insertApiKey(database().db, { ...fresh, expiresAt: null })
      return { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    }
    for (const role of ['viewer', 'member'] as const) {
      const headers = await make(role)
      for (const [method, path] of [
        ['GET', '/v1/queue'],
        ['GET', '/v1/queue/dead-letters'],
        ['POST', '/v1/queue/dead-letters/redrive'],
        ['POST', `/v1/queue/jobs/${randomUUID()}/cancel`],
      ] as const) {
        const body = method === 'POST' ? { body: '{}' } : {}
        const answer = await on.app.request(path, { method, headers, ...body })
        expect([role, path, answer.status]).toEqual([role, path, 403])
      }
    }
  })
})
