import { AppError } from '../domain/errors.ts'
import { deleteAfterSeconds } from '../domain/retention.ts'
import { installQueue } from '../pipeline/queue/start-queue.ts'
import type { Context } from './context.ts'
import { withDatabase } from './database.ts'

/**
 * Brings the database's schema and the job engine's up to date.
 *
 * @throws AppError `migrate_needs_direct` behind a pooler, which keeps no lock between two statements.
 */
export async function migrateCommand(context: Context): Promise<void> {
  const { config, log } = context
  if (config.DATABASE_URL !== undefined && config.DATABASE_POOLER !== 'none') {
    throw new AppError(
      'migrate_needs_direct',
      'The schema is not brought up through a pooler. Run this with DATABASE_URL set to the address of the database itself and without DATABASE_POOLER.',
    )
  }
  // Opening it brings up our own schema.
  await withDatabase(context, async (database) => {
    const keepFinishedSeconds = deleteAfterSeconds(config.TALKWRIGHT_RETENTION)
    await installQueue({ database, log, engine: { keepFinishedSeconds } })
    context.output.result('The schema is up to date.', {
      event: 'migrated',
      engine: database.engine.kind,
    })
  })
}
