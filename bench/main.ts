// Runs the benchmarks: one JSON object a line on stdout, messages on stderr.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { findPostgres } from '../test/support/find-parts.ts'
import type { Bench } from './support/bench.ts'
import { type Cluster, startCluster } from './support/cluster.ts'
import { makeFigures, say } from './support/output.ts'
import { provideRedis } from './support/redis.ts'

/** Loaded when they are run, because some need the peers. */
const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  ingest: async () => (await import('./ingest.ts')).ingest,
  pipeline: async () => (await import('./pipeline.ts')).pipeline,
  overhead: async () => (await import('./overhead.ts')).overhead,
  latency: async () => (await import('./latency.ts')).latency,
  inflight: async () => (await import('./inflight.ts')).inflight,
  slots: async () => (await import('./slots.ts')).slotsBench,
  recovery: async () => (await import('./recovery.ts')).recovery,
  growth: async () => (await import('./growth.ts')).growth,
  builds: async () => (await import('./builds.ts')).buildsBench,
  live: async () => (await import('./live.ts')).liveBench,
  page: async () => (await import('./page.ts')).pageBench,
  analysis: async () => (await import('./analysis.ts')).analysis,
}

const needPeers: ReadonlySet<string> = new Set(['pipeline', 'latency'])

const folder = import.meta.dirname

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { rounds: { type: 'string' }, quick: { type: 'boolean', default: false } },
  })
  const unknown = positionals.filter((name) => !(name in benches))
  if (unknown.length > 0) {
    throw new Error(
      `There is no ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}.`,
    )
  }
  const quick = values.quick
  return {
    names: positionals.length > 0 ? positionals : Object.keys(benches),
    quick,
    rounds: z.coerce
      .number()
      .int()
      .min(1)
      .max(99)
      .parse(values.rounds ?? (quick ? 1 : 5)),
  }
}

/** The peers are installed when they are first needed, and never with the product. */
function providePeers(): void {
  if (existsSync(join(folder, 'node_modules', '.package-lock.json'))) return
  say('Installing what Talkwright is compared with …')
  execFileSync(
    'npm',
    ['ci', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    { stdio: ['ignore', 2, 2] },
  )
}

function describeMachine(cluster: Cluster): string {
  const gigabytes = Math.round(totalmem() / 1024 ** 3)
  return `${availableParallelism()} cores, ${gigabytes} GiB, Node ${process.versions.node}, PostgreSQL ${cluster.version}`
}

async function main(): Promise<void> {
  const { names, rounds, quick } = readArguments()
  const binaries = findPostgres(process.env)
  if (binaries === undefined || !existsSync(join(binaries, 'pgbench'))) {
    throw new Error(
      'PostgreSQL 15 or newer with pgbench is not here. Install it: apt-get install postgresql',
    )
  }
  if (names.some((name) => needPeers.has(name))) providePeers()
  const cluster = await startCluster(binaries)
  // Interrupted, it leaves no server behind; the processes that it started end with it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => void cluster.stop().finally(() => process.exit(130)))
  }
  try {
    const machine = describeMachine(cluster)
    for (const name of names) {
      say(`${name}: ${rounds} rounds${quick ? ', quick' : ''}`)
      const run = await benches[name]?.()
      await run?.({
        cluster,
        figures: makeFigures(name, machine),
        rounds,
        quick,
        redis: provideRedis,
      })
    }
  } finally {
    await cluster.stop()
  }
}

await main().catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.exitCode = 1
})
