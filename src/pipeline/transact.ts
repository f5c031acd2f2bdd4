import type { Tx } from '../store/database.ts'
import type { PipelineDeps } from './deps.ts'

/** Does something in one transaction and, once it is committed, wakes the workers of what it queued. */
export async function transact<T>(
  deps: Pick<PipelineDeps, 'database' | 'queue'>,
  run: (tx: Tx) => Promise<T>,
): Promise<T> {
  let used: Tx | undefined
  const result = await deps.database.db.transaction().execute(async (tx) => {
    used = tx
    return run(tx)
  })
  if (used !== undefined) deps.queue.wake(used)
  return result
}
