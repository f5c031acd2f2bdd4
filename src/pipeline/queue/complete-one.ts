import { toAppError } from '../../domain/errors.ts'
import type { Tx } from '../../store/database.ts'
import type { Completable, Queue } from './queue.ts'
import { leaseLost } from './running.ts'

/** Why an attempt could not be completed: what ended it, or that another worker has its job. */
export function whyNotCompleted({ signal }: Completable): Error {
  return signal.aborted ? toAppError(signal.reason) : leaseLost()
}

/**
 * Completes one attempt with its result.
 *
 * @throws AppError `lease_lost` when it no longer holds the job, or what ended it.
 */
export async function completeOne(
  queue: Pick<Queue, 'complete'>,
  tx: Tx,
  attempt: Completable,
): Promise<void> {
  const held = await queue.complete(tx, [attempt])
  if (held.size === 0) throw whyNotCompleted(attempt)
}
