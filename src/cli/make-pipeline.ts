import { randomUUID } from 'node:crypto'
import { loadSecrets, type Secrets } from '../access/secrets.ts'
import type { PipelineDeps } from '../pipeline/deps.ts'
import { createInboxWriter } from '../pipeline/inbox-writer.ts'
import type { Queue } from '../pipeline/queue/queue.ts'
import { createTavusClient } from '../sources/tavus/client.ts'
import type { Database } from '../store/database.ts'
import { makeBuilders } from './builders.ts'
import type { SystemOptions } from './system-options.ts'

/** Secrets that the environment gives stand before those of the data folder. */
export async function gatherSecrets({ config }: Pick<SystemOptions, 'config'>): Promise<Secrets> {
  const stored = await loadSecrets(config.TALKWRIGHT_DATA)
  return {
    ...stored,
    ...(config.TAVUS_CALLBACK_TOKEN !== undefined && {
      tavusCallbackToken: config.TAVUS_CALLBACK_TOKEN,
    }),
    ...(config.KIRO_API_KEY !== undefined && { buildApiKey: config.KIRO_API_KEY }),
    ...(config.KIRO_WEBHOOK_SECRET !== undefined && {
      buildWebhookSecret: config.KIRO_WEBHOOK_SECRET,
    }),
  }
}

export interface PipelineParts {
  database: Database
  queue: Queue
  makers: Pick<PipelineDeps, 'analyst' | 'planner'>
  secrets: Secrets
  /** Of the builder that was started beside this process. */
  builderUrl: string
  localUrl: string
  publicUrl: string
}

/** The stages' outside as the settings want it. */
export function makePipeline(
  options: Pick<SystemOptions, 'config' | 'log'>,
  parts: PipelineParts,
  told: Pick<PipelineDeps, 'committed' | 'changed'>,
): PipelineDeps {
  const { config, log } = options
  const clock = () => new Date()
  // A builder elsewhere reaches us by the public address; our own runner by the loopback one.
  const webhookBase = config.KIRO_API_URL === undefined ? parts.localUrl : parts.publicUrl
  return {
    database: parts.database,
    queue: parts.queue,
    inbox: createInboxWriter({ database: parts.database, queue: parts.queue, clock }),
    ...parts.makers,
    builders: makeBuilders(config, parts.secrets, parts.builderUrl),
    ...(config.TAVUS_API_KEY !== undefined && {
      tavus: createTavusClient({
        apiKey: config.TAVUS_API_KEY,
        baseUrl: config.TAVUS_BASE_URL,
        fetch,
        clock,
      }),
    }),
    buildWebhooks: {
      url: `${webhookBase}/webhooks/kiro`,
      secret: parts.secrets.buildWebhookSecret,
    },
    approval: config.TALKWRIGHT_APPROVAL,
    prices: config.TALKWRIGHT_PRICES,
    clock,
    id: randomUUID,
    random: Math.random,
    log,
    ...told,
  }
}
