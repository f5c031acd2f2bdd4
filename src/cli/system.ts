import { randomUUID } from 'node:crypto'
import { createConnectionLimits } from '../access/connection-limits.ts'
import { ensureFirstWorkspace } from '../access/first-workspace.ts'
import type { RateLimits } from '../access/rate-limits.ts'
import type { Secrets } from '../access/secrets.ts'
import { createSessions } from '../access/sessions.ts'
import { makeSignInLink } from '../access/sign-in-link.ts'
import type { Slots } from '../domain/capacity.ts'
import type { Log } from '../domain/log.ts'
import { deleteAfterSeconds } from '../domain/retention.ts'
import { createApp } from '../http/app.ts'
import type { Feed } from '../live/feed.ts'
import { createLive, type Live } from '../live/live.ts'
import { startSweeper } from '../ops/retention.ts'
import type { Models } from '../model/create-models.ts'
import type { PipelineDeps } from '../pipeline/deps.ts'
import { createQueueGauge } from '../pipeline/queue/gauge.ts'
import { type StartedQueue, startQueue } from '../pipeline/queue/start-queue.ts'
import { stageProviders, startWorker } from '../pipeline/worker.ts'
import type { Database } from '../store/database.ts'
import { addressOf } from './address-of.ts'
import { type HttpServer, listen } from './http-server.ts'
import { gatherSecrets, makePipeline, type PipelineParts } from './make-pipeline.ts'
import { createMakers } from './makers.ts'
import { makeModels } from './models.ts'
import { openBoth } from './open-both.ts'
import { openBus } from './open-bus.ts'
import { openRates } from './open-rates.ts'
import { pageFiles } from './page-files.ts'
import { makeOidc, makeTokens } from './sign-in-parts.ts'
import type { SystemOptions } from './system-options.ts'
import { upgradeOnNode } from './upgrade.ts'

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

interface Parts extends PipelineParts {
  models: Models
  live: Live
  rates: RateLimits
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
      sessions: createSessions(parts.database.db),
      id: pipeline.id,
      signUp: config.TALKWRIGHT_SIGN_UP,
      ...makeTokens(config, pipeline.log),
      clock: pipeline.clock,
      ...(config.TALKWRIGHT_ADMIN_KEY !== undefined && { adminKey: config.TALKWRIGHT_ADMIN_KEY }),
    },
    live: parts.live,
    upgrade: upgradeOnNode,
    gauge: createQueueGauge({
      database: parts.database,
      busy: config.TALKWRIGHT_BUSY,
      clock: pipeline.clock,
    }),
    breakers: parts.models.breakers,
    rates: parts.rates,
    connections: createConnectionLimits(config.TALKWRIGHT_CONNECTIONS),
    addressOf: addressOf(config.TALKWRIGHT_PROXIES),
    ...makeOidc(config, {
      publicUrl: parts.publicUrl,
      sessionKey: parts.secrets.sessionKey,
      clock: pipeline.clock,
    }),
    tavusToken: parts.secrets.tavusCallbackToken,
    ...(config.TAVUS_API_KEY !== undefined && {
      calls: {
        origin: new URL(config.TAVUS_CALL_URL).origin,
        palId: config.TAVUS_PAL_ID ?? null,
      },
    }),
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
  http.handle((request, bindings) => app.fetch(request, bindings))
}

function openLive({ config, log }: SystemOptions, database: Database): Live {
  return createLive({
    db: database.db,
    clock: () => new Date(),
    log,
    bus: (listener) => openBus(config, database, { ...listener, id: randomUUID(), log }),
  })
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
      registers: true,
    },
    limits: config.TALKWRIGHT_LIMITS,
    providers: stageProviders(makers),
  })
}

/** Carries jobs out and does away with what is too old, in a process that is to work. */
function startWork(
  options: SystemOptions,
  pipeline: PipelineDeps,
  workers: StartedQueue['workers'],
  onStop: (end: () => Promise<void>) => void,
): void {
  if (options.slots === undefined) return
  const worker = startWorker(pipeline, workers, allowedSlots(options, options.slots))
  onStop(() => worker.stop())
  const { database, clock, id, log } = pipeline
  const sweeping = { db: database.db, clock, id, log }
  const sweeper = startSweeper(sweeping, options.config.TALKWRIGHT_RETENTION, sweepMs)
  onStop(() => sweeper.stop())
}

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
    const models = makeModels(config, log)
    const makers = createMakers({ models, version: options.version, log })
    const { queue, workers } = await openQueue(options, database, makers)
    stopper.add(() => workers.stop(stopMs))
    if (database.engine.kind === 'pglite') await workers.recover()
    const live = openLive(options, database)
    const rates = openRates(config, log)
    stopper.add(() => rates.close())
    const addresses = { builderUrl, localUrl, publicUrl }
    const parts = {
      database,
      queue,
      makers,
      models,
      secrets,
      live,
      rates: rates.limits,
      ...addresses,
    }
    const pipeline = makePipeline(options, parts, {
      committed: (projectId) => {
        live.committed(projectId)
        options.onCommitted?.(projectId)
      },
      changed: (workspaceId) => live.news.changed(workspaceId),
    })
    serveApp(options, parts, pipeline, http)
    startWork(options, pipeline, workers, stopper.add)
    stopper.add(() => pipeline.inbox.close())
    // First nothing more comes in, so that no request meets a part that has ended.
    stopper.add(() => http.close())
    stopper.add(() => live.close())
    const told = { url: publicUrl, localUrl, startedAt, database, pipeline, workspaceId, secrets }
    return {
      ...told,
      feed: live.feed,
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
