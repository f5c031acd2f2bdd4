// A server in a process of its own that a test starts, writes through and kills. Reads its settings
// from the first argument, as JSON; says its port on stdout.
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { listen } from '../../src/cli/http-server.ts'
import { openBus } from '../../src/cli/open-bus.ts'
import { silentLog } from '../../src/domain/log.ts'
import { agedProject, line } from '../../src/ops/testing/aged.ts'
import { appendEvents } from '../../src/store/events.ts'
import { openPostgres } from '../../src/store/open-postgres.ts'
import { startTestServer } from '../support/server.ts'

const Settings = z.object({
  url: z.string(),
  port: z.number(),
  sweepMs: z.number(),
  busUrl: z.string().optional(),
})
const Write = z.object({ project: z.uuid(), count: z.number() })

const settings = Settings.parse(JSON.parse(process.argv[2] ?? '{}'))
const database = await openPostgres({ connectionString: settings.url, onError: () => undefined })
const { promise: connected, resolve } = Promise.withResolvers<void>()
const server = await startTestServer(database, {
  worker: false,
  live: { sweepMs: settings.sweepMs, guardMs: 100 },
  bus: (listener) =>
    openBus({ TALKWRIGHT_BUS_URL: settings.busUrl }, database, {
      ...listener,
      onGap: () => {
        listener.onGap()
        resolve()
      },
      id: randomUUID(),
      log: silentLog,
    }),
})
await connected

/** What a stage would do: appends and commits, then says so. */
async function write(request: Request): Promise<Response> {
  const { project, count } = Write.parse(await request.json())
  const bodies = Array.from({ length: count }, () => line('x'))
  await database.db.transaction().execute((tx) => appendEvents(tx, project, bodies))
  server.pipeline.committed(project)
  return Response.json({})
}

async function make(): Promise<Response> {
  const stands = { status: 'building', at: new Date(), events: 0 } as const
  return Response.json(await agedProject(database.db, server.workspaceId, stands))
}

const http = await listen('127.0.0.1', settings.port)
http.handle((request, bindings) => {
  const { pathname } = new URL(request.url)
  if (pathname === '/test/write') return write(request)
  if (pathname === '/test/project') return make()
  return server.app.fetch(request, bindings)
})
process.stdout.write(`${JSON.stringify({ port: http.port })}\n`)
process.on('SIGTERM', () => {
  void server
    .stop()
    .then(() => http.close())
    .then(() => database.close())
    .then(() => process.exit(0))
})
