import type { PipelineDeps } from './deps.ts'
import { until } from './queue/until.ts'
import type { Drained, DrainOptions, Workers } from './queue/workers.ts'
import { reconcile, stageHandlers } from './worker.ts'

/** Looks for what got lost, at most until a moment; gives how many it asked for by then. */
async function reconcileUntil(deps: PipelineDeps, at: Date, signal?: AbortSignal): Promise<number> {
  const over = new AbortController()
  const end = until(at, signal)
  try {
    return await Promise.race([reconcile(deps, over.signal), end.reached.then(() => 0)])
  } finally {
    over.abort()
    end.cancel()
  }
}

/**
 * One time-boxed pass for hosts on which no process stays: carries out the jobs that wait, the most
 * urgent first, and what follows from them, then looks once for what got lost. It claims nothing in
 * the reserve before its deadline, and gives back untried what is not done at the end of it. Any
 * number of passes may run at a time.
 *
 * @throws whatever the database throws when it is not reachable at the start.
 */
export async function drain(
  deps: PipelineDeps,
  workers: Workers,
  options: DrainOptions,
): Promise<Drained> {
  const handlers = stageHandlers(deps)
  const first = await workers.drain(handlers, options)
  if (first.end === 'deadline') return first
  const { deadline, reserveMs, signal } = options
  const asked = await reconcileUntil(deps, new Date(deadline.getTime() - reserveMs), signal)
  if (asked === 0) return first
  const second = await workers.drain(handlers, options)
  return { end: second.end, started: first.started + second.started }
}
