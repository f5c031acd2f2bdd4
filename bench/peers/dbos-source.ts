import { AsyncLocalStorage } from 'node:async_hooks'
import { DBOS } from '@dbos-inc/dbos-sdk'
import {
  assertStillOwnsWorkflow,
  migrateDataSourcePG,
  registerDataSource,
  runTransaction,
} from '@dbos-inc/dbos-sdk/datasource'
import { Pool, type PoolClient } from 'pg'
import { z } from 'zod'
import { type Connection, inTransaction, rows, run, withClient } from './statements.ts'

const name = 'bench'
const Output = z.object({ output: z.string().nullable() })

async function migrate(client: PoolClient): Promise<void> {
  await inTransaction(client, () =>
    migrateDataSourcePG(async (sql) => (await client.query<Record<string, unknown>>(sql)).rows),
  )
}

/** One step as one transaction: its writes, its checkpoint, and the check that it is still ours. */
async function runStep<T>(client: PoolClient, work: () => Promise<T>): Promise<T> {
  const workflow = DBOS.workflowID
  const step = DBOS.stepID
  if (workflow === undefined || step === undefined) throw new Error('Outside of a workflow.')
  const [done] = await rows(
    client,
    Output,
    'dbos_check',
    'select output from dbos.transaction_completion where workflow_id = $1 and function_num = $2',
    [workflow, step],
  )
  if (done !== undefined) return JSON.parse(done.output ?? 'null') as T
  return inTransaction(client, async () => {
    const result = await work()
    await run(
      client,
      'dbos_record',
      'insert into dbos.transaction_completion (workflow_id, function_num, output) values ($1, $2, $3)',
      [workflow, step, JSON.stringify(result ?? null)],
    )
    await assertStillOwnsWorkflow(workflow)
    return result
  })
}

async function clear(
  client: PoolClient,
  workflow: string,
  from: number,
  beforeCommit?: () => Promise<void>,
): Promise<void> {
  await inTransaction(client, async () => {
    await run(
      client,
      'dbos_clear',
      'delete from dbos.transaction_completion where workflow_id = $1 and function_num >= $2',
      [workflow, from],
    )
    await beforeCommit?.()
  })
}

/**
 * DBOS's documented way to commit a step's writes with its checkpoint is a data source. Its package
 * for node-postgres of this SDK's version is not on the registry, so this is one by the SDK's own
 * interface, which does what its data sources do.
 */
export function openDataSource(url: string, connections: number) {
  const pool = new Pool({ connectionString: url, max: connections })
  const current = new AsyncLocalStorage<PoolClient>()
  registerDataSource({
    name,
    initialize: () => withClient(pool, migrate),
    destroy: () => pool.end(),
    deleteCheckpoints: (workflow, from, beforeCommit) =>
      withClient(pool, (client) => clear(client, workflow, from, beforeCommit)),
    invokeTransactionFunction: (_config, target, work, ...args) =>
      withClient(pool, (client) =>
        runStep(client, () => current.run(client, () => work.apply(target, args))),
      ),
  })
  return {
    pool,
    /** Runs a step of the workflow as one transaction. */
    step: <T>(label: string, work: (on: Connection) => Promise<T>): Promise<T> =>
      runTransaction(
        () => {
          const client = current.getStore()
          if (client === undefined) throw new Error('Outside of a transaction.')
          return work(client)
        },
        label,
        { dsName: name },
      ),
  }
}
