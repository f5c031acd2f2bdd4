import { randomUUID } from 'node:crypto'
import { deleteAfterSeconds } from '../domain/retention.ts'
import type { PipelineDeps } from '../pipeline/deps.ts'
import { createInboxWriter } from '../pipeline/inbox-writer.ts'
import { startQueue } from '../pipeline/queue/start-queue.ts'
import type { Context } from './context.ts'
import { withDatabase } from './database.ts'
import { makeBuilders, noBuilder } from './builders.ts'
import { makeMakers } from './makers.ts'
import { gatherSecrets } from './make-pipeline.ts'

/**
 * Gives a command what the stages are made of, on the configured database, without carrying out jobs.
 *
 * @throws AppError `data_in_use`, `database_unreachable`
 */
export async function withPipeline<T>(
  context: Context,
  run: (pipeline: PipelineDeps) => Promise<T>,
): Promise<T> {
  const { config, log } = context
  return withDatabase(context, async (database) => {
    const { queue, workers } = await startQueue({
      database,
      log,
      engine: {
        supervises: false,
        keepFinishedSeconds: deleteAfterSeconds(config.TALKWRIGHT_RETENTION),
      },
    })
    const clock = () => new Date()
    const secrets = await gatherSecrets(context)
    try {
      return await run({
        database,
        queue,
        inbox: createInboxWriter({ database, queue, clock }),
        ...makeMakers(context),
        // Without a named builder the server's own reconciler tells the one beside it.
        builders: makeBuilders(config, secrets, noBuilder, 10_000),
        buildWebhooks: {
          url: `${config.TALKWRIGHT_URL ?? noBuilder}/webhooks/kiro`,
          secret: secrets.buildWebhookSecret,
        },
        approval: config.TALKWRIGHT_APPROVAL,
        prices: config.TALKWRIGHT_PRICES,
        clock,
        id: randomUUID,
        random: Math.random,
        log,
        committed: () => undefined,
        changed: () => undefined,
      })
    } finally {
      await workers.stop(0)
    }
  })
}
