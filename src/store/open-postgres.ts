import { Kysely, PostgresDialect } from 'kysely'
import { Pool, type QueryResult } from 'pg'
import { AppError } from '../domain/errors.ts'
import type { Database } from './database.ts'
import { migrate } from './migrate.ts'
import type { Schema } from './schema.ts'

export interface PostgresOptions {
  connectionString: string
  /** Connections at most; the job engine has a pool of its own. */
  max?: number
  /** Called when an idle connection breaks; the pool replaces it by itself. */
  onError: (error: Error) => void
  /** False where the schema is brought up elsewhere, as on Supabase. */
  migrates?: boolean
}

function rightsError(thrown: unknown): unknown {
  // 42501 is PostgreSQL's insufficient_privilege.
  if (!(thrown instanceof Error) || !('code' in thrown) || thrown.code !== '42501') return thrown
  return new AppError(
    'database_rights',
    `The database user lacks a right: ${thrown.message}. Let it own its database and create roles (alter role … createrole), or run \`talkwright migrate\` once as a superuser.`,
    { cause: thrown },
  )
}

async function bringUp(pool: Pool): Promise<void> {
  const client = await pool.connect().catch((cause: unknown) => {
    throw new AppError(
      'database_unreachable',
      'The database at DATABASE_URL does not answer. Check the address, the password and that the server runs.',
      { status: 503, retryable: true, cause },
    )
  })
  try {
    await migrate({
      run: async (sql) => {
        const result: QueryResult<Record<string, unknown>> = await client.query(sql)
        return result.rows ?? []
      },
    })
  } catch (error) {
    throw rightsError(error)
  } finally {
    client.release()
  }
}

/**
 * Opens PostgreSQL 15 or newer and brings its schema up to date.
 *
 * @throws AppError `database_unreachable` when no connection can be made, `database_rights` when its
 *   user may not make what the schema needs.
 */
export async function openPostgres(options: PostgresOptions): Promise<Database> {
  const pool = new Pool({
    connectionString: options.connectionString,
    max: options.max ?? 10,
    connectionTimeoutMillis: 10_000,
  })
  pool.on('error', options.onError)
  try {
    if (options.migrates ?? true) await bringUp(pool)
  } catch (error) {
    await pool.end()
    throw error
  }
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  return {
    db,
    engine: { kind: 'postgres', connectionString: options.connectionString },
    durable: true,
    close: () => db.destroy(),
  }
}
