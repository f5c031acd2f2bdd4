import { randomUUID } from 'node:crypto'
import { openAsBlob } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, inject } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import { openPglite } from '../../src/store/open-pglite.ts'
import { openPostgres } from '../../src/store/open-postgres.ts'
import { templateName } from './prepared.ts'

/** An empty database with its schema in place; close it to remove it. */
export interface TestDatabase extends Database {
  /** To open it once more; absent on the embedded database. */
  url?: string
}

/** Runs a statement on the tests' PostgreSQL, in its database `postgres`. */
export async function asSuperuser(sql: string): Promise<void> {
  const client = new Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

async function freshPostgres(): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asSuperuser(`create database ${name} template ${templateName}`)
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`
  const database = await openPostgres({ connectionString: url.href, onError: () => undefined })
  return {
    ...database,
    url: url.href,
    close: async () => {
      await database.close()
      await asSuperuser(`drop database ${name} with (force)`)
    },
  }
}

const kinds = {
  PGlite: async (): Promise<TestDatabase> =>
    openPglite({
      token: randomUUID(),
      packed: await openAsBlob(join(inject('prepared'), 'database.tar')),
    }),
  PostgreSQL: freshPostgres,
} as const

/** Whether this machine has a PostgreSQL for the tests. */
function hasPostgres(): boolean {
  return inject('postgresUrl') !== ''
}

type Kind = keyof typeof kinds

function onDatabase(kind: Kind, name: string, suite: (database: () => TestDatabase) => void): void {
  const missing = kind === 'PostgreSQL' && !hasPostgres()
  describe.skipIf(missing)(`${name} on ${kind}${missing ? ' (not installed)' : ''}`, () => {
    let open: TestDatabase | undefined
    beforeAll(async () => {
      open = await kinds[kind]()
    })
    afterAll(async () => {
      await open?.close()
    })
    suite(() => {
      if (open === undefined) throw new Error('The database is not open yet.')
      return open
    })
  })
}

/** Runs one suite on the embedded database and on PostgreSQL, each with a database of its own. */
export function onEveryDatabase(name: string, suite: (database: () => TestDatabase) => void): void {
  onDatabase('PGlite', name, suite)
  onDatabase('PostgreSQL', name, suite)
}

/** Runs a suite that needs several processes on one database. */
export function onPostgres(name: string, suite: (url: () => string) => void): void {
  onDatabase('PostgreSQL', name, (database) => {
    suite(() => {
      const { url } = database()
      if (url === undefined) throw new Error('A database on PostgreSQL has an address.')
      return url
    })
  })
}
