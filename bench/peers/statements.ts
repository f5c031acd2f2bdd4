import type { ClientBase, Pool, PoolClient } from 'pg'
import { z } from 'zod'

/** Whatever runs statements on one connection; the peers bring their own. */
export type Connection = Pick<ClientBase, 'query'>

/**
 * Runs a statement by name: it is parsed and planned once a connection. That is the best a peer's
 * user can do, and it is what every peer gets here.
 */
export async function rows<T>(
  on: Connection,
  row: z.ZodType<T>,
  name: string,
  text: string,
  values: readonly unknown[],
): Promise<T[]> {
  const result = await on.query({ name, text, values: [...values] })
  return z.array(row).parse(result.rows)
}

const Anything = z.unknown()

export async function run(
  on: Connection,
  name: string,
  text: string,
  values: readonly unknown[],
): Promise<void> {
  await rows(on, Anything, name, text, values)
}

/** Like rows, for a statement that gives exactly one. */
export async function one<T>(
  on: Connection,
  row: z.ZodType<T>,
  name: string,
  text: string,
  values: readonly unknown[],
): Promise<T> {
  const [found] = await rows(on, row, name, text, values)
  if (found === undefined) throw new Error(`${name} gave no row.`)
  return found
}

/** Runs something in one transaction of one connection. */
export async function inTransaction<T>(on: Connection, work: () => Promise<T>): Promise<T> {
  await on.query('begin')
  try {
    const result = await work()
    await on.query('commit')
    return result
  } catch (error) {
    await on.query('rollback')
    throw error
  }
}

/** Lends a connection of the pool. */
export async function withClient<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  try {
    return await work(client)
  } finally {
    client.release()
  }
}
