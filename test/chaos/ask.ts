import { Client } from 'pg'

/** Runs one statement and gives its rows. */
export type Ask = (sql: string, values?: readonly unknown[]) => Promise<Record<string, unknown>[]>

/** Asks a database past every fault, on a connection of its own each time. */
export function askDirectly(url: string): Ask {
  return async (sql, values = []) => {
    const client = new Client({
      connectionString: url,
      connectionTimeoutMillis: 5_000,
      query_timeout: 30_000,
    })
    // An answer that does not come fails the statement; the connection's own end tells nothing more.
    client.on('error', () => undefined)
    await client.connect()
    try {
      return (await client.query<Record<string, unknown>>(sql, [...values])).rows
    } finally {
      await client.end().catch(() => undefined)
    }
  }
}
