import type { PipelineDeps } from './deps.ts'
import { completeOne } from './queue/complete-one.ts'
import { giveUp, projectOf } from './give-up.ts'
import { type LostJob, lostQueue } from './queue/queue.ts'
import { transact } from './transact.ts'

/** Gives up a job whose process ended without an answer each time that it was tried. */
export async function giveUpLostJob(
  deps: PipelineDeps,
  job: LostJob,
  signal: AbortSignal,
): Promise<void> {
  const { stage, data, attempts } = job
  const message = `The ${stage} step ended its process, or ran out of time, all ${attempts} times that it was tried. Look at the worker's log before you retry it.`
  await transact(deps, async (tx) => {
    await giveUp(deps, tx, { stage, data, attempts, error: { code: 'worker_lost', message } })
    await completeOne(deps.queue, tx, { stage: lostQueue, id: job.id, number: job.number, signal })
  })
  const projectId = projectOf(data)
  if (projectId !== undefined) deps.committed(projectId)
}
