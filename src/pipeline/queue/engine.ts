import { sql } from 'kysely'
import { fromKysely, type PgBoss } from 'pg-boss'
import { z } from 'zod'
import type { AppError } from '../../domain/errors.ts'
import type { Log } from '../../domain/log.ts'
import type { Stage } from '../../domain/status.ts'
import type { Database, Tx } from '../../store/database.ts'
import { type Claimed, claimJobs } from './claim.ts'
import { type Attempt, lostQueue, type NewJob } from './queue.ts'
import { type Claim, leaseLost } from './running.ts'
import { type EngineOptions, startBoss } from './start-boss.ts'

type Lease = Pick<Attempt, 'id' | 'number'>

/** pg-boss behind the few calls that the house needs of it; `docs/decisions/0003` and `0009` say why. */
export interface Engine {
  insert(tx: Tx, stage: Stage, jobs: readonly NewJob<Stage>[]): Promise<void>
  /** Claims the most urgent jobs of a queue; in the transaction that is given, or by itself. */
  claim(stage: Stage, most: number, tx?: Tx): Promise<Claimed>
  /** Claims letters about jobs whose process died each time that they were tried. */
  claimLost(most: number): Promise<Claim[]>
  /** Keeps leases alive; gives the ids that are still held. */
  beat(queue: string, leases: readonly Lease[]): Promise<ReadonlySet<string>>
  /** Completes jobs of a queue; gives the ids of those that were still held. */
  complete(tx: Tx, queue: string, leases: readonly Lease[]): Promise<ReadonlySet<string>>
  postpone(tx: Tx, stage: Stage, lease: Lease, seconds: number, error: AppError): Promise<void>
  remove(tx: Tx, stage: Stage, lease: Lease): Promise<void>
  /** Gives claimed jobs back as if they had not been tried. */
  restore(queue: string, leases: readonly Lease[]): Promise<void>
  /** Fails all that is active: only for a database that nobody else works on. */
  failActive(): Promise<number>
  /** Fails jobs whose worker gave no sign of life for too long, so that others try them; gives how many. */
  rescue(): Promise<number>
  /** The engine's own care of its tables, once. */
  supervise(): Promise<void>
  stop(): Promise<void>
}

const Affected = z.object({ affected: z.number() })
const Settled = z.object({ settled: z.array(z.string()) })

const Letter = z.object({
  id: z.uuid(),
  data: z.unknown(),
  retryCount: z.number().int(),
  expireInSeconds: z.number(),
  sourceName: z.string(),
  sourceRetryCount: z.number(),
})

function fence(lease: Lease): { id: string; retryCount: number } {
  return { id: lease.id, retryCount: lease.number - 1 }
}

function settledOf(answer: unknown): ReadonlySet<string> {
  return new Set(Settled.parse(answer).settled)
}

function requireOne(answer: unknown): void {
  if (Affected.parse(answer).affected !== 1) throw leaseLost()
}

function toLetter(row: unknown): Claim {
  const { id, data, retryCount, expireInSeconds, sourceName, sourceRetryCount } = Letter.parse(row)
  return {
    id,
    number: retryCount + 1,
    data: { stage: sourceName, data, attempts: sourceRetryCount + 1 },
    expireSeconds: expireInSeconds,
  }
}

function toInsert(job: NewJob<Stage>) {
  return {
    data: job.data,
    singletonKey: job.key,
    ...(job.delaySeconds !== undefined && { startAfter: String(job.delaySeconds) }),
    ...(job.priority !== undefined && { priority: job.priority }),
  }
}

function makeWrites(boss: PgBoss): Pick<Engine, 'insert' | 'complete' | 'postpone' | 'remove'> {
  return {
    async insert(tx, stage, jobs) {
      await boss.insert(stage, jobs.map(toInsert), { db: fromKysely(tx) })
    },
    async complete(tx, queue, leases) {
      const options = { db: fromKysely(tx) }
      return settledOf(await boss.complete(queue, leases.map(fence), null, options))
    },
    async postpone(tx, stage, lease, seconds, error) {
      const db = fromKysely(tx)
      const output = { code: error.code, message: error.message, retryable: error.retryable }
      requireOne(await boss.fail(stage, [fence(lease)], output, { db }))
      const startAfter = `${seconds.toFixed(3)} seconds`
      // Undefined leaves the data as they are; null would put null in their place.
      await boss.update(stage, undefined, { id: lease.id, startAfter, db })
    },
    async remove(tx, stage, lease) {
      requireOne(await boss.deleteJob(stage, [fence(lease)], { db: fromKysely(tx) }))
    },
  }
}

function makeLeases(
  boss: PgBoss,
  database: Database,
): Pick<Engine, 'claim' | 'claimLost' | 'beat' | 'restore'> {
  const held = async (queue: string, leases: readonly Lease[], tx?: Tx) => {
    const db = tx === undefined ? {} : { db: fromKysely(tx) }
    return settledOf(await boss.touch(queue, leases.map(fence), db))
  }
  return {
    claim: (stage, most, tx) => claimJobs(tx ?? database.db, stage, most),
    async claimLost(most) {
      const rows: unknown[] = await boss.fetch(lostQueue, {
        batchSize: most,
        includeMetadata: true,
      })
      return rows.map(toLetter)
    },
    beat: (queue, leases) => held(queue, leases),
    async restore(queue, leases) {
      await database.db.transaction().execute(async (tx) => {
        // The touch locks the rows that are still ours, so what is completed meanwhile stays so.
        const ids = [...(await held(queue, leases, tx))]
        // Not tried: the started mark goes, so that the next claim does not count another attempt.
        await sql`update pgboss.job_common
          set state = 'created', started_on = null, heartbeat_on = null
          where name = ${queue} and id = any(${ids}::uuid[])`.execute(tx)
      })
    },
  }
}

interface SilentJob {
  id: string
  name: string
  retry_count: number
}

/** Reads the few active jobs by the index that keeps their keys apart. */
async function rescueJobs(boss: PgBoss, database: Database): Promise<number> {
  const { rows } = await sql<SilentJob>`select id, name, retry_count from pgboss.job_common
    where state = 'active' and policy = 'singleton'
      and heartbeat_on + heartbeat_seconds * interval '1 second' < pgboss.job_now()
    limit 100`.execute(database.db)
  for (const { id, name, retry_count } of rows) {
    await boss.fail(name, [{ id, retryCount: retry_count }], { code: 'worker_lost' })
  }
  return rows.length
}

/**
 * Starts the job engine on the database and makes the stages' queues, unless they are made elsewhere.
 *
 * @throws AppError `queue_not_migrated` when they should have been, and
 *   whatever the database throws when it is not reachable.
 */
export async function startEngine(
  database: Database,
  options: EngineOptions,
  log: Log,
): Promise<Engine> {
  const boss = await startBoss(database, options, log)
  return {
    ...makeWrites(boss),
    ...makeLeases(boss, database),
    async failActive() {
      const active = await database.db
        .selectFrom('processing_queue')
        .select(['id', 'stage'])
        .where('state', '=', 'active')
        .execute()
      for (const job of active) await boss.fail(job.stage, job.id, { code: 'process_ended' })
      return active.length
    },
    rescue: () => rescueJobs(boss, database),
    supervise: async () => {
      await boss.supervise()
    },
    stop: () => boss.stop({ graceful: false }),
  }
}
