// Sixty analyses of 200 ms on ten slots of one process: whether a slot that comes free is filled at once.
import { z } from 'zod'
import { assertEqual, type BenchContext, eachRound, waitUntil } from './support/bench.ts'
import { startChild, withChildren } from './support/processes.ts'
import { talkBytes, talkwright } from './support/settings.ts'
import { rounded } from './support/stats.ts'

const Seconds = z.object({ seconds: z.coerce.number() })
const subject = 'talkwright, 10 slots'
const jobs = 60
const slots = 10
const jobMs = 200

async function measure({ cluster, figures }: BenchContext): Promise<void> {
  const database = await cluster.freshDatabase()
  const settings = talkwright(database.url, {
    slots: { ingest: slots, analyse: slots, plan: slots },
    analysisMs: jobMs,
  })
  const planned = () =>
    database.number(`select count(*) from projects where status = 'awaiting_approval'`)
  try {
    await withChildren([startChild('talkwright-worker.ts', settings)], async ([child]) => {
      await child?.call('seed', z.unknown(), { prefix: 'slot', count: jobs, bytes: talkBytes })
      await child?.call('go', z.unknown())
      await waitUntil('all have their plan', async () => (await planned()) === jobs)
      const briefs = await database.number(
        `select count(*) from project_events where type = 'brief.ready'`,
      )
      assertEqual('briefs', briefs, jobs)
      const [span] = await database.rows(
        Seconds,
        `select extract(epoch from
           (select max(at) from project_events where type = 'brief.ready') -
           (select min(at) from project_events
            where type = 'stage.started' and body ->> 'stage' = 'analyse')) as seconds`,
      )
      figures.add(subject, 'first start to last end', 's', span?.seconds ?? Number.NaN)
    })
  } finally {
    await database.drop()
  }
}

export async function slotsBench(context: BenchContext): Promise<void> {
  await eachRound(context, () => measure(context))
  const ideal = (jobs / slots) * (jobMs / 1_000)
  const { figures } = context
  figures.print((name, metric) => ({
    note: `${jobs} jobs of ${jobMs} ms; goal < 2 s`,
    ratioToIdeal: rounded((figures.median(name, metric) ?? 0) / ideal),
  }))
}
