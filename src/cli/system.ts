import { randomUUID } from 'node:crypto'
import { ensureFirstWorkspace } from '../access/first-workspace.ts'
import { loadSecrets, type Secrets } from '../access/secrets.ts'
import { createSessions } from '../access/sessions.ts'
import { makeSignInLink } from '../access/sign-in-link.ts'
import type { Config } from '../config.ts'
import type { Slots } from '../domain/capacity.ts'
import type { Log } from '../domain/log.ts'
import { deleteAfterSeconds } from '../domain/retention.ts'
import { createApp } from '../http/app.ts'
import { createFeed, type Feed } from '../live/feed.ts'
import { startSweeper } from '../ops/retention.ts'
import type { PipelineDeps } from '../pipeline/deps.ts'
import { createInboxWriter } from '../pipeline/inbox-writer.ts'
import type { Queue } from '../pipeline/queue/queue.ts'
import { createQueueGauge } from '../pipeline/queue/gauge.ts'
import { type StartedQueue, startQueue } from '../pipeline/queue/start-queue.ts'
import { stageProviders, startWorker } from '../pipeline/worker.ts'
import { createTavusClient } from '../sources/tavus/client.ts'
import type { Database } from '../store/database.ts'
import { readEvents } from '../store/events.ts'
import { openPglite } from '../store/open-pglite.ts'
import { openPostgres } from '../store/open-postgres.ts'
import { makeBuilders, noBuilder } from './builders.ts'
import { behindPooler } from './database.ts'
import { type HttpServer, listen } from './http-server.ts'
import { makeMakers } from './makers.ts'
import { pageFiles } from './page-files.ts'
import { startRunnerProcess } from './runner-process.ts'

export interface SystemOptions {
  config: Config
  log: Log
  version: string
  /** The command line's entry file, to start the runner with. */
  main: URL
  /** The folder of the built page. */
  pageFolder: string
  /** `memory`: nothing of the database stays. */
  storage: 'folder' | 'memory'
  /** Where the built-in runner keeps its builds; absent: no runner is started. */
  buildsFolder?: string
  /** Absent: no jobs are carried out in this process. */
  slots?: Slots
  onFirstStart?: () => void
  /** Called after each commit of this process that added events to a project's log. */
  onCommitted?: (projectId: string) => void
}

/** A running server with all its parts. */
export interface System {
  url: string
  /** The address on this machine. */
  localUrl: string
  startedAt: Date
  database: Database
  pipeline: PipelineDeps
  feed: Feed
  workspaceId: string
  secrets: Secrets
  signInUrl(): Promise<string>
  stop(): Promise<void>
}

const stopMs = 10_000

/** How often what is too old is looked for; a run that finds nothing costs a few index lookups. */
const sweepMs = 10 * 60_000

/** Ends what was started, last first, whatever one of them throws. */
function makeStopper(log: Log): {
  add: (end: () => Promise<void>) => void
  stop: () => Promise<void>
} {
  const ends: (() => Promise<void>)[] = []
  return {
    add: (end) => {
      ends.push(end)
    },
    stop: async () => {
      for (const end of ends.splice(0).reverse()) {
        try {
          await end()
        } catch (error) {
          log.error({ error: String(error) }, 'stop.failed')
        }
      }
    },
  }
}

/** Waits for both, also when one fails, so that what the other has started can be ended. */
async function startBoth<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([one, other])
  return Promise.all([one, other])
}

/**
 * Opens the database and, as soon as the data folder is this process's own, starts the builder
 * beside it: a builder in somebody else's folder would end their builds.
 */
async function openBoth(
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

interface Parts extends PipelineParts {
  feed: Feed
}

/** The stages' outside as the settings want it. */
export function makePipeline(
  options: Pick<SystemOptions, 'config' | 'log'>,
  parts: PipelineParts,
  committed: PipelineDeps['committed'],
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
    committed,
  }
}

