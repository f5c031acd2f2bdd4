import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { onEveryDatabase } from '../../test/support/databases.ts'
import { QueueState } from '../domain/queue-state.ts'
import { insertDeadLetter } from '../store/dead-letters.ts'
import type { JobListView } from './queue-views.ts'
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

onEveryDatabase('the lists of the queue', (database) => {
  const start = operatedServer(database)

  it('lists what waits in the order of claims, page by page, each once', async () => {
    const on = await start({ worker: false })
    const plain = [await upload(on), await upload(on), await upload(on)]
    const urgent = await upload(on, 50)
    const seen: (string | null)[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const from: string = cursor === '' ? '' : `&cursor=${cursor}`
      const page: JobListView = await jobs(on, `state=waiting&limit=2${from}`)
      seen.push(...page.items.map(({ projectId }) => projectId))
      cursor = page.nextCursor
    }
    expect(seen).toEqual([urgent, ...plain])
    const newest = await jobs(on, 'stage=analyse')
    expect(newest.items.map(({ projectId }) => projectId)).toEqual([urgent, ...plain.toReversed()])
    expect(newest.items[0]).toMatchObject({ state: 'waiting', attempts: 0, priority: 50 })
    expect((await jobs(on, 'stage=plan')).items).toEqual([])
  })

  it('shows what was given up among the jobs until somebody deals with it', async () => {
    const { analyst } = moody(refused)
    const on = await start({ analyst })
    const ids = [await upload(on), await upload(on), await upload(on)]
    for (const id of ids) await failed(on, id)
    const [given] = (await jobs(on, `state=failed&project=${ids[0]}`)).items
    expect(given).toMatchObject({
      stage: 'analyse',
      state: 'failed',
      projectId: ids[0],
      attempts: 1,
      error: { code: 'model_refused' },
    })
    const own = await letters(on, 'stage=analyse')
    expect(own.items.map(({ id }) => id)).toContain(given?.id)
    const { rows } = await sql<{ id: string; state: string }>`
      select id::text, state from processing_queue`.execute(database().db)
    const inView = rows.map(({ id, state }) => `${state} ${id}`).sort()
    for (const query of ['state=failed', '', 'code=refused']) {
      const seen: string[] = []
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: JobListView = await jobs(on, `${query}&limit=2${cursor && `&cursor=${cursor}`}`)
        seen.push(...page.items.map(({ id, state }) => `${state} ${id}`))
        cursor = page.nextCursor
      }
      expect([query, seen.sort()]).toEqual([query, inView])
    }
    expect((await jobs(on, 'state=failed&stage=plan')).items).toEqual([])
    expect((await jobs(on, 'state=failed&code=overload')).items).toEqual([])
    const run = await on.call('POST', `/v1/queue/jobs/${given?.id}/run`)
    expect([run.status, await run.json()]).toMatchObject([409, { code: 'job_given_up' }])
    await on.call('POST', '/v1/queue/dead-letters/dismiss', { ids: [given?.id] })
    expect((await jobs(on, 'state=failed')).items).toHaveLength(2)
    expect((await on.call('POST', `/v1/queue/jobs/${given?.id}/cancel`)).status).toBe(404)
  })

  it('pages through more jobs and letters than it reads at a time, each once, newest first', async () => {
    const on = await start({ worker: false })
    const { db } = database()
    // Many at the same time, so that the ids decide, and times finer than a millisecond.
    const at = (n: string) => sql`timestamptz '2026-01-01' + (${sql.raw(n)} % 40) * interval '7 us'`
    await sql`insert into pgboss.job (name, data, singleton_key, policy, created_on)
      select 'ingest', '{}', n::text, 'singleton', ${at('n')}
      from generate_series(1, 130) n`.execute(db)
    await sql`insert into dead_letters (id, workspace_id, stage, data, code, message, attempts, created_at)
      select gen_random_uuid(), ${on.workspaceId}::uuid, 'ingest', '{}', 'x', 'y', 1, ${at('n')}
      from generate_series(1, 240) n`.execute(db)
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: JobListView = await jobs(on, `limit=70${cursor && `&cursor=${cursor}`}`)
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    }
    const { rows } = await sql<{ id: string }>`select id::text from processing_queue
      order by created_at desc, id desc`.execute(db)
    expect(seen).toEqual(rows.map(({ id }) => id))
  })

  it('lists the jobs of every state that the view knows', async () => {
    const { analyst } = moody(busy)
    const on = await start({ analyst })
    const projectId = await upload(on)
    await delayedJob(on, projectId)
    await on.stop()
    const { db } = database()
    const states = ['created', 'active', 'completed', 'cancelled'] as const
    for (const state of states) {
      await sql`insert into pgboss.job (name, state, data, singleton_key, policy, completed_on)
        values ('analyse', ${state}, ${JSON.stringify({ projectId })}::jsonb, ${state}, 'singleton',
          ${state === 'completed' || state === 'cancelled' ? new Date() : null}::timestamptz)`.execute(
        db,
      )
    }
    const letter = { id: randomUUID(), workspaceId: on.workspaceId, projectId }
    const error = { code: 'x', message: 'y', attempts: 1 }
    await db
      .transaction()
      .execute((tx) =>
        insertDeadLetter(tx, { ...letter, stage: 'analyse', data: { projectId }, ...error }),
      )
    for (const state of QueueState.options) {
      const { items } = await jobs(on, `state=${state}`)
      expect([state, items.map((job) => job.state)]).toEqual([state, [state]])
    }
    expect((await jobs(on)).items).toHaveLength(QueueState.options.length)
    expect((await on.call('GET', '/v1/queue?state=lost')).status).toBe(422)
  })

  it('refuses cursors that no list gave', async () => {
    const on = await start({ worker: false })
    const id = randomUUID()
    const time = '2026-01-01T00:00:00Z'
    for (const [path, cursor] of [
      ['/v1/queue', 'nonsense'],
      ['/v1/queue', `claim~0~${time}~${id}`],
      ['/v1/queue', `newest~${2 ** 40}~${time}~${id}`],
      ['/v1/queue', `newest~0~0000-01-01T00:00:00Z~${id}`],
      ['/v1/queue/dead-letters', `${time}~1`],
      ['/v1/queue/dead-letters', `0000-01-01T00:00:00Z~${id}`],
      ['/v1/projects', `0000-01-01T00:00:00Z~${id}`],
    ] as const) {
      const answer = await on.call('GET', `${path}?cursor=${cursor}`)
      expect([cursor, await answer.json()]).toMatchObject([cursor, { code: 'bad_cursor' }])
    }
    for (const path of ['/v1/queue', '/v1/queue?state=failed', '/v1/queue/dead-letters']) {
      const answer = await on.call('GET', path)
      expect([path, await answer.json()]).toEqual([path, { items: [], nextCursor: null }])
    }
  })
})
