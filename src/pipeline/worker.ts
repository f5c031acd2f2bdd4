import { toAppError } from '../domain/errors.ts'
import { analyse } from './analyse.ts'
import { build } from './build.ts'
import { failDeadLetters } from './dead-letters.ts'
import type { PipelineDeps } from './deps.ts'
import { askForMissingTranscripts, fetchTranscript } from './fetch-transcript.ts'
import { plan } from './plan.ts'
import { askAboutSilentBuilds } from './reconcile-builds.ts'
import { handleTavusWebhook } from './tavus-webhooks.ts'

/** How many jobs of each stage one process carries out at once. */
export interface Slots {
  ingest: number
  fetch: number
  analyse: number
  plan: number
  build: number
}

export interface Worker {
  /** Stops taking work and waits for what is under way, at most `timeoutMs`. */
  stop(timeoutMs: number): Promise<void>
}

const reconcileMs = 30_000

/** Looks for what got lost on the way: transcripts, build events, jobs that died with their process. */
export async function reconcile(deps: PipelineDeps): Promise<void> {
  for (const look of [askForMissingTranscripts, askAboutSilentBuilds, failDeadLetters]) {
    try {
      await look(deps)
    } catch (thrown) {
      deps.log.error({ look: look.name, code: toAppError(thrown).code }, 'reconcile.failed')
    }
  }
}

/** Starts carrying out the stages' jobs in this process. */
export async function startWorker(deps: PipelineDeps, slots: Slots): Promise<Worker> {
  await deps.queue.work('ingest', slots.ingest, (attempt) => handleTavusWebhook(deps, attempt))
  await deps.queue.work('fetch', slots.fetch, (attempt) => fetchTranscript(deps, attempt))
  await deps.queue.work('analyse', slots.analyse, (attempt) => analyse(deps, attempt))
  await deps.queue.work('plan', slots.plan, (attempt) => plan(deps, attempt))
  await deps.queue.work('build', slots.build, (attempt) => build(deps, attempt))
  let looking: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    looking = looking.then(() => reconcile(deps))
  }, reconcileMs)
  return {
    async stop(timeoutMs) {
      clearInterval(timer)
      await deps.queue.stop(timeoutMs)
      await looking
    },
  }
}
