// How many webhooks a second are accepted and on disk, and how long each waits for its answer.
import { z } from 'zod'
import { assertEqual, type BenchContext, eachRound } from './support/bench.ts'
import type { BenchDatabase } from './support/database.ts'
import { postLoad } from './support/load.ts'
import { pgbench } from './support/pgbench.ts'
import { startChild, withChildren } from './support/processes.ts'
import { startServe } from './support/serve.ts'
import { talkwright, tavusToken } from './support/settings.ts'
import { percentile } from './support/stats.ts'
import { conversationId, transcriptBody } from './support/talks.ts'

interface Size {
  label: string
  bytes: number
  connections: number
  /** Rows in a transaction of the batched limit. */
  batch: number
}

const sizes: readonly Size[] = [
  { label: '1 kB', bytes: 1_000, connections: 64, batch: 50 },
  { label: '200 kB', bytes: 200_000, connections: 16, batch: 10 },
]

/** Answers without keeping anything. */
const ceiling = 'no database'

/** A server to post to, for as long as `run` takes. */
type Serve = (database: BenchDatabase, run: (port: number) => Promise<void>) => Promise<void>

async function onChild(
  file: string,
  settings: object,
  run: (port: number) => Promise<void>,
): Promise<void> {
  await withChildren([startChild(file, settings)], async ([child]) => {
    await run((await child?.call('port', z.number())) ?? 0)
  })
}

const subjects: Readonly<Record<string, Serve>> = {
  /** The whole of it: it also carries out what it accepts, with the offline analyst. */
  'talkwright serve': async (database, run) => {
    const server = await startServe(database.url)
    try {
      await run(server.port)
    } finally {
      await server.stop()
    }
  },
  /** The API alone: the jobs are queued and left to other processes. */
  'talkwright api': (database, run) =>
    onChild('talkwright-worker.ts', talkwright(database.url, { http: true, connections: 10 }), run),
  naive: (database, run) => onChild('naive-server.ts', { url: database.url, keeps: true }, run),
  /** The naive server without its insert: nothing that runs on this framework can be faster. */
  [ceiling]: (database, run) =>
    onChild('naive-server.ts', { url: database.url, keeps: false }, run),
}

async function measure(
  { cluster, figures, quick }: BenchContext,
  subject: string,
  serve: Serve,
  size: Size,
): Promise<void> {
  const database = await cluster.freshDatabase()
  try {
    await serve(database, async (port) => {
      const result = await postLoad({
        port,
        path: `/webhooks/tavus/${tavusToken}`,
        connections: size.connections,
        warmUpSeconds: quick ? 0.5 : 2,
        seconds: quick ? 1.5 : 8,
        id: (number) => conversationId('in', number),
        body: (id) => transcriptBody(id, size.bytes),
      })
      assertEqual(`refused by ${subject}`, result.refused, 0)
      const rows = await database.number('select count(*) from webhook_inbox')
      assertEqual(`rows of ${subject}`, rows, subject === ceiling ? 0 : result.accepted)
      const name = `${subject}, ${size.label}`
      figures.add(name, 'acks', '1/s', result.perSecond)
      figures.add(name, 'p50', 'ms', percentile(result.latencies, 0.5))
      figures.add(name, 'p99', 'ms', percentile(result.latencies, 0.99))
    })
  } finally {
    await database.drop()
  }
}

/** One argument of a process holds at most 128 kB: a long body goes in as two. */
const insert = `insert into webhook_inbox (id, source, dedupe_key, external_id, event_type, body)
select gen_random_uuid(), 'tavus', gen_random_uuid()::text, 'c', 'transcript', (:head::text || :tail::text)::jsonb
from generate_series(1, :rows::int);
`

async function measureLimit(
  { cluster, figures, quick }: BenchContext,
  name: string,
  size: Size,
  rows: number,
): Promise<void> {
  const database = await cluster.freshDatabase()
  const body = transcriptBody(conversationId('in', 1), size.bytes)
  const middle = Math.floor(body.length / 2)
  try {
    const { perSecond, done } = await pgbench({
      binaries: cluster.binaries,
      url: database.url,
      script: insert,
      clients: size.connections,
      amount: { seconds: quick ? 2 : 8 },
      variables: { head: body.slice(0, middle), tail: body.slice(middle), rows: String(rows) },
    })
    assertEqual(
      'rows of the limit',
      await database.number('select count(*) from webhook_inbox'),
      done * rows,
    )
    figures.add(`${name}, ${size.label}`, 'acks', '1/s', perSecond * rows)
  } finally {
    await database.drop()
  }
}

export async function ingest(context: BenchContext): Promise<void> {
  const { figures } = context
  await eachRound(context, async () => {
    for (const size of sizes) {
      await measureLimit(context, 'limit', size, 1)
      await measureLimit(context, 'batched limit', size, size.batch)
      for (const [subject, serve] of Object.entries(subjects)) {
        await measure(context, subject, serve, size)
      }
    }
  })
  figures.print((subject, metric) => {
    const size = subject.slice(subject.indexOf(', '))
    return {
      ...(metric === 'acks' && {
        ...figures.ratio('Limit', metric, subject, `limit${size}`),
        ...figures.ratio('BatchedLimit', metric, subject, `batched limit${size}`),
      }),
      ...(subject.startsWith('talkwright') && {
        ...figures.ratio('Naive', metric, subject, `naive${size}`),
        ...figures.ratio('NoDatabase', metric, subject, `${ceiling}${size}`),
      }),
    }
  })
}
