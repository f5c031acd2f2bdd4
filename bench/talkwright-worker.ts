// Talkwright's own process as the benches use it: the real stages on the real queue, with an
// instant analyst and planner. Everything that depends on how the parts are put together is here.
import { randomUUID } from 'node:crypto'
import { completeOne } from '../src/pipeline/queue/complete-one.ts'
import { ensureFirstWorkspace } from '../src/access/first-workspace.ts'
import { randomWebhookSecret } from '../src/access/random-token.ts'
import { createSessions } from '../src/access/sessions.ts'
import { oneBuilder } from '../src/builds/builders.ts'
import { createBuildClient } from '../src/builds/client.ts'
import { listen } from '../src/cli/http-server.ts'
import { upgradeOnNode } from '../src/cli/upgrade.ts'
import { defaultBusy } from '../src/domain/backlog.ts'
import { silentLog } from '../src/domain/log.ts'
import { publishedPrices } from '../src/domain/price-table.ts'
import { createApp } from '../src/http/app.ts'
import { createLive } from '../src/live/live.ts'
import { createPostgresBus } from '../src/live/postgres-bus.ts'
import type { PipelineDeps } from '../src/pipeline/deps.ts'
import { createInboxWriter } from '../src/pipeline/inbox-writer.ts'
import type { Attempt } from '../src/pipeline/queue/queue.ts'
import { createQueueGauge } from '../src/pipeline/queue/gauge.ts'
import { startQueue } from '../src/pipeline/queue/start-queue.ts'
import { acceptTavusWebhook } from '../src/pipeline/tavus-webhooks.ts'
import { transact } from '../src/pipeline/transact.ts'
import { type Reconciler, startWorker } from '../src/pipeline/worker.ts'
import { openPostgres } from '../src/store/open-postgres.ts'
import { monotonicMs, serveChild } from './support/child.ts'
import { instantAnalyst, instantPlanner } from './support/instant.ts'
import { SendOne, SendTalks, WorkerSettings } from './support/settings.ts'
import { conversationId, transcriptBody } from './support/talks.ts'

const stopMs = 10_000

async function compose(settings: WorkerSettings) {
  const database = await openPostgres({
    connectionString: settings.url,
    max: settings.connections,
    onError: () => undefined,
  })
  await ensureFirstWorkspace(database, randomUUID)
  const { queue, workers } = await startQueue({ database, log: silentLog })
  const live = createLive({
    db: database.db,
    clock: () => new Date(),
    log: silentLog,
    bus: (listener) =>
      createPostgresBus(database.engine, { ...listener, id: randomUUID(), log: silentLog }),
  })
  /** When each project's last commit here was over, in milliseconds since 1970. */
  const committed = new Map<string, number>()
  const clock = () => new Date()
  const pipeline: PipelineDeps = {
    database,
    queue,
    inbox: createInboxWriter({ database, queue, clock }),
    analyst: instantAnalyst(settings.analysisMs),
    planner: instantPlanner,
    // Nobody answers there and nobody is asked: every plan waits for its approval.
    builders: oneBuilder(
      createBuildClient({
        baseUrl: 'http://127.0.0.1:9',
        apiKey: 'none',
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
    changed: (workspaceId) => live.news.changed(workspaceId),
    committed: (projectId) => {
      committed.set(projectId, performance.timeOrigin + performance.now())
      live.committed(projectId)
    },
  }
  return { database, queue, workers, live, pipeline, committed }
}

type Parts = Awaited<ReturnType<typeof compose>>

async function openHttp({ pipeline, database, live }: Parts, settings: WorkerSettings) {
  const http = await listen('127.0.0.1', settings.port)
  const app = createApp({
    pipeline,
    authentication: {
      db: database.db,
      sessions: createSessions(database.db),
      id: randomUUID,
      signUp: 'invited',
      adminKey: settings.adminKey,
      clock: pipeline.clock,
    },
    live,
    upgrade: upgradeOnNode,
    gauge: createQueueGauge({ database, busy: defaultBusy, clock: pipeline.clock }),
    tavusToken: settings.tavusToken,
    publicUrl: 'http://127.0.0.1',
    version: 'bench',
    notReady: async () => [],
  })
  http.handle((request, bindings) => app.fetch(request, bindings))
  return http
}

/** Takes in talks by the way that a webhook takes, a few at a time. */
async function seed({ pipeline }: Parts, argument: unknown): Promise<void> {
  const { prefix, count, bytes } = SendTalks.parse(argument)
  let next = 0
  const lane = async () => {
    while (next < count) {
      const id = conversationId(prefix, (next += 1))
      await acceptTavusWebhook(pipeline, JSON.parse(transcriptBody(id, bytes)))
    }
  }
  await Promise.all(Array.from({ length: 8 }, lane))
}

/** For the latency bench: jobs that do nothing but say when they began. */
function latencyCommands({ queue, workers, pipeline }: Parts) {
  const starts: Record<string, number> = {}
  const nothing = async () => undefined
  const ingest = async (attempt: Attempt<'ingest'>) => {
    starts[attempt.data.inboxId] = monotonicMs()
    await transact(pipeline, (tx) => completeOne(queue, tx, attempt))
  }
  const stages = { ingest, fetch: nothing, analyse: nothing, plan: nothing, build: nothing }
  return {
    listen: async () =>
      workers.work(
        { stages, lost: nothing },
        { ingest: 4, fetch: 0, analyse: 0, plan: 0, build: 0 },
      ),
    starts: async () => starts,
    send: async (argument: unknown) => {
      const { id } = SendOne.parse(argument)
      const before = monotonicMs()
      const job = { data: { inboxId: id }, key: id }
      await transact(pipeline, (tx) => queue.send(tx, 'ingest', [job]))
      return before
    },
  }
}

await serveChild(WorkerSettings, async (settings) => {
  const parts = await compose(settings)
  const http = settings.http ? await openHttp(parts, settings) : undefined
  let worker: Reconciler | undefined
  return {
    ...latencyCommands(parts),
    port: async () => http?.port,
    seed: (argument) => seed(parts, argument),
    go: async () => {
      const slots = { ...settings.slots, fetch: 1, build: 1 }
      worker = startWorker(parts.pipeline, parts.workers, slots)
    },
    committed: async () => Object.fromEntries(parts.committed),
    stop: async () => {
      // First: it ends the connections that a server waits for when it closes.
      await parts.live.close()
      await http?.close()
      await parts.pipeline.inbox.close()
      await worker?.stop()
      await parts.workers.stop(stopMs)
      await parts.database.close()
    },
  }
})
