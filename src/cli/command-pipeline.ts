import { randomUUID } from 'node:crypto'
import { loadSecrets } from '../access/secrets.ts'
import { createBuildClient } from '../builds/client.ts'
import { deleteAfterSeconds } from '../domain/retention.ts'
import type { PipelineDeps } from '../pipeline/deps.ts'
import { createInboxWriter } from '../pipeline/inbox-writer.ts'
import { startQueue } from '../pipeline/queue/start-queue.ts'
import type { Context } from './context.ts'
import { withDatabase } from './database.ts'
import { makeMakers } from './makers.ts'

/** Nobody answers there; the server's own reconciler then tells its builder. */
const noBuilder = 'http://127.0.0.1:9'

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
    const secrets = await loadSecrets(config.TALKWRIGHT_DATA)
    try {
      return await run({
        database,
        queue,
        inbox: createInboxWriter({ database, queue, clock }),
        ...makeMakers(context),
        builder: createBuildClient({
          baseUrl: config.KIRO_API_URL ?? noBuilder,
          apiKey: config.KIRO_API_KEY ?? secrets.buildApiKey,
          fetch,
          timeoutMs: 10_000,
        }),
        buildWebhooks: {
          url: `${config.TALKWRIGHT_URL ?? noBuilder}/webhooks/kiro`,
          secret: config.KIRO_WEBHOOK_SECRET ?? secrets.buildWebhookSecret,
        },
        approval: config.TALKWRIGHT_APPROVAL,
        prices: config.TALKWRIGHT_PRICES,
        clock,
        id: randomUUID,
        random: Math.random,
        log,
        committed: () => undefined,
      })
    } finally {
      await workers.stop(0)
    }
  })
}
