import { randomUUID } from 'node:crypto'
import { completeOne } from './complete-one.ts'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterEach, expect, it, vi } from 'vitest'
import { onEveryDatabase } from '../../../test/support/databases.ts'
import { defaultSlots, type Slots } from '../../domain/capacity.ts'
import { AppError } from '../../domain/errors.ts'
import { silentLog } from '../../domain/log.ts'
import type { Tx } from '../../store/database.ts'
import type { QueueState } from '../../domain/queue-state.ts'
import type { Attempt, LostJob } from './queue.ts'
import type { Handlers } from './stage-lanes.ts'
import { type QueueOptions, type StartedQueue, startQueue } from './start-queue.ts'

/** Resolves once it was called a number of times. */
function counter(wanted: number): { hit: () => void; reached: Promise<void> } {
  let hits = 0
  let resolve: () => void = () => undefined
  const reached = new Promise<void>((done) => {
    resolve = done
  })
  return {
    hit: () => {
      hits += 1
      if (hits === wanted) resolve()
    },
    reached,
  }
}

type Run = (attempt: Attempt) => Promise<void>

/** One handler for all stages. */
function all(run: Run, lost: (job: LostJob) => Promise<void> = async () => undefined): Handlers {
  return { stages: { ingest: run, fetch: run, analyse: run, plan: run, build: run }, lost }
}

const idle: Slots = { ingest: 0, fetch: 0, analyse: 0, plan: 0, build: 0 }

