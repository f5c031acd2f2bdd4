// From the kill of a worker in the middle of a stage to the start of its job in another one.
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureFirstWorkspace } from '../src/access/first-workspace.ts'
import { silentLog } from '../src/domain/log.ts'
import { startQueue } from '../src/pipeline/queue/start-queue.ts'
import { openPostgres } from '../src/store/open-postgres.ts'
import { type RunningCommand, startCommand } from '../test/support/command.ts'
import { queueFetch } from '../test/support/fetch-jobs.ts'
import { type SlowTavus, startSlowTavus } from '../test/support/slow-tavus.ts'
import { type BenchContext, eachRound } from './support/bench.ts'

async function queueOne(url: string): Promise<void> {
  const database = await openPostgres({ connectionString: url, onError: () => undefined })
  const { workspaceId } = await ensureFirstWorkspace(database, randomUUID)
  const { queue, workers } = await startQueue({ database, log: silentLog })
  await queueFetch({ database, queue }, workspaceId, 'recovered')
  await workers.stop(0)
  await database.close()
}

async function startWorker(url: string, folder: string, tavus: SlowTavus): Promise<RunningCommand> {
  const worker = startCommand(['worker'], {
    DATABASE_URL: url,
    TALKWRIGHT_DATA: folder,
    TAVUS_API_KEY: 'a-key-of-this-bench',
    TAVUS_BASE_URL: tavus.baseUrl,
  })
  for await (const line of worker.lines) if (line['event'] === 'worker.ready') return worker
  throw new Error(`The worker ended: ${worker.stderr()}`)
}

async function measure({ cluster, figures }: BenchContext): Promise<void> {
  const database = await cluster.freshDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'talkwright-recovery-'))
  const tavus = await startSlowTavus()
  const workers: RunningCommand[] = []
  try {
    const first = await startWorker(database.url, folder, tavus)
    workers.push(first)
    await queueOne(database.url)
    await tavus.next()
    workers.push(await startWorker(database.url, folder, tavus))
    const killed = performance.now()
    first.child.kill('SIGKILL')
    await tavus.next()
    const seconds = (performance.now() - killed) / 1_000
    figures.add('talkwright, 2 workers', 'kill to start elsewhere', 's', seconds)
  } finally {
    for (const { child } of workers) child.kill('SIGKILL')
    await Promise.all(workers.map(({ ended }) => ended))
    await tavus.stop()
    await rm(folder, { recursive: true, force: true })
    await database.drop()
  }
}

export async function recovery(context: BenchContext): Promise<void> {
  await eachRound(context, () => measure(context))
  context.figures.print(() => ({ note: 'goal < 15 s' }))
}
