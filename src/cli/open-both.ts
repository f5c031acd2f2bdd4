import { randomUUID } from 'node:crypto'
import type { Secrets } from '../access/secrets.ts'
import type { Database } from '../store/database.ts'
import { openPglite } from '../store/open-pglite.ts'
import { openPostgres } from '../store/open-postgres.ts'
import { noBuilder } from './builders.ts'
import { behindPooler } from './database.ts'
import { startRunnerProcess } from './runner-process.ts'
import type { SystemOptions } from './system-options.ts'

/** Waits for both, also when one fails, so that what the other has started can be ended. */
async function startBoth<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([one, other])
  return Promise.all([one, other])
}

/**
 * Opens the database and, as soon as the data folder is this process's own, starts the builder
 * beside it: a builder in somebody else's folder would end their builds.
 */
export async function openBoth(
  options: SystemOptions,
  secrets: Secrets,
  onStop: (end: () => Promise<void>) => void,
): Promise<[string, Database]> {
  const locked = Promise.withResolvers<void>()
  const opening = openConfigured(options, locked.resolve).then((database) => {
    onStop(() => database.close())
    return database
  })
  opening.catch(locked.reject)
  const building = locked.promise.then(() => startBuilder(options, secrets, onStop))
  return startBoth(building, opening)
}

async function openConfigured(options: SystemOptions, onLocked: () => void): Promise<Database> {
  const { config, log } = options
  if (config.DATABASE_URL !== undefined && options.storage === 'folder') {
    onLocked()
    return openPostgres({
      connectionString: config.DATABASE_URL,
      max: config.DATABASE_CONNECTIONS,
      ...behindPooler(config),
      onError: (error) => log.error({ error: error.message }, 'database.connection_lost'),
    })
  }
  const database = await openPglite({
    ...(options.storage === 'folder' && { folder: config.TALKWRIGHT_DATA }),
    ...(options.onFirstStart && { onFirstStart: options.onFirstStart }),
    token: randomUUID(),
    onLocked,
  })
  if (!database.durable) log.warn({}, 'database.not_flushed')
  return database
}

async function startBuilder(
  options: SystemOptions,
  secrets: Secrets,
  onStop: (end: () => Promise<void>) => void,
): Promise<string> {
  const { config, buildsFolder } = options
  // Where none is started nobody is asked: see allowedSlots.
  if (config.KIRO_API_URL !== undefined || buildsFolder === undefined) return noBuilder
  const runner = await startRunnerProcess({
    main: options.main,
    root: buildsFolder,
    apiKey: secrets.buildApiKey,
    webhookSecret: secrets.buildWebhookSecret,
    log: options.log,
    environment: {
      PATH: config.PATH,
      HOME: config.HOME,
      TALKWRIGHT_AGENT: JSON.stringify(config.TALKWRIGHT_AGENT),
      TALKWRIGHT_SANDBOX: config.TALKWRIGHT_SANDBOX,
      ...(config.TALKWRIGHT_DELIVER && {
        TALKWRIGHT_DELIVER: JSON.stringify(config.TALKWRIGHT_DELIVER),
      }),
      ...(config.TALKWRIGHT_DELIVER_TOKEN !== undefined && {
        TALKWRIGHT_DELIVER_TOKEN: config.TALKWRIGHT_DELIVER_TOKEN,
      }),
    },
  })
  onStop(() => runner.stop())
  return runner.url
}
