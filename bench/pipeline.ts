// Conversations through three stages (ingest, analyse, plan), with an instant analyst and planner,
// by Talkwright and by its peers, who write the same rows; and by pgbench, which sends the same
// statements as Talkwright: the limit.
import { z } from 'zod'
import { recordConversation, runLimit } from './pipeline-limit.ts'
import { assertEqual, type BenchContext, eachRound, waitUntil } from './support/bench.ts'
import type { BenchDatabase } from './support/database.ts'
import { emitSkipped, type Remarks, type Transactional } from './support/output.ts'
import { startChild, withChildren } from './support/processes.ts'
import { startRedis } from './support/redis.ts'
import { slotsPerProcess, talkBytes, talkwright } from './support/settings.ts'

interface Subject {
  name: string
  /** In the name of a ratio to it. */
  ratio: string
  file: string
  transactional: Transactional
  needsRedis?: boolean
}

const subjects: readonly Subject[] = [
  { name: 'talkwright', ratio: 'Talkwright', file: 'talkwright-worker.ts', transactional: 'fully' },
  {
    name: 'graphile-worker',
    ratio: 'GraphileWorker',
    file: 'peers/graphile.ts',
    transactional: 'enqueue only',
  },
  // Each step commits with its checkpoint; the workflow's own end is a commit of its own.
  { name: 'dbos', ratio: 'Dbos', file: 'peers/dbos.ts', transactional: 'fully' },
  {
    name: 'bullmq',
    ratio: 'Bullmq',
    file: 'peers/bullmq.ts',
    transactional: 'no',
    needsRedis: true,
  },
]

const Clock = z.object({ now: z.coerce.number() })

async function clock(database: BenchDatabase, expression: string): Promise<number> {
  const [row] = await database.rows(Clock, `select extract(epoch from ${expression}) as now`)
  return row?.now ?? Number.NaN
}

const Types = z.object({ types: z.string() })

/** Everything that a conversation must have written; the events of all of them are the same. */
async function verify(database: BenchDatabase, count: number): Promise<string> {
  const counts = {
    'handled inbox rows': 'webhook_inbox where handled_at is not null',
    'transcribed conversations': `conversations where status = 'transcribed' and turns <> '[]'`,
    'projects that wait': `projects where status = 'awaiting_approval'`,
    briefs: 'briefs',
    plans: 'plans',
  }
  for (const [what, from] of Object.entries(counts)) {
    assertEqual(what, await database.number(`select count(*) from ${from}`), count)
  }
  const logs = await database.rows(
    Types,
    `select distinct string_agg(seq || ' ' || type, ', ' order by seq) as types
     from project_events group by project_id`,
  )
  assertEqual('different event logs', logs.length, 1)
  return logs[0]?.types ?? ''
}

async function left(database: BenchDatabase): Promise<number> {
  return database.number(
    `select count(*) from processing_queue
     where state in ('waiting', 'delayed', 'active') and stage in ('ingest', 'analyse', 'plan')`,
  )
}

interface Outcome {
  perSecond: number
  /** The types of a conversation's events, in order. */
  log: string
}

async function measure(
  { cluster }: BenchContext,
  subject: Subject,
  processes: number,
  count: number,
  redisPort?: number,
): Promise<Outcome> {
  const database = await cluster.freshDatabase()
  const settings =
    subject.name === 'talkwright'
      ? talkwright(database.url)
      : { url: database.url, slots: slotsPerProcess, ...(redisPort !== undefined && { redisPort }) }
  // One after the other: some of the peers' migrations do not stand a race.
  const first = startChild(subject.file, settings)
  const rest = Array.from({ length: processes - 1 }, () =>
    first.then(() => startChild(subject.file, settings)),
  )
  try {
    return await withChildren([first, ...rest], async (children) => {
      const [child] = children
      await child?.call('seed', z.unknown(), { prefix: 'p', count, bytes: talkBytes })
      await database.run('vacuum analyze')
      await database.run('checkpoint')
      const began = await clock(database, 'clock_timestamp()')
      await Promise.all(children.map((each) => each.call('go', z.unknown())))
      await waitUntil(
        `${subject.name} is done`,
        async () =>
          (await database.number(
            `select count(*) from projects where status = 'awaiting_approval'`,
          )) >= count,
      )
      const ended = await clock(database, '(select max(updated_at) from projects)')
      await waitUntil(`no job of ${subject.name} is left`, async () => {
        const jobs =
          subject.name === 'talkwright'
            ? await left(database)
            : await child?.call('left', z.number())
        return jobs === 0
      })
      return { perSecond: count / (ended - began), log: await verify(database, count) }
    })
  } finally {
    await database.drop()
  }
}

async function measureWithRedis(
  context: BenchContext,
  subject: Subject,
  processes: number,
  count: number,
): Promise<Outcome | undefined> {
  if (subject.needsRedis !== true) return measure(context, subject, processes, count)
  const found = context.redis()
  if ('missing' in found) return undefined
  const redis = await startRedis(found.binary)
  try {
    return await measure(context, subject, processes, count, redis.port)
  } finally {
    await redis.stop()
  }
}

function labelOf(subject: Subject, processes: number): string {
  return `${subject.name}, ${processes} process${processes === 1 ? '' : 'es'}`
}

const metric = 'conversations'

function remarksFor({ figures }: BenchContext, label: string): Remarks {
  const subject = subjects.find(({ name }) => label.startsWith(name))
  const processes = label.slice(label.indexOf(',') + 2)
  const ratios = subjects
    .filter((other) => other !== subject && subject?.name === 'talkwright')
    .map((other) => figures.ratio(other.ratio, metric, label, `${other.name}, ${processes}`))
  return {
    ...(subject && { transactional: subject.transactional }),
    ...(label !== 'limit' && figures.ratio('Limit', metric, label, 'limit')),
    ...Object.assign({}, ...ratios),
  }
}

export async function pipeline(context: BenchContext): Promise<void> {
  const { figures, quick } = context
  const count = quick ? 200 : 3_000
  const recording = await recordConversation(context)
  const trips = [...recording.roundTrips]
  const total = trips.reduce((sum, [, count]) => sum + count, 0)
  figures.add('talkwright', 'round trips', '1/conversation', total)
  for (const [stage, count] of trips)
    figures.add('talkwright', `round trips, ${stage}`, '1/job', count)
  let expected: string | undefined
  await eachRound(context, async () => {
    figures.add('limit', metric, '1/s', await runLimit(context, recording.script, count))
    for (const processes of [1, 2]) {
      for (const subject of subjects) {
        const outcome = await measureWithRedis(context, subject, processes, count)
        if (outcome === undefined) continue
        expected ??= outcome.log
        assertEqual(`the events that ${subject.name} wrote`, outcome.log, expected)
        figures.add(labelOf(subject, processes), metric, '1/s', outcome.perSecond)
      }
    }
  })
  figures.print((label, name) => (name === metric ? remarksFor(context, label) : {}))
  const redis = context.redis()
  if ('missing' in redis) emitSkipped('pipeline', 'bullmq', redis.missing)
}
