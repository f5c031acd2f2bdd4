import { randomUUID } from 'node:crypto'
import type { Database } from '../store/database.ts'
import { openPglite } from '../store/open-pglite.ts'
import { openPostgres } from '../store/open-postgres.ts'
import type { Context } from './context.ts'

/** Opens the configured database for one command. @throws AppError `data_in_use`, `database_unreachable` */
export async function withDatabase<T>(
  context: Context,
  run: (database: Database) => Promise<T>,
): Promise<T> {
  const { DATABASE_URL: connectionString, TALKWRIGHT_DATA: folder } = context.config
  const database =
    connectionString === undefined
      ? await openPglite({ folder, token: randomUUID() })
      : await openPostgres({
          connectionString,
          max: 2,
          ownsSession: context.config.DATABASE_POOLER === 'none',
          onError: (error) => context.log.error({ error: error.message }, 'database.error'),
        })
  try {
    return await run(database)
  } finally {
    await database.close()
  }
}
