// DBOS: one workflow for each conversation; every step is a transaction that commits its writes and
// its checkpoint together, and the workflow is enqueued in the transaction that keeps the webhook.
import { DBOS, DBOSClient } from '@dbos-inc/dbos-sdk'
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
import { openDataSource } from './dbos-source.ts'
import { seedTalks } from './seed.ts'
import { inTransaction, withClient } from './statements.ts'

const queueName = 'conversations'
const application = 'bench'
const version = 'bench-1'
/** The shortest interval that is still reasonable: the default of a second would idle away a run. */
const pollMs = 50

function registerWorkflows(
  source: ReturnType<typeof openDataSource>,
  starts: Record<string, number>,
): void {
  const conversation = async (inboxId: string): Promise<void> => {
    const projectId = await source.step('ingest', (on) => ingest(on, inboxId))
    await source.step('begin analysis', (on) => begin(on, projectId, 'analyse'))
    // What a model gives is read and made outside of the transactions, as in Talkwright.
    const brief = await makeBrief(source.pool, projectId)
    await source.step('store brief', (on) => storeBrief(on, projectId, brief))
    await source.step('begin plan', (on) => begin(on, projectId, 'plan'))
    const plan = await makePlan(source.pool, projectId)
    await source.step('store plan', (on) => storePlan(on, projectId, plan))
  }
  DBOS.registerWorkflow(conversation, { name: 'conversation' })
  const note = async (id: string): Promise<void> => {
    starts[id] = monotonicMs()
  }
  DBOS.registerWorkflow(note, { name: 'note' })
}

await serveChild(PeerSettings, async ({ url, slots, consumes }) => {
  const source = openDataSource(url, slots)
  const starts: Record<string, number> = {}
  registerWorkflows(source, starts)
  DBOS.setConfig({
    name: application,
    systemDatabaseUrl: url,
    systemDatabasePoolSize: slots,
    applicationVersion: version,
    executorID: `bench-${process.pid}`,
    logLevel: 'error',
    // Nothing is dequeued before the queue is registered, at `go`; then every process that listens
    // takes part, whichever of them registered it.
    listenQueues: consumes ? [queueName] : ['none'],
  })
  await DBOS.launch()
  const client = await DBOSClient.create({ systemDatabaseUrl: url, applicationName: application })
  const go = async () => {
    await DBOS.registerQueue(queueName, {
      workerConcurrency: slots,
      minPollingIntervalMs: pollMs,
    })
  }
  const enqueue = { queueName, appVersion: version }
  return {
    seed: (argument) =>
      seedTalks(source.pool, argument, async (connection, body) => {
        const inboxId = await keepWebhook(connection, body)
        const options = { ...enqueue, workflowName: 'conversation', workflowID: inboxId }
        await client.enqueueInTransaction(connection, options, inboxId)
      }),
    go,
    left: async () => {
      const sql = `select count(*)::int as jobs from dbos.workflow_status where status <> 'SUCCESS'`
      const { rows } = await source.pool.query<{ jobs: number }>(sql)
      return rows[0]?.jobs
    },
    listen: go,
    starts: async () => starts,
    send: async (argument) => {
      const { id } = SendOne.parse(argument)
      return withClient(source.pool, async (connection) => {
        const before = monotonicMs()
        await inTransaction(connection, async () => {
          const options = { ...enqueue, workflowName: 'note', workflowID: id }
          await client.enqueueInTransaction(connection, options, id)
        })
        return before
      })
    },
    stop: async () => {
      await client.destroy()
      await DBOS.shutdown()
    },
  }
})