function serveApp(
  options: SystemOptions,
  parts: Parts,
  pipeline: PipelineDeps,
  http: HttpServer,
): void {
  const { config } = options
  const app = createApp({
    pipeline,
    authentication: {
      db: parts.database.db,
      sessions: createSessions(parts.secrets.sessionKey),
      clock: pipeline.clock,
      ...(config.TALKWRIGHT_ADMIN_KEY !== undefined && { adminKey: config.TALKWRIGHT_ADMIN_KEY }),
    },
    feed: parts.feed,
    gauge: createQueueGauge({
      database: parts.database,
      busy: config.TALKWRIGHT_BUSY,
      clock: pipeline.clock,
    }),
    tavusToken: parts.secrets.tavusCallbackToken,
    publicUrl: parts.publicUrl,
    version: options.version,
    page: pageFiles(options.pageFolder),
    notReady: async () => {
      try {
        await parts.database.db.selectFrom('workspaces').select('id').limit(1).execute()
        return []
      } catch {
        return ['database']
      }
    },
  })
  http.handle((request) => app.fetch(request))
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

/** A process that reaches no builder leaves the builds to those that do. */
function allowedSlots({ config, buildsFolder }: SystemOptions, slots: Slots): Slots {
  const reachesBuilder = config.KIRO_API_URL !== undefined || buildsFolder !== undefined
  return reachesBuilder ? slots : { ...slots, build: 0 }
}

function openQueue(
  { config, log }: SystemOptions,
  database: Database,
  makers: Parts['makers'],
): Promise<StartedQueue> {
  return startQueue({
    database,
    log,
    engine: {
      keepFinishedSeconds: deleteAfterSeconds(config.TALKWRIGHT_RETENTION),
      migrates: database.engine.kind === 'pglite' || config.DATABASE_POOLER === 'none',
    },
    limits: config.TALKWRIGHT_LIMITS,
    providers: stageProviders(makers),
  })
}

/**
 * Starts everything that a server is made of, in one process but for the build runner.
 *
 * @throws AppError `data_in_use`, `database_unreachable`, `port_in_use`, `runner_not_started`
 */
export async function startSystem(options: SystemOptions): Promise<System> {
  const { config, log } = options
  const stopper = makeStopper(log)
  const startedAt = new Date()
  try {
    const secrets = await gatherSecrets(options)
    const http = await listen(config.HOST, config.PORT)
    stopper.add(() => http.close())
    const localUrl = `http://127.0.0.1:${http.port}`
    const publicUrl = (config.TALKWRIGHT_URL ?? localUrl).replace(/\/+$/, '')
    const [builderUrl, database] = await openBoth(options, secrets, stopper.add)
    const { workspaceId, ownerId } = await ensureFirstWorkspace(database, randomUUID)
    const makers = makeMakers(options)
    const { queue, workers } = await openQueue(options, database, makers)
    stopper.add(() => workers.stop(stopMs))
    if (database.engine.kind === 'pglite') await workers.recover()
    const feed = createFeed({
      read: (projectId, after, limit) => readEvents(database.db, projectId, after, limit),
      sweepMs: 1_000,
    })
    const parts = { database, queue, makers, secrets, builderUrl, feed, localUrl, publicUrl }
    const pipeline = makePipeline(options, parts, (projectId) => {
      feed.poke(projectId)
      options.onCommitted?.(projectId)
    })
    serveApp(options, parts, pipeline, http)
    if (options.slots !== undefined) {
      const worker = startWorker(pipeline, workers, allowedSlots(options, options.slots))
      stopper.add(() => worker.stop())
      const sweeping = { db: database.db, clock: pipeline.clock, id: pipeline.id, log }
      const sweeper = startSweeper(sweeping, config.TALKWRIGHT_RETENTION, sweepMs)
      stopper.add(() => sweeper.stop())
    }
    stopper.add(() => pipeline.inbox.close())
    // First nothing more comes in, so that no request meets a part that has ended.
    stopper.add(() => http.close())
    stopper.add(async () => feed.close())
    return {
      url: publicUrl,
      localUrl,
      startedAt,
      database,
      pipeline,
      feed,
      workspaceId,
      secrets,
      signInUrl: async () => {
        const subject = { workspaceId, userId: ownerId }
        const token = await makeSignInLink(database.db, subject, pipeline.clock())
        return `${publicUrl}/sign-in/${token}`
      },
      stop: stopper.stop,
    }
  } catch (error) {
    await stopper.stop()
    throw error
  }
}
