import { randomUUID } from 'node:crypto'
import type { Config } from '../config.ts'
import type { Database } from '../store/database.ts'
import { openPglite } from '../store/open-pglite.ts'
import { openPostgres, type PostgresOptions } from '../store/open-postgres.ts'
import type { Context } from './context.ts'

/** How PostgreSQL is opened: behind a pooler no session is ours, so nobody migrates through it. */
export function behindPooler({
  DATABASE_POOLER,
}: Pick<Config, 'DATABASE_POOLER'>): Pick<PostgresOptions, 'ownsSession' | 'migrates'> {
  const direct = DATABASE_POOLER === 'none'
  return { ownsSession: direct, migrates: direct }
}

/** Opens the configured database for one command. @throws AppError `data_in_use`, `database_unreachable` */
export async function withDatabase<T>(
  context: Context,
  run: (database: Database) => Promise<T>,
  options: Pick<PostgresOptions, 'max' | 'migrates'> = {},
): Promise<T> {
  const { DATABASE_URL: connectionString, TALKWRIGHT_DATA: folder } = context.config
  const database =
    connectionString === undefined
      ? await openPglite({ folder, token: randomUUID() })
      : await openPostgres({
          connectionString,
          max: 2,
          ...behindPooler(context.config),
          ...options,
          onError: (error) => context.log.error({ error: error.message }, 'database.error'),
        })
  try {
    return await run(database)
  } finally {
    await database.close()
  }
}
