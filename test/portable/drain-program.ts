// One drain on Deno, as a serverless host would make it: nothing of src/cli is used. Reads its
// settings from the first argument, as JSON; says each analysis and the end as JSON lines.
import { z } from 'zod'
import type { Analyst } from '../../src/analysis/analyst.ts'
import { createOfflineAnalyst } from '../../src/analysis/offline/analyst.ts'
import { silentLog } from '../../src/domain/log.ts'
import { drain } from '../../src/pipeline/drain.ts'
import { startQueue } from '../../src/pipeline/queue/start-queue.ts'
import { openPostgres } from '../../src/store/open-postgres.ts'
import { portablePipeline } from './pipeline.ts'

interface Deno {
  args: string[]
  exit(code: number): never
}
declare const Deno: Deno

const Settings = z.object({
  connectionString: z.string(),
  /** How long the drain may take, and what of it is kept to finish. */
  seconds: z.number(),
  reserveSeconds: z.number(),
  slots: z.number().default(2),
  /** How long an analysis takes; `forever`: until it is told to end. */
  analysis: z.union([z.number(), z.literal('forever')]).default(0),
})
const settings = Settings.parse(JSON.parse(Deno.args[0] ?? '{}'))

function say(facts: object): void {
  console.log(JSON.stringify(facts))
}

function wait(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (settings.analysis !== 'forever') setTimeout(resolve, settings.analysis)
    signal?.addEventListener('abort', () => reject(new Error('told to end')))
  })
}

const offline = createOfflineAnalyst()
const analyst: Analyst = {
  name: 'slow',
  analyse: async (talk, signal) => {
    say({ event: 'analysing' })
    await wait(signal)
    return offline.analyse(talk, signal)
  },
}
const database = await openPostgres({
  connectionString: settings.connectionString,
  // More than the pooler has, as where many instances are up.
  max: 6,
  ownsSession: false,
  migrates: false,
  onError: () => undefined,
})
const { queue, workers } = await startQueue({
  database,
  log: silentLog,
  engine: { migrates: false, supervises: false },
})
const { slots } = settings
const drained = await drain(portablePipeline({ database, queue }, analyst), workers, {
  slots: { ingest: slots, fetch: slots, analyse: slots, plan: slots, build: 0 },
  deadline: new Date(Date.now() + settings.seconds * 1_000),
  reserveMs: settings.reserveSeconds * 1_000,
})
await workers.stop(0)
await database.close()
say({ event: 'drained', ...drained })
// What Deno still holds open would keep the process for a while.
Deno.exit(0)
