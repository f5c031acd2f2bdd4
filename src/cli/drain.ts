import type { Config } from '../config.ts'
import type { Slots } from '../domain/capacity.ts'
import { invalidInput } from '../domain/errors.ts'
import { drain } from '../pipeline/drain.ts'
import { startQueue } from '../pipeline/queue/start-queue.ts'
import { stageProviders } from '../pipeline/worker.ts'
import type { Database } from '../store/database.ts'
import type { Context } from './context.ts'
import { withDatabase } from './database.ts'
import { noBuilder } from './builders.ts'
import { makeMakers } from './makers.ts'
import { gatherSecrets, makePipeline } from './make-pipeline.ts'

/** What a claimed job has to finish: a minute, or half of a pass that is shorter than two. */
function reserveFor(seconds: number): number {
  return Math.min(60_000, seconds * 500)
}

/** Builds are ordered by those who a builder can answer: no server of ours is up in between. */
function drainSlots(config: Config): Slots {
  const answered = config.KIRO_API_URL !== undefined && config.TALKWRIGHT_URL !== undefined
  return answered ? config.TALKWRIGHT_SLOTS : { ...config.TALKWRIGHT_SLOTS, build: 0 }
}

/**
 * One time-boxed pass over the queue, as a cron job on a host without a worker makes it.
 *
 * @throws AppError `bad_seconds`, `queue_not_migrated`, `data_in_use`, `database_unreachable`
 */
export async function drainCommand(context: Context, seconds: number): Promise<void> {
  const { config, log, output, stopped } = context
  if (seconds < 2 || seconds > 86_400) {
    throw invalidInput('bad_seconds', 'A drain takes from 2 seconds to a day; see --seconds.')
  }
  const deadline = new Date(Date.now() + seconds * 1_000)
  const secrets = await gatherSecrets(context)
  const carryOut = async (database: Database) => {
    const makers = makeMakers(context)
    const embedded = database.engine.kind === 'pglite'
    const { queue, workers } = await startQueue({
      database,
      log,
      engine: { migrates: embedded, supervises: false },
      limits: config.TALKWRIGHT_LIMITS,
      providers: stageProviders(makers),
    })
    try {
      if (embedded) await workers.recover()
      const url = (config.TALKWRIGHT_URL ?? 'http://127.0.0.1:9').replace(/\/+$/, '')
      const places = { builderUrl: noBuilder, localUrl: url, publicUrl: url }
      const pipeline = makePipeline(
        context,
        { database, queue, makers, secrets, ...places },
        { committed: () => undefined, changed: () => undefined },
      )
      const reserveMs = reserveFor(seconds)
      const options = { slots: drainSlots(config), deadline, reserveMs, signal: stopped }
      const drained = await drain(pipeline, workers, options)
      output.result(
        drained.end === 'empty'
          ? `Nothing is left to do; ${drained.started} jobs were started.`
          : `The time is up; ${drained.started} jobs were started and more may wait.`,
        { event: 'drained', ...drained },
      )
    } finally {
      await workers.stop(0)
    }
  }
  await withDatabase(context, carryOut, { max: config.DATABASE_CONNECTIONS, migrates: false })
}
