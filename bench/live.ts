// From a commit in one process to clients of another: idle connections, fan-out, delay, and what
// happens when all clients come back at once.
import { z } from 'zod'
import { assertEqual, type BenchContext, eachRound, waitUntil } from './support/bench.ts'
import { Settled } from './support/child.ts'
import { Moments, Progress } from './support/live-settings.ts'
import { type Child, startChild, withChildren } from './support/processes.ts'
import { adminKey, talkwright } from './support/settings.ts'
import { ascending, percentile } from './support/stats.ts'

const Ids = z.array(z.string())
const Port = z.number()

interface Parts {
  server: Child
  clients: Child
  writer: Child
  base: string
}

/** A server, clients and a writer, each in a process of its own, on a new database. */
async function withParts(
  { cluster }: BenchContext,
  run: (parts: Parts, restart: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const database = await cluster.freshDatabase()
  const settings = talkwright(database.url, { http: true, connections: 10 })
  let server = await startChild('talkwright-worker.ts', settings)
  try {
    const port = await server.call('port', Port)
    const others = [
      startChild('live-clients.ts', { adminKey }),
      startChild('live-writer.ts', { url: database.url, connections: 10 }),
    ]
    await withChildren(others, async ([clients, writer]) => {
      if (clients === undefined || writer === undefined) return
      const parts = { server, clients, writer, base: `http://127.0.0.1:${port}` }
      await run(parts, async () => {
        await server.stop()
        server = await startChild('talkwright-worker.ts', { ...settings, port })
      })
    })
  } finally {
    await server.stop()
    await database.drop()
  }
}

const connect = (parts: Parts, count: number, projects: string[], sampled = 0) =>
  parts.clients.call('connect', z.unknown(), {
    base: parts.base,
    clients: count,
    projects,
    sampled,
  })

const seed = ({ writer }: Parts, count: number) => writer.call('seed', Ids, { count })

/** Waits until all clients together have had so many events, without a gap. */
async function waitForEvents({ clients }: Parts, count: number): Promise<void> {
  await waitUntil(
    `${count} events have come`,
    async () => (await clients.call('progress', Progress)).events >= count,
    { everyMs: 20 },
  )
  const { events, gaps } = await clients.call('progress', Progress)
  assertEqual('events that came', events, count)
  assertEqual('gaps', gaps, 0)
}

async function idle(context: BenchContext, count: number): Promise<void> {
  await withParts(context, async (parts) => {
    const projects = await seed(parts, 50)
    // The first few bring the code in that every connection needs.
    await connect(parts, 50, projects)
    const before = await parts.server.call('settled', Settled)
    await connect(parts, 50 + count, projects)
    const after = await parts.server.call('settled', Settled)
    const subject = `${count} idle connections`
    const each = (bytes: number) => bytes / 1_024 / count
    context.figures.add(subject, 'memory each', 'kB', each(after.all - before.all))
    context.figures.add(subject, 'objects each', 'kB', each(after.objects - before.objects))
    context.figures.add(subject, 'memory', 'MB', after.all / 1_024 ** 2)
  })
}

async function fanOut(context: BenchContext, count: number, commits: number): Promise<void> {
  await withParts(context, async (parts) => {
    const [project = ''] = await seed(parts, 1)
    await connect(parts, count, [project])
    const perCommit = 10
    const begin = await parts.writer.call('fast', z.number(), { project, commits, perCommit })
    await waitForEvents(parts, count * commits * perCommit)
    const { events, frames, lastAt } = await parts.clients.call('progress', Progress)
    const seconds = (lastAt - begin) / 1_000
    const subject = `${count} clients of one project`
    context.figures.add(subject, 'events delivered', '1/s', events / seconds)
    context.figures.add(subject, 'messages delivered', '1/s', frames / seconds)
  })
}

interface Load {
  clients: number
  perSecond: number
  seconds: number
  projects: number
}

/** Processor time of server and clients from now on, in processors. */
async function watchProcessors({ server, clients }: Parts) {
  const read = (child: Child) => child.call('cpuMs', z.number())
  const look = async () => [await read(server), await read(clients), performance.now()] as const
  const before = await look()
  return async () => {
    const after = await look()
    const ms = after[2] - before[2]
    return { server: (after[0] - before[0]) / ms, clients: (after[1] - before[1]) / ms }
  }
}

async function delay(
  { figures }: BenchContext,
  parts: Parts,
  subject: string,
  load: Load,
): Promise<void> {
  const { perSecond, seconds } = load
  const projects = await seed(parts, load.projects)
  await connect(parts, load.clients, projects, 200)
  const write = (seconds: number) =>
    parts.writer.call('steadily', z.number(), { projects, perSecond, seconds })
  const each = load.clients / load.projects
  const warmUp = await write(1)
  await waitForEvents(parts, warmUp * each)
  await parts.clients.call('moments', Moments)
  await parts.writer.call('moments', Moments)
  const processors = await watchProcessors(parts)
  const written = await write(seconds)
  await waitForEvents(parts, (warmUp + written) * each)
  const used = await processors()
  const commits = new Map(await parts.writer.call('moments', Moments))
  const arrivals = await parts.clients.call('moments', Moments)
  const times = ascending(arrivals.map(([key, at]) => at - (commits.get(key) ?? Number.NaN)))
  figures.add(subject, 'p50', 'ms', percentile(times, 0.5))
  figures.add(subject, 'p99', 'ms', percentile(times, 0.99))
  figures.add(subject, 'max', 'ms', percentile(times, 1))
  figures.add(subject, 'server', 'processors', used.server)
  figures.add(subject, 'clients', 'processors', used.clients)
}

/** The same load on a server that only sends. */
async function limitOfDelay(context: BenchContext, subject: string, load: Load): Promise<void> {
  const children = [startChild('live-limit.ts', {}), startChild('live-clients.ts', { adminKey })]
  await withChildren(children, async ([limit, clients]) => {
    if (limit === undefined || clients === undefined) return
    const base = `http://127.0.0.1:${await limit.call('port', Port)}`
    await delay(context, { server: limit, writer: limit, clients, base }, subject, load)
  })
}

async function comeBack(context: BenchContext, count: number): Promise<void> {
  await withParts(context, async (parts, restart) => {
    const projects = await seed(parts, 50)
    const each = count / projects.length
    const write = () =>
      parts.writer.call('steadily', z.number(), { projects, perSecond: 500, seconds: 1 })
    const before = await write()
    await connect(parts, count, projects)
    await waitForEvents(parts, before * each)
    await restart()
    const missed = await write()
    const begin = await parts.writer.call('monotonic', z.number())
    const end = await parts.clients.call('reconnect', z.number())
    await waitForEvents(parts, (before + missed) * each)
    const subject = `${count} clients come back after a restart`
    context.figures.add(subject, 'all live again after', 's', (end - begin) / 1_000)
  })
}

/** What the delay is measured at; the last has as many connections and a twentieth of the messages. */
function loads(quick: boolean): Load[] {
  const [few, many] = quick ? [50, 200] : [200, 5_000]
  const seconds = quick ? 2 : 10
  const ofFew = [few, many].flatMap((clients) =>
    [100, 400, 1_000].map((perSecond) => ({ clients, perSecond, seconds, projects: 50 })),
  )
  return [...ofFew, { clients: many, perSecond: 1_000, seconds, projects: many / 5 }]
}

/** The live feed; its goals stand in docs/performance.md. */
export async function liveBench(context: BenchContext): Promise<void> {
  const { quick, figures } = context
  const many = quick ? 200 : 5_000
  await eachRound(context, async () => {
    await idle(context, quick ? 200 : 5_000)
    await fanOut(context, quick ? 100 : 1_000, quick ? 20 : 300)
    for (const load of loads(quick)) {
      const { clients, perSecond, projects } = load
      const subject = `${perSecond} events/s to ${clients} clients of ${projects} projects`
      await withParts(context, (parts) => delay(context, parts, subject, load))
      await limitOfDelay(context, `limit: ${subject}`, load)
    }
    await comeBack(context, many)
  })
  figures.print(() => ({}))
}
