import type { Context } from './context.ts'
import { withDatabase } from './database.ts'

/** Brings the database's schema up to date; opening it does that. */
export async function migrateCommand(context: Context): Promise<void> {
  await withDatabase(context, async ({ engine }) => {
    context.output.result('The schema is up to date.', { event: 'migrated', engine: engine.kind })
  })
}
