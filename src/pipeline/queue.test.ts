import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { onEveryDatabase } from '../../test/support/databases.ts'
import { AppError } from '../domain/errors.ts'
import { silentLog } from '../domain/log.ts'
import type { Tx } from '../store/database.ts'
import { type Attempt, type Queue, startQueue } from './queue.ts'

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

onEveryDatabase('the queue', (database) => {
  let queue: Queue
  beforeAll(async () => {
    queue = await startQueue(database(), silentLog)
  })
  afterAll(async () => {
    await queue.stop(5_000)
  })

  const inTx = <T>(run: (tx: Tx) => Promise<T>) => database().db.transaction().execute(run)

  it('queues nothing when the transaction that sends is rolled back', async () => {
    const projectId = randomUUID()
    const failing = inTx(async (tx) => {
      await queue.send(tx, 'plan', { projectId }, { key: projectId })
      throw new Error('rolled back')
    })
    await expect(failing).rejects.toThrow('rolled back')
    const jobs = await database()
      .db.selectFrom('processing_queue')
      .select('id')
      .where('project_id', '=', projectId)
      .execute()
    expect(jobs).toEqual([])
  })

  it('carries out many jobs on few slots, each once, and completes them with their result', async () => {
    const ids = Array.from({ length: 30 }, () => randomUUID())
    const seen: string[] = []
    const all = counter(ids.length)
    await queue.work('analyse', 3, async (attempt) => {
      await inTx((tx) => queue.complete(tx, attempt))
      seen.push(attempt.data.projectId)
      all.hit()
    })
    await inTx(async (tx) => {
      for (const projectId of ids) {
        await queue.send(tx, 'analyse', { projectId }, { key: projectId })
      }
    })
    await all.reached
    expect(seen.sort()).toEqual([...ids].sort())
  })

  it('lets an attempt that lost its job write nothing', async () => {
    const projectId = randomUUID()
    const failures: unknown[] = []
    const done = counter(1)
    await queue.work('build', 1, async (attempt) => {
      // Somebody else's completion stands for a lease that another worker has taken over.
      await inTx((tx) => queue.complete(tx, attempt))
      await inTx(async (tx) => {
        await sql`insert into workspaces (id, name) values (${projectId}::uuid, 'ghost')`.execute(
          tx,
        )
        await queue.complete(tx, attempt)
      }).catch((error: unknown) => failures.push(error))
      done.hit()
    })
    await inTx((tx) =>
      queue.send(tx, 'build', { projectId, buildId: projectId }, { key: projectId }),
    )
    await done.reached
    expect(failures).toMatchObject([{ code: 'lease_lost' }])
    const ghosts = await database()
      .db.selectFrom('workspaces')
      .select('id')
      .where('id', '=', projectId)
      .execute()
    expect(ghosts).toEqual([])
  })

  it('tries again after an error that may pass and gives up at once on one that cannot', async () => {
    const passing = randomUUID()
    const lasting = randomUUID()
    const attempts: [string, number][] = []
    const done = counter(3)
    await queue.work('plan', 2, async (attempt: Attempt<'plan'>) => {
      attempts.push([attempt.data.projectId, attempt.number])
      done.hit()
      if (attempt.data.projectId === lasting) throw new AppError('refused', 'No.')
      if (attempt.number === 1) throw new AppError('busy', 'Later.', { retryable: true })
      await inTx((tx) => queue.complete(tx, attempt))
    })
    await inTx(async (tx) => {
      await queue.send(tx, 'plan', { projectId: passing }, { key: passing })
      await queue.send(tx, 'plan', { projectId: lasting }, { key: lasting })
    })
    await done.reached
    expect(attempts.filter(([id]) => id === passing).map(([, number]) => number)).toEqual([1, 2])
    expect(attempts.filter(([id]) => id === lasting)).toHaveLength(1)
    const letters = await database()
      .db.selectFrom('processing_queue')
      .select(['project_id'])
      .where('stage', '=', 'dead_letter')
      .execute()
    expect(letters).toEqual([{ project_id: lasting }])
  })
})
