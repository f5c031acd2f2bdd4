import type { PGlite } from '@electric-sql/pglite'
import type { Kysely, Transaction } from 'kysely'
import type { Listener, ListenOptions } from './listen.ts'
import type { RawResult } from './postgres-pool.ts'
import type { Schema } from './schema.ts'

/** An open transaction. */
export type Tx = Transaction<Schema>

/** The database itself or a transaction on it. */
export type Queryable = Kysely<Schema>

/** How the job engine reaches the same database. */
export type EngineConnection =
  | { kind: 'pglite'; pglite: PGlite }
  | {
      kind: 'postgres'
      /** Runs a statement, or text that holds several, outside of any transaction. */
      run: (text: string, values?: unknown[]) => Promise<RawResult>
      /** Absent behind a pooler, where no connection stays to listen on. */
      listen?: (options: Omit<ListenOptions, 'connectionString'>) => Listener
    }

/** An open database with its schema in place. */
export interface Database {
  readonly db: Kysely<Schema>
  readonly engine: EngineConnection
  /** False when the embedded database could not be made to flush commits to the disk. */
  readonly durable: boolean
  close(): Promise<void>
}
