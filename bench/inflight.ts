// A thousand conversations whose analysis takes ten seconds each, all at once in one process.
import { z } from 'zod'
import { assertEqual, type BenchContext, eachRound, waitUntil } from './support/bench.ts'
import { Memory } from './support/child.ts'
import { startChild, withChildren } from './support/processes.ts'
import { slotsPerStage, talkBytes, talkwright } from './support/settings.ts'
import { rounded } from './support/stats.ts'

const Seconds = z.object({ seconds: z.coerce.number() })
const subject = 'talkwright, 1 process'

async function measure({ cluster, figures }: BenchContext, count: number, analysisMs: number) {
  const database = await cluster.freshDatabase()
  const settings = talkwright(database.url, {
    slots: { ingest: slotsPerStage, analyse: count, plan: slotsPerStage },
    analysisMs,
  })
  const waiting = () =>
    database.number(`select count(*) from projects where status = 'awaiting_approval'`)
  try {
    await withChildren([startChild('talkwright-worker.ts', settings)], async ([child]) => {
      await child?.call('seed', z.unknown(), { prefix: 'fly', count, bytes: talkBytes })
      const before = await child?.call('memory', Memory)
      const began = performance.now()
      await child?.call('go', z.unknown())
      await waitUntil('all have their plan', async () => (await waiting()) === count, {
        timeoutMs: 20 * analysisMs + 120_000,
      })
      const wall = (performance.now() - began) / 1_000
      const after = await child?.call('memory', Memory)
      const once = await database.number(
        `select count(*) from project_events where type = 'brief.ready'`,
      )
      assertEqual('briefs', once, count)
      const most = await database.rows(
        Seconds,
        `select extract(epoch from max(at) - min(at)) as seconds from project_events
         where type = 'stage.started' and body ->> 'stage' = 'analyse'`,
      )
      figures.add(subject, 'wall', 's', wall)
      figures.add(subject, 'first to last analysis started', 's', most[0]?.seconds ?? Number.NaN)
      const grown = (after?.max ?? 0) - (before?.now ?? 0)
      figures.add(subject, 'memory at most', 'MB', (after?.max ?? 0) / 1e6)
      figures.add(subject, 'memory for each', 'kB', grown / count / 1e3)
    })
  } finally {
    await database.drop()
  }
}

export async function inflight(context: BenchContext): Promise<void> {
  const { figures, quick } = context
  const count = quick ? 200 : 1_000
  const analysisMs = quick ? 2_000 : 10_000
  await eachRound(context, () => measure(context, count, analysisMs))
  const ideal = analysisMs / 1_000
  figures.print((_subject, metric) => ({
    note: `${count} conversations, ${ideal} s each`,
    ...(metric === 'wall' && {
      ratioToIdeal: rounded((figures.median(subject, metric) ?? 0) / ideal),
    }),
  }))
}
