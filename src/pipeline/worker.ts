import type { Slots } from '../domain/capacity.ts'
import { toAppError } from '../domain/errors.ts'
import { defaultRetryPolicy, type RetryPolicy } from '../domain/retry-policy.ts'
import type { Stage } from '../domain/status.ts'
import { providerOf } from '../model/language-model.ts'
import { analyse } from './analyse.ts'
import { build } from './build.ts'
import type { PipelineDeps } from './deps.ts'
import { askForMissingTranscripts, fetchTranscript } from './fetch-transcript.ts'
import { giveUpLostJob } from './lost-jobs.ts'
import { plan } from './plan.ts'
import type { Providers } from './queue/limits.ts'
import type { Attempt } from './queue/queue.ts'
import type { Handlers } from './queue/stage-lanes.ts'
import { until } from './queue/until.ts'
import type { Workers } from './queue/workers.ts'
import { askAboutSilentBuilds, endUnwantedBuilds } from './reconcile-builds.ts'
import { reviseAfterBuilds } from './revise.ts'
import { settleFailure } from './settle-failure.ts'
import { createSteps } from './steps.ts'

export interface Reconciler {
  /** Stops looking for what got lost; the workers are stopped on their own. */
  stop(): Promise<void>
}

const reconcileMs = 30_000
/** What a stop waits for a question that is under way; whatever comes of it later is asked again. */
const lingerMs = 1_000

/**
 * Looks for what got lost on the way (transcripts, build events, the ends of builds) and for talks
 * that waited for a build, and gives how many it took up.
 *
 * @param signal ends it before the next one is asked for
 */
export async function reconcile(deps: PipelineDeps, signal?: AbortSignal): Promise<number> {
  let asked = 0
  const looks = [
    askForMissingTranscripts,
    askAboutSilentBuilds,
    endUnwantedBuilds,
    reviseAfterBuilds,
  ]
  for (const look of looks) {
    if (signal?.aborted === true) break
    try {
      asked += await look(deps, signal)
    } catch (thrown) {
      deps.log.error({ look: look.name, code: toAppError(thrown).code }, 'reconcile.failed')
    }
  }
  return asked
}

/** How each stage's jobs are carried out and what becomes of those that fail. */
export function stageHandlers(
  deps: PipelineDeps,
  policy: RetryPolicy = defaultRetryPolicy,
): Handlers {
  const steps = createSteps(deps)
  const settled =
    <S extends Stage>(run: (attempt: Attempt<S>) => Promise<void>) =>
    async (attempt: Attempt<S>): Promise<void> => {
      try {
        await run(attempt)
      } catch (thrown) {
        await settleFailure(deps, policy, attempt, thrown)
      }
    }
  return {
    stages: {
      ingest: settled((attempt) => steps.receptions.ask(attempt)),
      fetch: settled((attempt) => fetchTranscript(deps, attempt)),
      analyse: settled((attempt) => analyse(deps, steps, attempt)),
      plan: settled((attempt) => plan(deps, steps, attempt)),
      build: settled((attempt) => build(deps, steps, attempt)),
    },
    lost: (job, signal) => giveUpLostJob(deps, job, signal),
  }
}

/** Who each stage calls, for the limits of providers. */
export function stageProviders(deps: Pick<PipelineDeps, 'analyst' | 'planner'>): Providers {
  const { analyst, planner } = deps
  return {
    fetch: 'tavus',
    analyse: providerOf(analyst.name),
    plan: providerOf(planner.name),
    build: 'builder',
  }
}

/** Starts carrying out the stages' jobs in this process. */
export function startWorker(deps: PipelineDeps, workers: Workers, slots: Slots): Reconciler {
  workers.work(stageHandlers(deps), slots)
  const stopping = new AbortController()
  let looking: Promise<unknown> | undefined
  const timer = setInterval(() => {
    // One at a time: where the builder does not answer, a look takes longer than until the next.
    looking ??= reconcile(deps, stopping.signal).finally(() => {
      looking = undefined
    })
  }, reconcileMs)
  return {
    async stop() {
      clearInterval(timer)
      stopping.abort()
      const end = until(new Date(Date.now() + lingerMs))
      await Promise.race([looking, end.reached])
      end.cancel()
    },
  }
}
