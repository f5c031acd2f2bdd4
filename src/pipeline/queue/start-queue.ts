import { sql } from 'kysely'
import { startEngine } from './engine.ts'
import type { Lane } from './lane.ts'
import type { Queue } from './queue.ts'
import { defaultEngineOptions, type EngineOptions } from './start-boss.ts'
import type { LaneParts, QueueSettings } from './stage-lanes.ts'
import { createWake } from './wake.ts'
import { makeWorkers, type Workers } from './workers.ts'
import { makeQueue } from './write-queue.ts'
import { advisoryLocks } from '../../store/advisory-locks.ts'

export interface QueueOptions extends QueueSettings {
  engine?: Partial<EngineOptions>
}

export interface StartedQueue {
  queue: Queue
  workers: Workers
}

/**
 * Makes the job engine's tables and queues, or brings them up to date, for processes that start with
 * `migrates: false`. Needs a connection that stays ours, so no pooler in transaction mode.
 */
export async function installQueue(options: QueueOptions): Promise<void> {
  const { database, log } = options
  const wanted = { ...defaultEngineOptions, ...options.engine, migrates: true, supervises: false }
  const engine = await startEngine(database, wanted, log)
  try {
    await database.db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(${advisoryLocks.queueGrants}::bigint)`.execute(tx)
      // As on every table of ours: this role may work, and change nothing of the schema.
      for (const right of [
        sql`usage on schema pgboss`,
        sql`select, insert, update, delete on all tables in schema pgboss`,
        sql`execute on all functions in schema pgboss`,
      ]) {
        await sql`grant ${right} to service_role`.execute(tx)
      }
    })
  } finally {
    await engine.stop()
  }
}

/**
 * Starts the job engine and gives both ends of it: the queue that stages write to, and the workers
 * that carry its jobs out.
 *
 * @throws AppError `queue_not_migrated` when it may not make what it needs and that is not there, and
 *   whatever the database throws when it is not reachable.
 */
export async function startQueue(options: QueueOptions): Promise<StartedQueue> {
  const { database, log } = options
  const engine = await startEngine(database, { ...defaultEngineOptions, ...options.engine }, log)
  const lanes: Lane[] = []
  const poke = (name: string) => {
    for (const lane of lanes) if (lane.name === name) lane.call()
  }
  const wake = createWake({
    engine: database.engine,
    onWork: poke,
    onGap: () => lanes.forEach((lane) => void lane.poke()),
    log,
  })
  /** Lanes here take what they have room for; only what is beyond that is news for others. */
  const announce = (names: Set<string>): void => {
    const here = (name: string) => lanes.some((lane) => lane.name === name && lane.freeSlots() > 0)
    const elsewhere = [...names].filter((name) => !here(name))
    for (const name of names) poke(name)
    if (elsewhere.length > 0) wake.announce(elsewhere)
  }
  const parts: LaneParts = {
    options,
    engine,
    onFreed: (stages) => {
      for (const stage of stages) poke(stage)
      wake.announce(stages)
    },
  }
  const workers = makeWorkers(parts, lanes, async () => {
    await wake.close()
    await engine.stop()
  })
  return { queue: makeQueue(engine, announce), workers }
}
