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
  /** Ends what is still under way and gives it back; it may take a while longer to be done. */
  release(): Promise<void>
}

interface Run {
  claim: Claim
  controller: AbortController
  done: Promise<void>
  /** Another attempt has the job, or nobody. */
  lost: boolean
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

function takeAway(run: Run): void {
  run.lost = true
  run.controller.abort(leaseLost())
}

export function createRunning(options: RunningOptions): Running {
  // Not by the job's id: an attempt that lost its job goes on for a while beside the next one.
  const runs = new Set<Run>()
  const held = () => [...runs].filter((run) => !run.lost)

  async function untilDone(run: Run): Promise<void> {
    await carryOut(options, run.claim, run.controller)
    runs.delete(run)
    options.onDone()
  }

  return {
    start(claim) {
      // A job is given out anew only when its lease was lost, of which the attempt before, in this
      // very process, may not have heard yet.
      for (const run of runs) if (run.claim.id === claim.id) takeAway(run)
      const controller = new AbortController()
      const run: Run = { claim, controller, done: Promise.resolve(), lost: false }
      runs.add(run)
      run.done = untilDone(run)
    },
    count: () => runs.size,
    async nextDone() {
      if (runs.size > 0) await Promise.race([...runs].map(({ done }) => done))
    },
    async beat() {
      const asked = held()
      if (asked.length === 0) return
      const still = await options.beat(asked.map(({ claim }) => claim))
      for (const run of asked) if (!still.has(run.claim.id) && runs.has(run)) takeAway(run)
    },
    async release() {
      const left = held()
      // First nobody may write for these any more, then they are given back.
      for (const run of left) takeAway(run)
      if (left.length > 0) await options.handBack(left.map(({ claim }) => claim))
    },
  }
}
