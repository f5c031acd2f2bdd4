import { z } from 'zod'
import { assertEqual, type BenchContext, waitUntil } from './support/bench.ts'
import type { BenchDatabase } from './support/database.ts'
import {
  jobsFromLog,
  limitScript,
  type Recorded,
  roundTrips,
  sortByStage,
  stages,
} from './support/limit-script.ts'
import { pgbench } from './support/pgbench.ts'
import { startChild, withChildren } from './support/processes.ts'
import { readStatements, type Statement } from './support/statement-log.ts'
import { slotsPerProcess, talkBytes, talkwright } from './support/settings.ts'

async function withStatus(database: BenchDatabase, status: string): Promise<number> {
  return database.number('select count(*) from projects where status = $1', [status])
}

const Rows = z.object({
  inbox: z.string(),
  project: z.string(),
  conversation: z.string(),
  externalId: z.string(),
  spec: z.string(),
  workspace: z.string(),
})
const JobRow = z.object({ stage: z.enum(stages), id: z.string() })
const Jobs = z.record(z.enum(stages), z.string())

/** What the recorded conversation's rows and jobs are called. */
async function recordedIds(
  database: BenchDatabase,
  statements: readonly Statement[],
): Promise<Recorded> {
  const [row] = await database.rows(
    Rows,
    `select i.id as inbox, p.id as project, c.id as conversation, c.external_id as "externalId",
       p.spec_id as spec, p.workspace_id as workspace
     from conversations c join projects p on p.conversation_id = c.id
     join webhook_inbox i on i.external_id = c.external_id where c.external_id like 'c-rec%'`,
  )
  if (row === undefined) throw new Error('The recorded conversation left no rows.')
  const { workspace, ...rows } = row
  const kept = await database.rows(
    JobRow,
    `select name as stage, id from pgboss.job
     where name in ('ingest', 'analyse', 'plan') and (data ->> 'inboxId' = $1 or data ->> 'projectId' = $2)`,
    [rows.inbox, rows.project],
  )
  const jobs = Jobs.safeParse(Object.fromEntries(kept.map(({ stage, id }) => [stage, id])))
  return {
    ...rows,
    jobs: jobs.data ?? jobsFromLog(statements, [...Object.values(rows), workspace]),
  }
}

export interface Recording {
  script: string
  roundTrips: ReturnType<typeof roundTrips>
}

/**
 * Takes one conversation through Talkwright with every statement written to the server's log, and
 * makes a pgbench script of them. One slot a stage, so that a claim takes one job.
 */
export async function recordConversation({ cluster }: BenchContext): Promise<Recording> {
  const database = await cluster.freshDatabase()
  try {
    await database.run(`alter database ${database.name} set log_statement = 'all'`)
    const settings = talkwright(database.url, { slots: { ingest: 1, analyse: 1, plan: 1 } })
    const log = await withChildren(
      [startChild('talkwright-worker.ts', settings)],
      async ([child]) => {
        await child?.call('go', z.unknown())
        const take = async (prefix: string, count: number, total: number) => {
          await child?.call('seed', z.unknown(), { prefix, count, bytes: talkBytes })
          await waitUntil(
            'the talks are through',
            async () => (await withStatus(database, 'awaiting_approval')) === total,
          )
          // What follows a commit, like a second word to the job engine, belongs to it.
          await new Promise((resolve) => setTimeout(resolve, 300))
        }
        await take('warm', 3, 3)
        const stopRecording = cluster.recordLog()
        await take('rec', 1, 4)
        return stopRecording()
      },
    )
    const statements = readStatements(log)
    const recorded = await recordedIds(database, statements)
    const recording = sortByStage(statements, recorded)
    return { script: limitScript(recording, recorded), roundTrips: roundTrips(recording) }
  } finally {
    await database.drop()
  }
}

/** Has Talkwright carry out some stages until there are as many projects in a status as wanted. */
async function bringTo(
  database: BenchDatabase,
  slots: { ingest: number; analyse: number; plan: number },
  status: string,
  wanted: number,
): Promise<void> {
  const settings = talkwright(database.url, { slots })
  await withChildren([startChild('talkwright-worker.ts', settings)], async ([child]) => {
    await child?.call('go', z.unknown())
    await waitUntil(
      `${wanted} projects are ${status}`,
      async () => (await withStatus(database, status)) >= wanted,
    )
  })
}

const spare = 100

/**
 * Conversations a second when pgbench sends what Talkwright sent. Some jobs of the later stages are
 * there before, so that no client ever finds a queue empty.
 */
export async function runLimit(
  { cluster }: BenchContext,
  script: string,
  count: number,
): Promise<number> {
  const database = await cluster.freshDatabase()
  const seed = (prefix: string, talks: number) =>
    withChildren([startChild('talkwright-worker.ts', talkwright(database.url))], ([child]) =>
      Promise.resolve(child?.call('seed', z.unknown(), { prefix, count: talks, bytes: talkBytes })),
    )
  try {
    await seed('s', 2 * spare)
    await bringTo(database, { ingest: 8, analyse: 0, plan: 0 }, 'received', 2 * spare)
    await bringTo(database, { ingest: 0, analyse: 1, plan: 0 }, 'planning', spare)
    await seed('p', count)
    await database.run('vacuum analyze')
    await database.run('checkpoint')
    const { perSecond, done } = await pgbench({
      binaries: cluster.binaries,
      url: database.url,
      script,
      clients: slotsPerProcess,
      amount: { transactions: Math.floor(count / slotsPerProcess) },
    })
    assertEqual('projects of the limit', await withStatus(database, 'awaiting_approval'), done)
    return perSecond
  } finally {
    await database.drop()
  }
}
