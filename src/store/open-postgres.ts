import { Kysely, PostgresDialect } from 'kysely'
import { Client, type QueryResult } from 'pg'
import { AppError, hasCode } from '../domain/errors.ts'
import type { Database } from './database.ts'
import { listen } from './listen.ts'
import { migrate } from './migrate.ts'
import { connect, type Connections } from './postgres-pool.ts'
import type { Schema } from './schema.ts'

export interface PostgresOptions {
  connectionString: string
  /** Connections at most, one for listening aside. */
  max?: number
  /** False behind a pooler in transaction mode; see `connect`. */
  ownsSession?: boolean
  /** Called when an idle connection breaks; the pool replaces it by itself. */
  onError: (error: Error) => void
  /** False where the schema is brought up elsewhere, as on Supabase. */
  migrates?: boolean
}

function rightsError(thrown: unknown): unknown {
  // 42501 is PostgreSQL's insufficient_privilege.
  if (!(thrown instanceof Error) || !hasCode(thrown, '42501')) return thrown
  return new AppError(
    'database_rights',
    `The database user lacks a right: ${thrown.message}. Let it own its database and create roles (alter role … createrole), or run \`talkwright migrate\` once as a superuser.`,
    { cause: thrown },
  )
}

async function bringUp(connectionString: string): Promise<void> {
  // Of its own, so that a migration's session lock and its plans end with it.
  const client = new Client({ connectionString, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  try {
    await client.connect().catch((cause: unknown) => {
      throw new AppError(
        'database_unreachable',
        'The database at DATABASE_URL does not answer. Check the address, the password and that the server runs.',
        { status: 503, retryable: true, cause },
      )
    })
    await migrate({
      run: async (sql) => {
        const result: QueryResult<Record<string, unknown>> = await client.query(sql)
        return result.rows ?? []
      },
    })
  } catch (error) {
    throw rightsError(error)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Of a schema that is brought up elsewhere no more is asked than that it is there. */
async function requireSchema(connections: Connections): Promise<void> {
  const { rows } = await connections.run(
    `select to_regclass('public.processing_queue') is not null as there`,
  )
  if (rows[0]?.['there'] === true) return
  throw new AppError(
    'database_not_migrated',
    'The database at DATABASE_URL has no schema yet. Run `talkwright migrate` with an address that leads to the database itself, not to a pooler.',
  )
}

/**
 * Opens PostgreSQL 15 or newer and brings its schema up to date.
 *
 * @throws AppError `database_unreachable` when no connection can be made, `database_rights` when its
 *   user may not make what the schema needs, `database_not_migrated` when it was to be there.
 */
export async function openPostgres(options: PostgresOptions): Promise<Database> {
  const { connectionString, onError } = options
  const ownsSession = options.ownsSession ?? true
  const migrates = options.migrates ?? true
  if (migrates) await bringUp(connectionString)
  const connections = connect({ connectionString, max: options.max ?? 10, ownsSession, onError })
  if (!migrates) {
    await requireSchema(connections).catch(async (error: unknown) => {
      await connections.close()
      throw error
    })
  }
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: connections.pool }) })
  return {
    db,
    engine: {
      kind: 'postgres',
      run: connections.run,
      ...(ownsSession && { listen: (rest) => listen({ connectionString, ...rest }) }),
    },
    durable: true,
    close: () => db.destroy(),
  }
}
