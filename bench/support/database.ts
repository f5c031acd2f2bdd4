import { Client } from 'pg'
import { z } from 'zod'

/** A database of its own on the benchmarks' cluster, with one connection to look into it. */
export interface BenchDatabase {
  name: string
  url: string
  /** The rows of a statement, as the schema says they are. */
  rows<T>(row: z.ZodType<T>, sql: string, values?: readonly unknown[]): Promise<T[]>
  /** The one number that a statement gives. */
  number(sql: string, values?: readonly unknown[]): Promise<number>
  run(sql: string): Promise<void>
  /** Closes our connection and leaves the database. */
  close(): Promise<void>
  /** Ends every connection to it and removes it. */
  drop(): Promise<void>
}

async function onServer(url: string, statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

function withName(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

const OneNumber = z.tuple([z.coerce.number()])

async function connect(serverUrl: string, name: string): Promise<BenchDatabase> {
  const url = withName(serverUrl, name)
  const client = new Client({ connectionString: url })
  // The server may go first when the bench is interrupted; statements then fail by themselves.
  client.on('error', () => undefined)
  await client.connect()
  return {
    name,
    url,
    async rows(row, sql, values = []) {
      const result = await client.query(sql, [...values])
      return z.array(row).parse(result.rows)
    },
    async number(sql, values = []) {
      const result = await client.query({ text: sql, values: [...values], rowMode: 'array' })
      return OneNumber.parse(result.rows[0])[0]
    },
    async run(sql) {
      await client.query(sql)
    },
    close: () => client.end(),
    async drop() {
      await client.end()
      await onServer(serverUrl, [`drop database ${name} with (force)`])
    },
  }
}

/** Makes a database; from a template it has that one's schema and rows. Names are ours alone. */
export async function createDatabase(
  serverUrl: string,
  name: string,
  template?: string,
): Promise<BenchDatabase> {
  const from = template === undefined ? '' : ` template ${template}`
  // The checkpoint belongs to the copy, not to whatever is measured next.
  await onServer(serverUrl, [`create database ${name}${from}`, 'checkpoint'])
  return connect(serverUrl, name)
}
