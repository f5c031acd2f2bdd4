import { once } from 'node:events'
import { AppError } from '../domain/errors.ts'
import type { Context } from './context.ts'
import { startSystem } from './system.ts'

/**
 * One more worker on the same PostgreSQL, until a signal comes.
 *
 * @throws AppError `worker_needs_postgres` on the embedded database, which has room for one process.
 */
export async function workerCommand(context: Context): Promise<void> {
  if (context.config.DATABASE_URL === undefined) {
    throw new AppError(
      'worker_needs_postgres',
      'A worker of its own needs PostgreSQL: set DATABASE_URL. On the embedded database `talkwright serve` is the worker.',
    )
  }
  const system = await startSystem({
    ...context,
    config: { ...context.config, PORT: 0, HOST: '127.0.0.1' },
    storage: 'folder',
    slots: context.config.TALKWRIGHT_SLOTS,
  })
  try {
    context.output.result('The worker is ready.', { event: 'worker.ready' })
    if (!context.stopped.aborted) await once(context.stopped, 'abort')
  } finally {
    await system.stop()
  }
}
