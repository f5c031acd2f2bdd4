// Builds with an agent that only replays: what the runner itself takes for each, and how
// long a line of an agent is on its way through runner, webhook and database to a project's followers.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { randomWebhookSecret } from '../src/access/random-token.ts'
import { assertEqual, type BenchContext, eachRound, waitUntil } from './support/bench.ts'
import { Memory } from './support/child.ts'
import { type Child, startChild, withChildren } from './support/processes.ts'
import { startServe } from './support/serve.ts'
import { adminKey } from './support/settings.ts'
import { ascending, percentile } from './support/stats.ts'

/** One build leaves the machine idle; twenty on a few cores show what they cost each other. */
const sizes = [1, 20] as const
const apiKey = 'the-key-of-the-build-api'
const transcript = `Client: We need an app where members can book rooms. Each room has a name and a number of seats.
Client: The manager adds rooms, and members can search rooms by name.`

const Created = z.object({ projectId: z.string() })
const Project = z.object({
  status: z.string(),
  statusReason: z.string().nullable(),
  planHash: z.string().nullable(),
  seq: z.number(),
})
const Event = z.object({
  body: z.object({ type: z.string(), text: z.string().optional(), to: z.string().optional() }),
})

/** Requests to a server with the admin key. */
function serverAt(port: number) {
  const base = `http://127.0.0.1:${port}`
  const authorization = `Bearer ${adminKey}`
  const call = async <T>(method: string, path: string, Answer: z.ZodType<T>, body?: object) => {
    const response = await fetch(base + path, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    return Answer.parse(await response.json())
  }
  return {
    call,
    stream: (path: string, signal: AbortSignal) =>
      fetch(base + path, { signal, headers: { authorization, accept: 'text/event-stream' } }),
  }
}

type Server = ReturnType<typeof serverAt>

const now = () => performance.timeOrigin + performance.now()

/** Follows a project's events as they come and notes how long each of the agent's lines was on its way. */
async function followFrames(
  server: Server,
  id: string,
  after: number,
  frames: number[],
  signal: AbortSignal,
): Promise<void> {
  const { body } = await server.stream(`/v1/projects/${id}/events?after=${after}`, signal)
  if (body === null) throw new Error('The server streams nothing.')
  let held = ''
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    const arrived = now()
    held += chunk
    const lines = held.split('\n')
    held = lines.pop() ?? ''
    for (const line of lines) {
      if (!line.startsWith('data: {')) continue
      const { body: event } = Event.parse(JSON.parse(line.slice('data: '.length)))
      const said = /^frame ([\d.]+)$/.exec(event.text ?? '')?.[1]
      if (said !== undefined) frames.push(arrived - Number(said))
      if (event.type === 'project.status' && event.to !== 'building') return
    }
  }
}

/** Projects whose plans wait for approval. */
async function plannedProjects(server: Server, builds: number): Promise<string[]> {
  const ids: string[] = []
  for (let count = 0; count < builds; count += 1) {
    const upload = { transcript, filename: 'talk.txt', approval: 'manual' }
    ids.push((await server.call('POST', '/v1/conversations', Created, upload)).projectId)
  }
  for (const id of ids) {
    await waitUntil('a plan is there', async () => {
      const { status, statusReason } = await server.call('GET', `/v1/projects/${id}`, Project)
      if (status === 'failed') throw new Error(`A project failed: ${String(statusReason)}`)
      return status === 'awaiting_approval'
    })
  }
  return ids
}

async function buildAll(
  server: Server,
  runner: Child,
  builds: number,
  { figures }: BenchContext,
): Promise<void> {
  const subject = builds === 1 ? 'one build' : `${builds} builds at once`
  const ids = await plannedProjects(server, builds)
  const before = {
    cpu: await runner.call('cpuMs', z.number()),
    memory: await runner.call('memory', Memory),
  }
  const frames: number[] = []
  const stop = new AbortController()
  try {
    const following: Promise<void>[] = []
    for (const id of ids) {
      const { planHash, seq } = await server.call('GET', `/v1/projects/${id}`, Project)
      const approval = { planHash, includeOptional: false }
      await server.call('POST', `/v1/projects/${id}/approve`, z.unknown(), approval)
      following.push(followFrames(server, id, seq, frames, stop.signal))
    }
    await Promise.all(following)
  } finally {
    stop.abort()
  }
  const cpu = (await runner.call('cpuMs', z.number())) - before.cpu
  const { max } = await runner.call('memory', Memory)
  for (const id of ids) {
    const { status } = await server.call('GET', `/v1/projects/${id}`, Project)
    assertEqual('the status of a project', status, 'completed')
  }
  const times = ascending(frames)
  assertEqual('lines that did not come', times.length % builds, 0)
  figures.add(subject, 'CPU of the runner for each build', 'ms', cpu / builds)
  const grown = Math.max(0, max - before.memory.now) / builds / 1024 ** 2
  figures.add(subject, 'memory of the runner for each build', 'MB', grown)
  figures.add(subject, 'line to follower p50', 'ms', percentile(times, 0.5))
  figures.add(subject, 'line to follower p99', 'ms', percentile(times, 0.99))
  figures.add(subject, 'lines', '', times.length)
}

async function measure(context: BenchContext, builds: number): Promise<void> {
  const database = await context.cluster.freshDatabase()
  const root = mkdtempSync(join(tmpdir(), 'talkwright-bench-builds-'))
  const webhookSecret = randomWebhookSecret()
  const settings = {
    root,
    apiKey,
    webhookSecret,
    path: process.env['PATH'] ?? '',
    slots: builds,
    lines: context.quick ? 5 : 20,
    pauseMs: 100,
  }
  try {
    await withChildren([startChild('builds-runner.ts', settings)], async ([runner]) => {
      if (runner === undefined) return
      const url = await runner.call('url', z.string())
      const server = await startServe(database.url, {
        KIRO_API_URL: url,
        KIRO_API_KEY: apiKey,
        KIRO_WEBHOOK_SECRET: webhookSecret,
      })
      try {
        await buildAll(serverAt(server.port), runner, builds, context)
      } finally {
        await server.stop()
      }
    })
  } finally {
    rmSync(root, { recursive: true, force: true })
    await database.drop()
  }
}

export async function buildsBench(context: BenchContext): Promise<void> {
  await eachRound(context, async () => {
    for (const builds of sizes) await measure(context, builds)
  })
  context.figures.print(() => ({
    note: 'agents, git and tests are processes of their own and share the cores',
  }))
}