onEveryDatabase('the queue', (database) => {
  const started: StartedQueue[] = []
  afterEach(async () => {
    await Promise.all(started.splice(0).map(({ workers }) => workers.stop(5_000)))
    await sql`delete from pgboss.job`.execute(database().db)
  })

  async function start(options: Partial<QueueOptions> = {}): Promise<StartedQueue> {
    const queue = await startQueue({ database: database(), log: silentLog, ...options })
    started.push(queue)
    return queue
  }

  const inTx = <T>(run: (tx: Tx) => Promise<T>) => database().db.transaction().execute(run)

  /** Queues analyses as a stage would, and wakes the workers. */
  async function send(
    { queue }: StartedQueue,
    projectIds: readonly string[],
    options: { priority?: number; key?: string } = {},
  ): Promise<void> {
    const jobs = projectIds.map((projectId) => ({
      data: { projectId },
      key: options.key ?? projectId,
      ...(options.priority !== undefined && { priority: options.priority }),
    }))
    const used = await inTx(async (tx) => {
      await queue.send(tx, 'analyse', jobs)
      return tx
    })
    queue.wake(used)
  }

  const ids = (count: number) => Array.from({ length: count }, () => randomUUID())
  const projectIdOf = (attempt: Attempt) =>
    'projectId' in attempt.data ? attempt.data.projectId : ''

  async function states(): Promise<QueueState[]> {
    const rows = await database().db.selectFrom('processing_queue').select('state').execute()
    return rows.map(({ state }) => state)
  }

  /**
   * How many jobs are under way, as the database has it: a completed job makes room with its commit,
   * which another worker may know of before the one that made it.
   */
  async function countActive(): Promise<number> {
    return (await states()).filter((state) => state === 'active').length
  }

  it('queues nothing when the transaction that sends is rolled back', async () => {
    const { queue } = await start()
    const projectId = randomUUID()
    const failing = inTx(async (tx) => {
      await queue.send(tx, 'plan', [{ data: { projectId }, key: projectId }])
      throw new Error('rolled back')
    })
    await expect(failing).rejects.toThrow('rolled back')
    expect(await states()).toEqual([])
  })

  it('carries out many jobs on few slots, each once and never more at a time', async () => {
    const it = await start()
    const wanted = ids(60)
    const seen: string[] = []
    let most = 0
    let now = 0
    const done = counter(wanted.length)
    const run: Run = async (attempt) => {
      now += 1
      most = Math.max(most, now)
      await inTx((tx) => completeOne(it.queue, tx, attempt))
      now -= 1
      seen.push(projectIdOf(attempt))
      done.hit()
    }
    it.workers.work(all(run), { ...idle, analyse: 3 })
    await send(it, wanted)
    await done.reached
    expect(seen.sort()).toEqual([...wanted].sort())
    expect(most).toBeLessThanOrEqual(3)
    expect(new Set(await states())).toEqual(new Set(['completed']))
  })

  it('lets what is urgent overtake what waits', async () => {
    const it = await start()
    const urgent = randomUUID()
    await send(it, ids(40))
    await send(it, [urgent], { priority: 50 })
    const order: string[] = []
    const done = counter(5)
    const run: Run = async (attempt) => {
      order.push(projectIdOf(attempt))
      await inTx((tx) => completeOne(it.queue, tx, attempt))
      done.hit()
    }
    it.workers.work(all(run), { ...idle, analyse: 1 })
    await done.reached
    expect(order[0]).toBe(urgent)
  })

  it('never carries out two jobs of one key at once', async () => {
    const it = await start()
    const active: number[] = []
    const done = counter(6)
    const run: Run = async (attempt) => {
      active.push(await countActive())
      await inTx((tx) => completeOne(it.queue, tx, attempt))
      done.hit()
    }
    await send(it, ids(6), { key: 'one conversation' })
    it.workers.work(all(run), { ...idle, analyse: 4 })
    await done.reached
    expect(active).toEqual([1, 1, 1, 1, 1, 1])
  })

  it('holds the limit of a provider over stages and workers', async () => {
    const limits = { stages: {}, providers: { model: 2 } }
    const providers = { analyse: 'model', plan: 'model' }
    const one = await start({ limits, providers })
    const other = await start({ limits, providers })
    const active: number[] = []
    const done = counter(16)
    const run: Run = async (attempt) => {
      active.push(await countActive())
      await inTx((tx) => completeOne(one.queue, tx, attempt))
      done.hit()
    }
    await send(one, ids(8))
    const used = await inTx(async (tx) => {
      const jobs = ids(8).map((projectId) => ({ data: { projectId }, key: projectId }))
      await one.queue.send(tx, 'plan', jobs)
      return tx
    })
    for (const { workers } of [one, other]) workers.work(all(run), { ...idle, analyse: 4, plan: 4 })
    one.queue.wake(used)
    await done.reached
    expect(Math.max(...active)).toBeLessThanOrEqual(2)
  })

  it('starts a job that waited for a provider as soon as another stage lets it go', async () => {
    const limits = { stages: {}, providers: { model: 1 } }
    const it = await start({ limits, providers: { analyse: 'model', plan: 'model' } })
    const done = counter(2)
    const run: Run = async (attempt) => {
      // Long enough for the other stage to have looked and found no place.
      await pause(500)
      await inTx((tx) => completeOne(it.queue, tx, attempt))
      done.hit()
    }
    await send(it, ids(1))
    const [projectId = ''] = ids(1)
    await inTx((tx) => it.queue.send(tx, 'plan', [{ data: { projectId }, key: projectId }]))
    // So that no lane polls.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      it.workers.work(all(run), { ...idle, analyse: 1, plan: 1 })
      await done.reached
      expect(await states()).toEqual(['completed', 'completed'])
    } finally {
      vi.useRealTimers()
    }
  })

  it('lets an attempt that lost its job write nothing', async () => {
    const it = await start()
    const projectId = randomUUID()
    const failures: unknown[] = []
    const done = counter(1)
    const run: Run = async (attempt) => {
      // Somebody else's completion stands for a lease that another worker has taken over.
      await inTx((tx) => completeOne(it.queue, tx, attempt))
      await inTx(async (tx) => {
        await sql`insert into workspaces (id, name) values (${projectId}::uuid, 'ghost')`.execute(
          tx,
        )
        await completeOne(it.queue, tx, attempt)
      }).catch((error: unknown) => failures.push(error))
      done.hit()
    }
    it.workers.work(all(run), { ...idle, analyse: 1 })
    await send(it, [projectId])
    await done.reached
    expect(failures).toMatchObject([{ code: 'lease_lost' }])
    const ghosts = await database()
      .db.selectFrom('workspaces')
      .select('id')
      .where('id', '=', projectId)
      .execute()
    expect(ghosts).toEqual([])
  })

  it('gives a job back for later without holding a slot, and counts the attempt', async () => {
    const it = await start()
    const numbers: number[] = []
    const done = counter(2)
    const run: Run = async (attempt) => {
      numbers.push(attempt.number)
      const busy = new AppError('busy', 'Busy.', { retryable: true })
      if (attempt.number === 1) await inTx((tx) => it.queue.again(tx, attempt, 0.01, busy))
      else await inTx((tx) => completeOne(it.queue, tx, attempt))
      done.hit()
    }
    it.workers.work(all(run), { ...idle, analyse: 1 })
    await send(it, ids(1))
    await done.reached
    expect(numbers).toEqual([1, 2])
  })

  it('shows how long a job that is put off will wait, and why', async () => {
    const it = await start()
    const done = counter(1)
    const busy = new AppError('busy', 'Busy.', { retryable: true })
    const run: Run = async (attempt) => {
      await inTx((tx) => it.queue.again(tx, attempt, 3_600, busy))
      done.hit()
    }
    it.workers.work(all(run), { ...idle, analyse: 1 })
    await send(it, ids(1))
    await done.reached
    const [job] = await database().db.selectFrom('processing_queue').selectAll().execute()
    expect(job).toMatchObject({ state: 'delayed', attempts: 1, error: { code: 'busy' } })
    const wait = (job?.start_after.getTime() ?? 0) - Date.now()
    expect(wait).toBeGreaterThan(3_000_000)
  })

  it('gives back what it cannot finish before it stops, as if it had not been tried', async () => {
    const one = await start()
    const begun = counter(1)
    const refused: unknown[] = []
    const run: Run = async (attempt) => {
      begun.hit()
      await new Promise<void>((resolve) => {
        attempt.signal.addEventListener('abort', () => resolve(), { once: true })
      })
      await inTx((tx) => completeOne(one.queue, tx, attempt)).catch((error: unknown) => {
        refused.push(error)
      })
    }
    one.workers.work(all(run), { ...idle, analyse: 1 })
    await send(one, ids(1))
    await begun.reached
    await one.workers.stop(1)
    expect(refused).toMatchObject([{ code: 'lease_lost' }])

    const other = await start()
    const numbers: number[] = []
    const done = counter(1)
    const finish: Run = async (attempt) => {
      numbers.push(attempt.number)
      await inTx((tx) => completeOne(other.queue, tx, attempt))
      done.hit()
    }
    other.workers.work(all(finish), { ...idle, analyse: 1 })
    await done.reached
    expect(numbers).toEqual([1])
  })

  it('hands over what every attempt died of, with its stage and the number of attempts', async () => {
    const it = await start({ engine: { attempts: 1 } })
    const lost: LostJob[] = []
    const done = counter(1)
    const begun = counter(1)
    const projectId = randomUUID()
    const hang: Run = async (attempt) => {
      begun.hit()
      await new Promise<void>((resolve) => {
        attempt.signal.addEventListener('abort', () => resolve(), { once: true })
      })
    }
    const handlers = all(hang, async (job) => {
      lost.push(job)
      done.hit()
    })
    it.workers.work(handlers, { ...idle, analyse: 1 })
    await send(it, [projectId])
    await begun.reached
    // As after the death of the process: the last sign of life is long past.
    await sql`update pgboss.job set heartbeat_on = now() - interval '1 minute'
      where name = 'analyse'`.execute(database().db)
    await done.reached
    expect(lost).toMatchObject([{ stage: 'analyse', data: { projectId }, attempts: 1 }])
  })

  it('drains what is there and ends', async () => {
    const it = await start()
    await send(it, ids(25))
    const run: Run = (attempt) => inTx((tx) => completeOne(it.queue, tx, attempt))
    const deadline = new Date(Date.now() + 60_000)
    const options = { slots: defaultSlots, deadline, reserveMs: 1_000 }
    expect(await it.workers.drain(all(run), options)).toEqual({ end: 'empty', started: 25 })
    expect(await it.workers.drain(all(run), options)).toEqual({ end: 'empty', started: 0 })
  })

  it('stops draining in time and gives back what is under way', async () => {
    const it = await start()
    await send(it, ids(3))
    const run: Run = async ({ signal }) => {
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
    }
    const deadline = new Date(Date.now() + 3_000)
    const options = { slots: { ...idle, analyse: 2 }, deadline, reserveMs: 500 }
    expect(await it.workers.drain(all(run), options)).toEqual({ end: 'deadline', started: 2 })
    // It does not wait longer than its deadline for the database to have taken them back.
    await expect.poll(states, { timeout: 20_000 }).toEqual(['waiting', 'waiting', 'waiting'])
  })
})
