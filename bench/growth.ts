// The same figures on an empty database and on one with a million projects and ten million events.
import { z } from 'zod'
import { assertEqual, type BenchContext, eachRound, waitUntil } from './support/bench.ts'
import type { BenchDatabase } from './support/database.ts'
import { postLoad } from './support/load.ts'
import { say } from './support/output.ts'
import { startChild, withChildren } from './support/processes.ts'
import { type History, seededProject, seedHistory } from './support/seed-history.ts'
import { adminKey, talkBytes, talkwright, tavusToken } from './support/settings.ts'
import { ascending, percentile } from './support/stats.ts'
import { conversationId, transcriptBody } from './support/talks.ts'

const small = { label: 'empty', history: { projects: 200, eventsEach: 10 } }

async function timed(count: number, ask: (number: number) => Promise<void>): Promise<number> {
  const times: number[] = []
  for (let number = 0; number < count; number += 1) {
    const began = performance.now()
    await ask(number)
    times.push(performance.now() - began)
  }
  // The first tenth is the process getting warm.
  return percentile(ascending(times.slice(Math.floor(count / 10))), 0.5)
}

const Items = z.object({ items: z.array(z.unknown()) })

async function get(port: number, path: string, atLeast: number): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    headers: { authorization: `Bearer ${adminKey}` },
  })
  assertEqual(`GET ${path}`, response.status, 200)
  const { items } = Items.parse(await response.json())
  if (items.length < atLeast) throw new Error(`${path} gave ${items.length} items.`)
}

async function measureReads(
  { figures, quick }: BenchContext,
  label: string,
  port: number,
  history: History,
): Promise<void> {
  const count = quick ? 100 : 500
  figures.add(label, 'project list', 'ms', await timed(count, () => get(port, '/v1/projects', 50)))
  const events = await timed(count, (number) => {
    // Projects of the first workspace from all over the table; every fifth is of another one.
    const chosen = 1 + ((number * 7919) % (history.projects - 1))
    const id = seededProject(chosen % 5 === 0 ? chosen + 1 : chosen)
    return get(port, `/v1/projects/${id}/events`, history.eventsEach)
  })
  figures.add(label, 'events page', 'ms', events)
}

async function measureIngest(
  { figures, quick }: BenchContext,
  label: string,
  port: number,
  round: number,
): Promise<void> {
  const result = await postLoad({
    port,
    path: `/webhooks/tavus/${tavusToken}`,
    connections: 8,
    warmUpSeconds: 0.5,
    seconds: quick ? 1 : 5,
    id: (number) => conversationId(`g${round}`, number),
    body: (id) => transcriptBody(id, talkBytes),
  })
  assertEqual('refused webhooks', result.refused, 0)
  figures.add(label, 'ingest p50', 'ms', percentile(result.latencies, 0.5))
}

/** How fast a worker takes a fixed number of waiting conversations to their plans. */
async function measurePipeline(
  { figures, quick }: BenchContext,
  label: string,
  database: BenchDatabase,
  round: number,
): Promise<void> {
  const count = quick ? 100 : 1_000
  await withChildren(
    [startChild('talkwright-worker.ts', talkwright(database.url))],
    async ([child]) => {
      const prefix = `w${round}`
      await child?.call('seed', z.unknown(), { prefix, count, bytes: talkBytes })
      const ready = () =>
        database.number(
          `select count(*) from projects p join conversations c on c.id = p.conversation_id
           where c.source = 'tavus' and c.external_id between $1 and $2
             and p.status = 'awaiting_approval'`,
          [conversationId(prefix, 1), conversationId(prefix, count)],
        )
      const began = performance.now()
      await child?.call('go', z.unknown())
      await waitUntil('the plans are there', async () => (await ready()) === count, { everyMs: 20 })
      const seconds = (performance.now() - began) / 1_000
      figures.add(label, 'conversations', '1/s', count / seconds)
    },
  )
}

async function measure(
  context: BenchContext,
  label: string,
  database: BenchDatabase,
  history: History,
  round: number,
): Promise<void> {
  await measurePipeline(context, label, database, round)
  const settings = talkwright(database.url, { http: true, connections: 10 })
  await withChildren([startChild('talkwright-worker.ts', settings)], async ([child]) => {
    const port = (await child?.call('port', z.number())) ?? 0
    await measureReads(context, label, port, history)
    await measureIngest(context, label, port, round)
  })
  // What ingest left in the queue must not be there in the next round.
  await database.run(`delete from pgboss.job where name = 'ingest' and state = 'created'`)
}

export async function growth(context: BenchContext): Promise<void> {
  const { cluster, figures, quick } = context
  const large = {
    label: 'seeded',
    history: { projects: quick ? 50_000 : 1_000_000, eventsEach: 10 },
  }
  const filled: { label: string; history: History; database: BenchDatabase }[] = []
  try {
    for (const one of [small, large]) {
      const database = await cluster.freshDatabase()
      filled.push({ ...one, database })
      say(`  growth: filling a database with ${one.history.projects} projects`)
      await seedHistory(database, one.history)
      assertEqual(
        'seeded events',
        await database.number('select count(*) from project_events'),
        one.history.projects * one.history.eventsEach,
      )
    }
    await eachRound(context, async (round) => {
      for (const { label, database, history } of filled) {
        await measure(context, label, database, history, round)
      }
    })
  } finally {
    for (const { database } of filled) await database.drop()
  }
  figures.print((label, metric) => ({
    note: `${label === small.label ? small.history.projects : large.history.projects} projects`,
    ...(label === large.label && figures.ratio('Empty', metric, label, small.label)),
  }))
}
