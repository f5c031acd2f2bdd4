// BullMQ: jobs live in Redis, so nothing of them commits with PostgreSQL. The next job is added
// after the commit under an id of its own, which makes a repeat after a crash harmless.
import { Queue, Worker } from 'bullmq'
import { Pool } from 'pg'
import { z } from 'zod'
import { monotonicMs, serveChild } from '../support/child.ts'
import { PeerSettings, SendOne } from '../support/settings.ts'
import {
  begin,
  ingest,
  keepWebhook,
  makeBrief,
  makePlan,
  storeBrief,
  storePlan,
} from './business.ts'
import { seedTalks } from './seed.ts'
import { type Connection, inTransaction, withClient } from './statements.ts'

const Data = z.object({ id: z.string() })
const names = ['ingest', 'analyse', 'plan', 'note'] as const
type Name = (typeof names)[number]

type Handler = (id: string) => Promise<void>
type Add = (name: Name, id: string) => Promise<void>

function stages(pool: Pool, add: Add): Record<Exclude<Name, 'note'>, Handler> {
  const within = <T>(work: (on: Connection) => Promise<T>) =>
    withClient(pool, (on) => inTransaction(on, () => work(on)))
  return {
    ingest: async (inboxId) => {
      await add('analyse', await within((on) => ingest(on, inboxId)))
    },
    analyse: async (projectId) => {
      await within((on) => begin(on, projectId, 'analyse'))
      const brief = await withClient(pool, (on) => makeBrief(on, projectId))
      await within((on) => storeBrief(on, projectId, brief))
      await add('plan', projectId)
    },
    plan: async (projectId) => {
      await within((on) => begin(on, projectId, 'plan'))
      const plan = await withClient(pool, (on) => makePlan(on, projectId))
      await within((on) => storePlan(on, projectId, plan))
    },
  }
}

await serveChild(PeerSettings, async ({ url, slots, redisPort }) => {
  if (redisPort === undefined) throw new Error('BullMQ needs Redis.')
  const connection = { host: '127.0.0.1', port: redisPort, maxRetriesPerRequest: null }
  const pool = new Pool({ connectionString: url, max: slots })
  const queues = new Map(names.map((name) => [name, new Queue(name, { connection })]))
  const starts: Record<string, number> = {}
  const add: Add = async (name, id) => {
    await queues.get(name)?.add(name, { id }, { jobId: id, removeOnComplete: true })
  }
  const handlers: Record<Name, Handler> = {
    ...stages(pool, add),
    note: async (id) => {
      starts[id] = monotonicMs()
    },
  }
  const workers: Worker[] = []
  const work = async (which: readonly Name[]) => {
    for (const name of which) {
      const concurrency = Math.ceil(slots / which.length)
      const handler = (job: { data: unknown }) => handlers[name](Data.parse(job.data).id)
      const worker = new Worker(name, handler, { connection, concurrency })
      workers.push(worker.on('error', () => undefined))
    }
  }
  return {
    seed: (argument) =>
      seedTalks(pool, argument, async (client, body) => {
        await add('ingest', await keepWebhook(client, body))
      }),
    go: () => work(['ingest', 'analyse', 'plan']),
    left: async () => {
      const states = ['waiting', 'active', 'delayed', 'failed']
      const counts = await Promise.all(
        [...queues.values()].map((queue) => queue.getJobCounts(...states)),
      )
      return counts.flatMap((count) => Object.values(count)).reduce((sum, jobs) => sum + jobs, 0)
    },
    listen: () => work(['note']),
    starts: async () => starts,
    send: async (argument) => {
      const { id } = SendOne.parse(argument)
      const before = monotonicMs()
      await add('note', id)
      return before
    },
    stop: async () => {
      await Promise.all(workers.map((worker) => worker.close()))
      await Promise.all([...queues.values()].map((queue) => queue.close()))
      await pool.end()
    },
  }
})
