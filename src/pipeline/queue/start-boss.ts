import { type ConstructorOptions, fromPglite, PgBoss } from 'pg-boss'
import { AppError } from '../../domain/errors.ts'
import type { Log } from '../../domain/log.ts'
import { Stage } from '../../domain/status.ts'
import type { Database } from '../../store/database.ts'
import { indexJobs } from './inspect.ts'
import { lostQueue } from './queue.ts'

export interface EngineOptions {
  /** How often a job is tried, attempts whose process died included. */
  attempts: number
  /** How long a job may run before it is taken away. */
  expireSeconds: number
  /** How long finished jobs are kept. */
  keepFinishedSeconds: number
  /** False where another process looks after the engine's tables, and while draining. */
  supervises: boolean
  /** False where the engine's tables and queues are made elsewhere: see `installQueue`. */
  migrates: boolean
  /** Whether operators see the process among those that work, with its signs of life. */
  registers: boolean
}

export const defaultEngineOptions: EngineOptions = {
  attempts: 6,
  expireSeconds: 900,
  keepFinishedSeconds: 3 * 24 * 3_600,
  supervises: true,
  migrates: true,
  registers: false,
}

/** Fifty years; longer would not fit into the column. */
const neverSeconds = 50 * 365 * 86_400

function connectionOf({ engine }: Database): NonNullable<ConstructorOptions['db']> {
  if (engine.kind === 'pglite') return fromPglite(engine.pglite)
  return { executeSql: (text, values) => engine.run(text, values) }
}

function makeBoss(database: Database, options: EngineOptions, log: Log): PgBoss {
  const { supervises, migrates } = options
  const boss = new PgBoss({
    schema: 'pgboss',
    db: connectionOf(database),
    backend: database.engine.kind === 'pglite' ? 'pglite' : 'postgres',
    schedule: false,
    supervise: supervises,
    migrate: migrates,
    createSchema: migrates,
    registerInstance: options.registers,
    instanceHeartbeatSeconds: 10,
    // Its statistics read the whole table of jobs, so lost jobs are looked for by `rescue` instead.
    superviseIntervalSeconds: 60,
    monitorIntervalSeconds: 60,
    openTelemetry: { enabled: false },
  })
  boss.on('error', (error) => log.warn({ error: String(error) }, 'queue.error'))
  return boss
}

/** A queue's rules; the stage's own policy says when a job is tried again, so the engine adds no wait. */
function queueRules(options: EngineOptions) {
  return {
    policy: 'singleton',
    deadLetter: lostQueue,
    retryLimit: options.attempts - 1,
    retryDelay: 0,
    retryBackoff: false,
    expireInSeconds: options.expireSeconds,
    // The shortest that pg-boss allows: a killed worker's jobs are free again after it.
    heartbeatSeconds: 10,
    deleteAfterSeconds: options.keepFinishedSeconds,
    // pg-boss removes what waited this long; nothing that waits may be lost.
    retentionSeconds: neverSeconds,
    notify: false,
  } as const
}

async function createQueues(boss: PgBoss, options: EngineOptions): Promise<void> {
  const { policy, ...rules } = queueRules(options)
  // A letter is tried for ever: giving it up would lose the job.
  await boss.createQueue(lostQueue, {
    retryLimit: 10_000,
    heartbeatSeconds: 10,
    retentionSeconds: neverSeconds,
    notify: false,
  })
  for (const stage of Stage.options) {
    await boss.createQueue(stage, { policy, ...rules })
    // A queue that an earlier version made has that version's rules.
    await boss.updateQueue(stage, rules)
  }
}

function notMigrated(cause?: unknown): AppError {
  return new AppError(
    'queue_not_migrated',
    'The job engine is not in this database, or is of another version. Run `talkwright migrate` with an address that leads to the database itself, not to a pooler.',
    cause === undefined ? {} : { cause },
  )
}

/** Starts on what `installQueue` has made, without a right to change it. */
async function startAsGuest(boss: PgBoss): Promise<void> {
  try {
    await boss.start()
  } catch (error) {
    // The engine has no code for these two, unlike the database for what goes wrong with it.
    const text = error instanceof Error ? error.message : ''
    throw /^pg-boss (is not installed|database requires)/.test(text) ? notMigrated(error) : error
  }
  const made = new Set((await boss.getQueues()).map(({ name }) => name))
  if ([lostQueue, ...Stage.options].some((name) => !made.has(name))) throw notMigrated()
}

/**
 * Starts pg-boss on the database, with the stages' queues by their rules.
 *
 * @throws AppError `queue_not_migrated` when it may not make them and they are not there.
 */
export async function startBoss(
  database: Database,
  options: EngineOptions,
  log: Log,
): Promise<PgBoss> {
  const boss = makeBoss(database, options, log)
  try {
    if (options.migrates) {
      await boss.start()
      await createQueues(boss, options)
      await indexJobs(database)
    } else {
      await startAsGuest(boss)
    }
  } catch (error) {
    // Its timers go on after a start that failed.
    await boss.stop({ graceful: false })
    throw error
  }
  return boss
}
