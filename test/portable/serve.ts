// Starts the HTTP app and its worker on Deno against PostgreSQL, as an edge host would: nothing of
// src/cli is used. Reads its settings from the first argument, as JSON.
import { z } from 'zod'
import { ensureFirstWorkspace } from '../../src/access/first-workspace.ts'
import { createSessions } from '../../src/access/sessions.ts'
import { defaultBusy } from '../../src/domain/backlog.ts'
import { silentLog } from '../../src/domain/log.ts'
import { createApp } from '../../src/http/app.ts'
import { createLive } from '../../src/live/live.ts'
import { createQueueGauge } from '../../src/pipeline/queue/gauge.ts'
import { startQueue } from '../../src/pipeline/queue/start-queue.ts'
import { startWorker } from '../../src/pipeline/worker.ts'
import { openPostgres } from '../../src/store/open-postgres.ts'
import { portablePipeline } from './pipeline.ts'

interface Deno {
  args: string[]
  serve(
    options: { port: number; hostname: string; onListen: (address: { port: number }) => void },
    handler: (request: Request) => Response | Promise<Response>,
  ): unknown
}
declare const Deno: Deno

const Settings = z.object({
  connectionString: z.string(),
  adminKey: z.string(),
  tavusToken: z.string(),
})
const settings = Settings.parse(JSON.parse(Deno.args[0] ?? '{}'))
const clock = () => new Date()
const id = () => crypto.randomUUID()
const database = await openPostgres({
  connectionString: settings.connectionString,
  onError: () => undefined,
})
await ensureFirstWorkspace(database, id)
const live = createLive({ db: database.db, clock, log: silentLog })
const { queue, workers } = await startQueue({ database, log: silentLog })
const pipeline = {
  ...portablePipeline({ database, queue }),
  committed: (projectId: string) => live.feed.poke(projectId),
  changed: (workspaceId: string) => live.news.changed(workspaceId),
}
const app = createApp({
  pipeline,
  authentication: {
    db: database.db,
    sessions: createSessions(database.db),
    id,
    signUp: 'invited',
    adminKey: settings.adminKey,
    clock,
  },
  live,
  gauge: createQueueGauge({ database, busy: defaultBusy, clock }),
  tavusToken: settings.tavusToken,
  publicUrl: 'http://127.0.0.1',
  version: 'test',
  notReady: async () => [],
})
startWorker(pipeline, workers, { ingest: 1, fetch: 1, analyse: 1, plan: 1, build: 1 })
Deno.serve(
  { port: 0, hostname: '127.0.0.1', onListen: ({ port }) => console.log(JSON.stringify({ port })) },
  (request) => app.fetch(request),
)
