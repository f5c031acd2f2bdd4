// From the webhook's acceptance to the committed plan, with an analyst and a planner that answer at
// once: what Talkwright itself adds to the time of a model.
import { z } from 'zod'
import { assertEqual, type BenchContext, eachRound, waitUntil } from './support/bench.ts'
import { startChild, withChildren } from './support/processes.ts'
import { talkBytes, talkwright, tavusToken } from './support/settings.ts'
import { ascending, percentile } from './support/stats.ts'
import { conversationId, transcriptBody } from './support/talks.ts'

interface Rate {
  subject: string
  perSecond: number
}

/** Four a second leave each one alone: the next comes long after the last has its plan. */
const rates: readonly Rate[] = [
  { subject: 'idle', perSecond: 4 },
  { subject: '50 conversations/s', perSecond: 50 },
]

const Committed = z.record(z.string(), z.number())
const Made = z.object({ external: z.string(), project: z.string() })

function nowMs(): number {
  return performance.timeOrigin + performance.now()
}

/** Posts at a fixed rate, however long the answers take, and notes when each was accepted. */
async function postOpenLoop(
  port: number,
  prefix: string,
  count: number,
  perSecond: number,
): Promise<Map<string, number>> {
  const accepted = new Map<string, number>()
  const post = async (number: number) => {
    const id = conversationId(prefix, number)
    const response = await fetch(`http://127.0.0.1:${port}/webhooks/tavus/${tavusToken}`, {
      method: 'POST',
      body: transcriptBody(id, talkBytes),
    })
    assertEqual('the answer to a webhook', response.status, 202)
    accepted.set(id, nowMs())
    await response.arrayBuffer()
  }
  const began = nowMs()
  const posts: Promise<void>[] = []
  for (let number = 1; number <= count; number += 1) {
    const due = began + ((number - 1) * 1_000) / perSecond
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - nowMs())))
    posts.push(post(number))
  }
  await Promise.all(posts)
  return accepted
}

async function measure(
  { cluster, figures, quick }: BenchContext,
  { subject, perSecond }: Rate,
): Promise<void> {
  const database = await cluster.freshDatabase()
  const settings = talkwright(database.url, { http: true })
  const waiting = () =>
    database.number(`select count(*) from projects where status = 'awaiting_approval'`)
  try {
    await withChildren([startChild('talkwright-worker.ts', settings)], async ([child]) => {
      const port = (await child?.call('port', z.number())) ?? 0
      await child?.call('go', z.unknown())
      // A process that has just started compiles its code first.
      const warm = 20
      await postOpenLoop(port, 'warm', warm, 10)
      await waitUntil('the first plans are there', async () => (await waiting()) === warm)
      const seconds = quick ? 3 : 15
      const count = perSecond * seconds
      const accepted = await postOpenLoop(port, 'over', count, perSecond)
      await waitUntil('every plan is there', async () => (await waiting()) === warm + count)
      const committed = (await child?.call('committed', Committed)) ?? {}
      const made = await database.rows(
        Made,
        `select c.external_id as external, p.id as project
         from projects p join conversations c on c.id = p.conversation_id
         where c.external_id like 'c-over%'`,
      )
      assertEqual('projects', made.length, count)
      const times = ascending(
        made.map(({ external, project }) => {
          const time = (committed[project] ?? Number.NaN) - (accepted.get(external) ?? Number.NaN)
          if (Number.isNaN(time)) throw new Error(`Nothing was noted of ${external}.`)
          return Math.max(0, time)
        }),
      )
      figures.add(subject, 'p50', 'ms', percentile(times, 0.5))
      figures.add(subject, 'p99', 'ms', percentile(times, 0.99))
    })
  } finally {
    await database.drop()
  }
}

export async function overhead(context: BenchContext): Promise<void> {
  await eachRound(context, async () => {
    for (const rate of rates) await measure(context, rate)
  })
  context.figures.print(() => ({}))
}
