import { AppError, toAppError } from '../../domain/errors.ts'
import type { Log } from '../../domain/log.ts'

/** A job that this process holds: the lease is its id and the number of the attempt. */
export interface Claim {
  id: string
  /** 1 for the first attempt. */
  number: number
  data: unknown
  /** After this long the engine takes the job away. */
  expireSeconds: number
}

export interface RunningOptions {
  name: string
  /** Carries out one; its errors are logged here, not acted on. */
  run: (claim: Claim, signal: AbortSignal) => Promise<void>
  /** Says that these are still being worked on; gives the ids that are still held. */
  beat: (claims: readonly Claim[]) => Promise<ReadonlySet<string>>
  /** Gives jobs back untried. */
  handBack: (claims: readonly Claim[]) => Promise<void>
  /** Called whenever one ended. */
  onDone: () => void
  log: Log
}

/** The jobs of one stage that are under way in this process. */
export interface Running {
  start(claim: Claim): void
  count(): number
  /** Resolves when one of them ends; at once when there is none. */
  nextDone(): Promise<void>
  /** Keeps their leases alive and ends those that another worker has taken over. */
  beat(): Promise<void>
  /** Ends what is still under way and gives it back. */
  release(): Promise<void>
}

interface Run {
  claim: Claim
  controller: AbortController
  done: Promise<void>
}

/** The attempt ends itself this much before the engine would take the job away. */
const expiryMarginSeconds = 10

function timedOut(name: string, seconds: number): AppError {
  return new AppError(
    'attempt_timed_out',
    `The ${name} step was not done after ${seconds} seconds and was ended.`,
    { retryable: true },
  )
}

/** Why an attempt that another worker has taken over must stop. */
export function leaseLost(): AppError {
  return new AppError('lease_lost', 'Another worker has taken this job over.')
}

async function carryOut(
  options: RunningOptions,
  claim: Claim,
  controller: AbortController,
): Promise<void> {
  const seconds = Math.max(1, claim.expireSeconds - expiryMarginSeconds)
  const limit = setTimeout(() => controller.abort(timedOut(options.name, seconds)), seconds * 1_000)
  try {
    await options.run(claim, controller.signal)
  } catch (thrown) {
    const { code, message } = toAppError(thrown)
    options.log.warn({ lane: options.name, jobId: claim.id, code, message }, 'job.not_settled')
  } finally {
    clearTimeout(limit)
  }
}

export function createRunning(options: RunningOptions): Running {
  const runs = new Map<string, Run>()

  async function untilDone(claim: Claim, controller: AbortController): Promise<void> {
    await carryOut(options, claim, controller)
    runs.delete(claim.id)
    options.onDone()
  }

  return {
    start(claim) {
      const controller = new AbortController()
      runs.set(claim.id, { claim, controller, done: untilDone(claim, controller) })
    },
    count: () => runs.size,
    async nextDone() {
      if (runs.size > 0) await Promise.race([...runs.values()].map(({ done }) => done))
    },
    async beat() {
      const held = [...runs.values()]
      if (held.length === 0) return
      const still = await options.beat(held.map(({ claim }) => claim))
      for (const { claim, controller } of held) {
        if (!still.has(claim.id) && runs.has(claim.id)) controller.abort(leaseLost())
      }
    },
    async release() {
      const left = [...runs.values()]
      // First nobody may write for these any more, then they are given back.
      for (const { controller } of left) controller.abort(leaseLost())
      if (left.length > 0) await options.handBack(left.map(({ claim }) => claim))
      await Promise.all(left.map(({ done }) => done))
    },
  }
}
