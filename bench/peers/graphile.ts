// Graphile Worker: the next job is added by `add_job` in the transaction of the writes; a job's
// completion is the library's own statement afterwards, so a crash between the two runs it again.
import { Logger, type JobHelpers, run, runMigrations, type RunnerOptions } from 'graphile-worker'
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
import { type Connection, inTransaction, run as execute } from './statements.ts'

const Ingest = z.object({ inboxId: z.string() })
const OfProject = z.object({ projectId: z.string() })
const Noted = z.object({ id: z.string() })

async function addJob(on: Connection, task: string, payload: object): Promise<void> {
  await execute(on, 'add_job', 'select graphile_worker.add_job($1, payload := $2::json)', [
    task,
    JSON.stringify(payload),
  ])
}

function stages(starts: Record<string, number>): NonNullable<RunnerOptions['taskList']> {
  const within = (helpers: JobHelpers, work: (on: Connection) => Promise<void>) =>
    helpers.withPgClient((client) => inTransaction(client, () => work(client)))
  return {
    ingest: async (payload, helpers) => {
      const { inboxId } = Ingest.parse(payload)
      await within(helpers, async (on) => {
        await addJob(on, 'analyse', { projectId: await ingest(on, inboxId) })
      })
    },
    analyse: async (payload, helpers) => {
      const { projectId } = OfProject.parse(payload)
      await within(helpers, (on) => begin(on, projectId, 'analyse'))
      const brief = await helpers.withPgClient((on) => makeBrief(on, projectId))
      await within(helpers, async (on) => {
        await storeBrief(on, projectId, brief)
        await addJob(on, 'plan', { projectId })
      })
    },
    plan: async (payload, helpers) => {
      const { projectId } = OfProject.parse(payload)
      await within(helpers, (on) => begin(on, projectId, 'plan'))
      const plan = await helpers.withPgClient((on) => makePlan(on, projectId))
      await within(helpers, (on) => storePlan(on, projectId, plan))
    },
    note: async (payload) => {
      starts[Noted.parse(payload).id] = monotonicMs()
    },
  }
}

await serveChild(PeerSettings, async ({ url, slots }) => {
  const pool = new Pool({ connectionString: url, max: slots })
  const starts: Record<string, number> = {}
  // The settings that its page on performance shows for the best throughput.
  const options: RunnerOptions = {
    preset: {
      worker: {
        connectionString: url,
        concurrentJobs: slots,
        maxPoolSize: slots + 1,
        localQueue: { size: 500 },
        completeJobBatchDelay: 0,
        failJobBatchDelay: 0,
      },
    },
    taskList: stages(starts),
    noHandleSignals: true,
    logger: new Logger(() => () => undefined),
  }
  await runMigrations(options)
  let runner: Awaited<ReturnType<typeof run>> | undefined
  const go = async () => {
    runner = await run(options)
  }
  return {
    seed: (argument) =>
      seedTalks(pool, argument, async (client, body) => {
        await addJob(client, 'ingest', { inboxId: await keepWebhook(client, body) })
      }),
    go,
    left: async () => {
      const sql = 'select count(*)::int as jobs from graphile_worker.jobs'
      const { rows } = await pool.query<{ jobs: number }>(sql)
      return rows[0]?.jobs
    },
    listen: go,
    starts: async () => starts,
    send: async (argument) => {
      const { id } = SendOne.parse(argument)
      const before = monotonicMs()
      await addJob(pool, 'note', { id })
      return before
    },
    stop: async () => {
      await runner?.stop()
      await pool.end()
    },
  }
})
