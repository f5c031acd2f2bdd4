import { fromKysely, fromPglite, type JobWithMetadata, PgBoss } from 'pg-boss'
import { z } from 'zod'
import { AppError, toAppError } from '../domain/errors.ts'
import type { Log } from '../domain/log.ts'
import { Stage } from '../domain/status.ts'
import type { Database, Tx } from '../store/database.ts'

/** What a job of each stage carries: ids alone; the rest is read when it runs. */
export interface JobData {
  ingest: { inboxId: string }
  fetch: { conversationId: string }
  analyse: { projectId: string }
  plan: { projectId: string }
  build: { projectId: string; buildId: string }
}

/** One attempt at a job. */
export interface Attempt<S extends Stage = Stage> {
  stage: S
  id: string
  data: JobData[S]
  /** 1 for the first. */
  number: number
  /** True when a failure of this attempt is final. */
  last: boolean
  /** Aborted when the worker stops or the attempt takes too long. */
  signal: AbortSignal
}

export type Handler<S extends Stage> = (attempt: Attempt<S>) => Promise<void>

export interface SendOptions {
  /** At most one job with this key is active at a time. */
  key: string
  delaySeconds?: number
  /** Higher goes first. */
  priority?: number
}

/** The queue of the stages; nothing else in the product knows the job engine. */
export interface Queue {
  /** Queues work in the transaction of what it follows from. */
  send<S extends Stage>(tx: Tx, stage: S, data: JobData[S], options: SendOptions): Promise<void>
  /**
   * Completes an attempt in the transaction of its result.
   *
   * @throws AppError `lease_lost` when another worker has taken the job over meanwhile.
   */
  complete(tx: Tx, attempt: Attempt): Promise<void>
  /** Runs a stage's jobs, at most `slots` at once in this process. */
  work<S extends Stage>(stage: S, slots: number, handler: Handler<S>): Promise<void>
  /** Hands back the jobs of a process that ended without its graceful stop; embedded database only. */
  recover(): Promise<number>
  /** Stops taking jobs and waits for those under way, at most `timeoutMs`. */
  stop(timeoutMs: number): Promise<void>
}

/** Failed jobs end here with their error, to be looked at and sent again. */
export const deadLetterQueue = 'dead_letter'

const Affected = z.object({ affected: z.number() })

const queueOptions = {
  policy: 'singleton',
  deadLetter: deadLetterQueue,
  retryLimit: 4,
  retryDelay: 2,
  retryBackoff: true,
  retryDelayMax: 60,
  expireInSeconds: 900,
  heartbeatSeconds: 15,
  notify: true,
} as const

/** pg-boss asks for an object; the error's own fields are what an operator needs. */
function errorOutput(error: AppError): object {
  return { code: error.code, message: error.message, retryable: error.retryable }
}

function makeBoss(database: Database, log: Log): PgBoss {
  const shared = {
    schema: 'pgboss',
    useListenNotify: true,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 5,
    schedule: false,
  }
  const boss =
    database.engine.kind === 'pglite'
      ? new PgBoss({ ...shared, db: fromPglite(database.engine.pglite), backend: 'pglite' })
      : new PgBoss({ ...shared, connectionString: database.engine.connectionString, max: 5 })
  boss.on('error', (error) => log.error({ error: String(error) }, 'queue.error'))
  return boss
}

function toAttempt<S extends Stage>(stage: S, job: JobWithMetadata<JobData[S]>): Attempt<S> {
  return {
    stage,
    id: job.id,
    data: job.data,
    number: job.retryCount + 1,
    last: job.retryCount >= job.retryLimit,
    signal: job.signal,
  }
}

/**
 * Starts the job engine on the database and makes the stages' queues.
 *
 * @throws whatever the database throws when it is not reachable.
 */
export async function startQueue(database: Database, log: Log): Promise<Queue> {
  const boss = makeBoss(database, log)
  await boss.start()
  await boss.createQueue(deadLetterQueue)
  for (const stage of Stage.options) await boss.createQueue(stage, queueOptions)

  return {
    async send(tx, stage, data, options) {
      const id = await boss.send(stage, data, {
        db: fromKysely(tx),
        singletonKey: options.key,
        ...(options.delaySeconds !== undefined && { startAfter: options.delaySeconds }),
        ...(options.priority !== undefined && { priority: options.priority }),
      })
      if (id === null) throw new AppError('queue_refused', `The ${stage} job was not queued.`)
    },

    async complete(tx, attempt) {
      const job = { id: attempt.id, retryCount: attempt.number - 1 }
      const answer: unknown = await boss.complete(attempt.stage, job, null, { db: fromKysely(tx) })
      if (Affected.parse(answer).affected !== 1) {
        throw new AppError('lease_lost', `Another worker has taken this ${attempt.stage} job over.`)
      }
    },

    async work(stage, slots, handler) {
      for (let slot = 0; slot < slots; slot += 1) await addSlot(boss, stage, handler, log)
    },

    async recover() {
      const active = await database.db
        .selectFrom('processing_queue')
        .select(['id', 'stage'])
        .where('state', '=', 'active')
        .execute()
      for (const job of active) await boss.fail(job.stage, job.id, { code: 'process_ended' })
      return active.length
    },

    async stop(timeoutMs) {
      await boss.stop({ graceful: true, timeout: timeoutMs })
    },
  }
}

const slotOptions = {
  batchSize: 1,
  includeMetadata: true,
  perJobResults: true,
  pollingIntervalSeconds: 2,
  notifyPollingIntervalSeconds: 2,
} as const

/** One worker with one slot: it polls again at once after a job instead of sleeping its interval out. */
async function addSlot<S extends Stage>(
  boss: PgBoss,
  stage: S,
  handler: Handler<S>,
  log: Log,
): Promise<void> {
  const workerId: string = await boss.work<JobData[S], unknown, typeof slotOptions>(
    stage,
    slotOptions,
    async ([job]: JobWithMetadata<JobData[S]>[]) => {
      if (job === undefined) return []
      const attempt = toAttempt(stage, job)
      try {
        await handler(attempt)
        return [{ id: job.id, status: 'completed' as const }]
      } catch (thrown) {
        const error = toAppError(thrown)
        log.info({ stage, jobId: job.id, attempt: attempt.number, code: error.code }, 'job.failed')
        const status = error.retryable ? ('failed' as const) : ('deadletter' as const)
        return [{ id: job.id, status, output: errorOutput(error) }]
      } finally {
        boss.notifyWorker(workerId)
      }
    },
  )
}
