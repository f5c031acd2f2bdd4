import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterEach, expect, it } from 'vitest'
import { onEveryDatabase, onPostgres } from '../../../test/support/databases.ts'
import { silentLog } from '../../domain/log.ts'
import type { Database, Tx } from '../../store/database.ts'
import { openPostgres } from '../../store/open-postgres.ts'
import { completeOne } from './complete-one.ts'
import type { Attempt } from './queue.ts'
import type { Handlers } from './stage-lanes.ts'
import { type StartedQueue, startQueue } from './start-queue.ts'
import type { DrainOptions } from './workers.ts'

type Run = (attempt: Attempt) => Promise<void>

function handlers(run: Run): Handlers {
  const stages = { ingest: run, fetch: run, analyse: run, plan: run, build: run }
  return { stages, lost: async () => undefined }
}

/** One lane that looks when it is told to and never by itself. */
function draining(slots: number): DrainOptions {
  return {
    slots: { ingest: 0, fetch: 0, analyse: slots, plan: 0, build: 0 },
    deadline: new Date(Date.now() + 60_000),
    reserveMs: 1_000,
  }
}

/** Queues an analysis for each key, one after the other. */
async function send(database: Database, { queue }: StartedQueue, keys: readonly string[]) {
  for (const key of keys) {
    await database.db
      .transaction()
      .execute((tx) => queue.send(tx, 'analyse', [{ data: { projectId: randomUUID() }, key }]))
  }
}

onEveryDatabase('a claim', (database) => {
  let started: StartedQueue | undefined
  afterEach(() => started?.workers.stop(1_000))

  it('does not let the jobs of one key keep the slots from what lies behind them', async () => {
    const { db } = database()
    started = await startQueue({ database: database(), log: silentLog })
    const { queue, workers } = started
    await send(database(), started, ['talkative', 'talkative', 'talkative', 'quiet'])
    const other = Promise.withResolvers<void>()
    let begun = 0
    const run: Run = async (attempt) => {
      begun += 1
      if (begun === 2) other.resolve()
      await other.promise
      await db.transaction().execute((tx) => completeOne(queue, tx, attempt))
    }
    expect(await workers.drain(handlers(run), draining(2))).toEqual({ end: 'empty', started: 4 })
  })
})

onPostgres('a claim beside another worker', (url) => {
  let database: Database | undefined
  let started: StartedQueue | undefined
  afterEach(async () => {
    await started?.workers.stop(1_000)
    await database?.close()
  })

  it('is made again when the other was quicker with a key', async () => {
    const { db } = (database = await openPostgres({
      connectionString: url(),
      onError: () => undefined,
    }))
    started = await startQueue({ database, log: silentLog })
    const { queue, workers } = started
    await send(database, started, ['shared', 'shared', 'own'])
    const claimed = Promise.withResolvers<void>()
    const commit = Promise.withResolvers<void>()
    const claimOne = async (tx: Tx) => {
      await sql`update pgboss.job_common set state = 'active', started_on = now(),
          heartbeat_on = now()
        where id = (select id from pgboss.job_common where singleton_key = 'shared'
          order by created_on limit 1)`.execute(tx)
      claimed.resolve()
      await commit.promise
    }
    const other = db.transaction().execute(claimOne)
    await claimed.promise
    const run: Run = (attempt) => db.transaction().execute((tx) => completeOne(queue, tx, attempt))
    const drained = workers.drain(handlers(run), draining(4))
    const waiting = async () => {
      const { rows } = await sql<{ count: number }>`select count(*)::int from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(db)
      return rows[0]?.count
    }
    await expect.poll(waiting).toBe(1)
    commit.resolve()
    await other
    // The second job of the key waits for the one that the other worker has.
    expect(await drained).toEqual({ end: 'empty', started: 1 })
  })
})
