// From just before a job is queued in one process to the start of its handler in another, with
// nothing else to do.
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { assertEqual, type BenchContext, eachRound, waitUntil } from './support/bench.ts'
import { emitSkipped } from './support/output.ts'
import { startChild, withChildren } from './support/processes.ts'
import { startRedis } from './support/redis.ts'
import { talkwright } from './support/settings.ts'
import { ascending, percentile } from './support/stats.ts'

const Starts = z.record(z.string(), z.number())

const files: Readonly<Record<string, string>> = {
  talkwright: 'talkwright-worker.ts',
  'graphile-worker': 'peers/graphile.ts',
  dbos: 'peers/dbos.ts',
  bullmq: 'peers/bullmq.ts',
}

const warmUp = 10
const pauseMs = 60

async function measure(
  { cluster, figures, quick }: BenchContext,
  subject: string,
  file: string,
  redisPort?: number,
): Promise<void> {
  const database = await cluster.freshDatabase()
  const settings: object =
    subject === 'talkwright'
      ? talkwright(database.url)
      : { url: database.url, slots: 4, ...(redisPort !== undefined && { redisPort }) }
  const worker = startChild(file, settings)
  try {
    const sender = worker.then(() => startChild(file, { ...settings, consumes: false }))
    await withChildren([worker, sender], async ([consumer, producer]) => {
      await consumer?.call('listen', z.unknown())
      const sent = new Map<string, number>()
      const count = warmUp + (quick ? 30 : 200)
      for (let number = 0; number < count; number += 1) {
        const id = randomUUID()
        const at = await producer?.call('send', z.number(), { id })
        if (number >= warmUp) sent.set(id, at ?? Number.NaN)
        await new Promise((resolve) => setTimeout(resolve, pauseMs + Math.random() * pauseMs))
      }
      let starts: Record<string, number> = {}
      await waitUntil('every job has begun', async () => {
        starts = (await consumer?.call('starts', Starts)) ?? {}
        return Object.keys(starts).length >= count
      })
      const times = ascending([...sent].map(([id, at]) => (starts[id] ?? Number.NaN) - at))
      assertEqual('jobs that began', Object.keys(starts).length, count)
      figures.add(subject, 'p50', 'ms', percentile(times, 0.5))
      figures.add(subject, 'p99', 'ms', percentile(times, 0.99))
    })
  } finally {
    await database.drop()
  }
}

export async function latency(context: BenchContext): Promise<void> {
  const found = context.redis()
  await eachRound(context, async () => {
    for (const [subject, file] of Object.entries(files)) {
      if (subject !== 'bullmq') {
        await measure(context, subject, file)
      } else if ('binary' in found) {
        const redis = await startRedis(found.binary)
        try {
          await measure(context, subject, file, redis.port)
        } finally {
          await redis.stop()
        }
      }
    }
  })
  context.figures.print(() => ({}))
  if ('missing' in found) emitSkipped('latency', 'bullmq', found.missing)
}
