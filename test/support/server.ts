import { randomUUID } from 'node:crypto'
import type { OpenAPIHono } from '@hono/zod-openapi'
import { ensureFirstWorkspace } from '../../src/access/first-workspace.ts'
import { randomWebhookSecret } from '../../src/access/random-token.ts'
import { createSessions } from '../../src/access/sessions.ts'
import { oneBuilder } from '../../src/builds/builders.ts'
import { type BuildClient, createBuildClient } from '../../src/builds/client.ts'
import type { ProjectEvent } from '../../src/domain/event.ts'
import type { Slots } from '../../src/domain/capacity.ts'
import { type Busy, defaultBusy } from '../../src/domain/backlog.ts'
import { silentLog } from '../../src/domain/log.ts'
import { publishedPrices } from '../../src/domain/price-table.ts'
import { upgradeOnNode } from '../../src/cli/upgrade.ts'
import { createApp } from '../../src/http/app.ts'
import type { HttpDeps } from '../../src/http/deps.ts'
import type { Feed } from '../../src/live/feed.ts'
import { createLive, type Live, type LiveOptions } from '../../src/live/live.ts'
import type { PipelineDeps } from '../../src/pipeline/deps.ts'
import { createInboxWriter } from '../../src/pipeline/inbox-writer.ts'
import { createQueueGauge } from '../../src/pipeline/queue/gauge.ts'
import { startQueue } from '../../src/pipeline/queue/start-queue.ts'
import { startWorker } from '../../src/pipeline/worker.ts'
import type { TestDatabase } from './databases.ts'
import { offlineMakers } from './offline-makers.ts'

export const adminKey = 'the-admin-key-of-the-tests'
export const tavusToken = 'the-callback-token-of-the-tests'

/** A server without a listening port: requests go in by `app.request`. */
export interface TestServer {
  app: OpenAPIHono
  deps: HttpDeps
  pipeline: PipelineDeps
  feed: Feed
  workspaceId: string
  ownerId: string
  /** A request with the admin key; a body is sent as JSON. */
  call: (method: string, path: string, body?: unknown) => Promise<Response>
  /** Posts a body as Tavus would. */
  tavus: (body: unknown) => Promise<Response>
  /** Resolves with the first event of a project that the test is true for. */
  until: (projectId: string, test: (event: ProjectEvent) => boolean) => Promise<ProjectEvent>
  stop: () => Promise<void>
}

/** Whatever a test does not say; the builder is unreachable unless it says where one is. */
export interface TestServerOptions extends Partial<PipelineDeps> {
  builderUrl?: string
  /** The client of the only builder. */
  builder?: BuildClient
  builderKey?: string
  worker?: boolean
  slots?: Partial<Slots>
  busy?: Busy
  live?: NonNullable<LiveOptions['tuning']>
  bus?: NonNullable<LiveOptions['bus']>
}

async function firstEvent(
  feed: Feed,
  projectId: string,
  test: (event: ProjectEvent) => boolean,
): Promise<ProjectEvent> {
  const found = new AbortController()
  try {
    for await (const event of feed.follow(projectId, 0, found.signal)) {
      if (test(event)) return event
    }
  } finally {
    found.abort()
  }
  throw new Error('The feed ended before the event came.')
}

function makePipelineDeps(
  database: TestDatabase,
  queue: PipelineDeps['queue'],
  live: Live,
  options: TestServerOptions,
): PipelineDeps {
  const { builderUrl, builderKey, builder, analyst, ...others } = options
  const { worker: _worker, busy: _busy, live: _live, bus: _bus, ...overrides } = others
  const clock = () => new Date()
  return {
    database,
    queue,
    inbox: createInboxWriter({ database, queue, clock }),
    ...offlineMakers(analyst),
    builders: oneBuilder(
      builder ??
        createBuildClient({
          baseUrl: builderUrl ?? 'http://127.0.0.1:9',
          apiKey: builderKey ?? 'none',
          fetch,
          timeoutMs: 5_000,
        }),
    ),
    buildWebhooks: { url: 'http://127.0.0.1:9/webhooks/kiro', secret: randomWebhookSecret() },
    approval: 'manual',
    prices: [publishedPrices],
    clock,
    id: randomUUID,
    random: Math.random,
    log: silentLog,
    committed: (projectId) => live.committed(projectId),
    changed: (workspaceId) => live.news.changed(workspaceId),
    ...overrides,
  }
}

function openLive({ db }: TestDatabase, { live = {}, bus }: TestServerOptions) {
  const options = { db, clock: () => new Date(), log: silentLog, tuning: live }
  return createLive({ ...options, ...(bus && { bus }) })
}

const fewSlots: Slots = { ingest: 2, fetch: 1, analyse: 2, plan: 2, build: 1 }

/** Composes a whole server on a test's database, with its worker. */
export async function startTestServer(
  database: TestDatabase,
  options: TestServerOptions = {},
): Promise<TestServer> {
  const { workspaceId, ownerId } = await ensureFirstWorkspace(database, randomUUID)
  const { queue, workers } = await startQueue({ database, log: silentLog })
  const live = openLive(database, options)
  const { feed } = live
  const pipeline = makePipelineDeps(database, queue, live, options)
  const deps: HttpDeps = {
    pipeline,
    authentication: {
      db: database.db,
      sessions: createSessions(database.db),
      id: randomUUID,
      signUp: 'invited',
      adminKey,
      clock: pipeline.clock,
    },
    live,
    upgrade: upgradeOnNode,
    gauge: createQueueGauge({ database, busy: options.busy ?? defaultBusy, clock: pipeline.clock }),
    tavusToken,
    publicUrl: 'http://localhost',
    version: 'test',
    notReady: async () => [],
  }
  const app = createApp(deps)
  const worker =
    options.worker === false
      ? undefined
      : startWorker(pipeline, workers, { ...fewSlots, ...options.slots })
  return {
    app,
    deps,
    pipeline,
    feed,
    workspaceId,
    ownerId,
    call: async (method, path, body) =>
      app.request(path, {
        method,
        headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    tavus: async (body) =>
      app.request(`/webhooks/tavus/${tavusToken}`, {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    until: (projectId, test) => firstEvent(feed, projectId, test),
    stop: async () => {
      await pipeline.inbox.close()
      await live.close()
      await worker?.stop()
      await workers.stop(5_000)
    },
  }
}
