import { randomUUID } from 'node:crypto'
import { previewSweep, sweep, type SweepReport } from '../ops/retention.ts'
import type { Context } from './context.ts'
import { withDatabase } from './database.ts'

function sentence({ kind, before, rows }: SweepReport, dryRun: boolean): string {
  const name = kind.padEnd(17)
  if (before === undefined) return `${name} kept for good`
  return `${name} ${rows} ${dryRun ? 'would go' : 'gone'}, older than ${before.toISOString()}`
}

/** Removes and archives at once what is old enough, or only counts it. */
export async function sweepCommand(context: Context, dryRun: boolean): Promise<void> {
  const { config, log, output, stopped } = context
  await withDatabase(context, async ({ db }) => {
    const deps = { db, clock: () => new Date(), id: randomUUID, log }
    const policy = config.TALKWRIGHT_RETENTION
    const reports = dryRun
      ? await previewSweep(deps, policy)
      : await sweep(deps, policy, { signal: stopped })
    for (const report of reports) {
      output.result(sentence(report, dryRun), { event: 'retention', ...report, dryRun })
    }
  })
}
