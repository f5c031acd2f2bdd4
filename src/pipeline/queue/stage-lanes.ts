import { type Limits, noLimits, type Slots } from '../../domain/capacity.ts'
import { Stage } from '../../domain/status.ts'
import type { Engine } from './engine.ts'
import { createLane, type Lane } from './lane.ts'
import type { Claim } from './running.ts'
import { claimAgain, nothingClaimed } from './claim.ts'
import { claimWithin, type Providers, sharing } from './limits.ts'
import { type Attempt, JobData, type LostJob, lostQueue } from './queue.ts'
import type { Database } from '../../store/database.ts'
import type { Log } from '../../domain/log.ts'

export interface QueueSettings {
  database: Database
  log: Log
  limits?: Limits
  /** Who each stage calls, for the limits of providers. */
  providers?: Providers
}

/** What carries out the jobs of each stage. */
export interface Handlers {
  stages: { [S in Stage]: (attempt: Attempt<S>) => Promise<void> }
  lost: (job: LostJob, signal: AbortSignal) => Promise<void>
}

/** How many letters about lost jobs are handled at once. */
const lostSlots = 2

function toAttempt<S extends Stage>(stage: S, claim: Claim, signal: AbortSignal): Attempt<S> {
  const data = JobData[stage].parse(claim.data)
  // The schema was chosen by the same stage that the type is.
  return { stage, id: claim.id, number: claim.number, data: data as JobData[S], signal }
}

function toLostJob(claim: Claim): LostJob {
  const { stage, data, attempts } = claim.data as {
    stage: unknown
    data: unknown
    attempts: number
  }
  const known = Stage.parse(stage)
  return {
    id: claim.id,
    number: claim.number,
    stage: known,
    data: JobData[known].parse(data),
    attempts,
  }
}

export interface LaneParts {
  options: QueueSettings
  engine: Engine
  /** A place under a limit came free, for which jobs of these may wait. */
  onFreed: (stages: readonly Stage[]) => void
}

function stageLane<S extends Stage>(
  stage: S,
  parts: LaneParts,
  slots: number,
  handler: (attempt: Attempt<S>) => Promise<void>,
  poll: number | undefined,
): Lane {
  const { engine, options } = parts
  const limits = options.limits ?? noLimits
  const providers = options.providers ?? {}
  const rules = { stage, limits, providers }
  const waiting = sharing(stage, limits, providers)
  return createLane({
    name: stage,
    slots,
    log: options.log,
    pollMs: poll,
    claim: async (most) =>
      (await claimAgain(() =>
        claimWithin(options.database, rules, most, (room, tx) => engine.claim(stage, room, tx)),
      )) ?? nothingClaimed,
    beat: (claims) => engine.beat(stage, claims),
    handBack: (claims) => engine.restore(stage, claims),
    run: async (claim, signal) => handler(toAttempt(stage, claim, signal)),
    ...(waiting.length > 0 && { onFreed: () => parts.onFreed(waiting) }),
  })
}

function lostLane(
  { engine, options }: LaneParts,
  handler: Handlers['lost'],
  poll: number | undefined,
): Lane {
  return createLane({
    name: lostQueue,
    slots: lostSlots,
    log: options.log,
    pollMs: poll,
    claim: async (most) => ({ claims: await engine.claimLost(most), leftOut: false }),
    beat: (claims) => engine.beat(lostQueue, claims),
    handBack: (claims) => engine.restore(lostQueue, claims),
    run: async (claim, signal) => handler(toLostJob(claim), signal),
  })
}

/** The lanes of a process, those without a slot left out. */
export function makeLanes(
  parts: LaneParts,
  handlers: Handlers,
  slots: Slots,
  poll: number | undefined,
): Lane[] {
  const { stages, lost } = handlers
  const lanes = [
    stageLane('ingest', parts, slots.ingest, stages.ingest, poll),
    stageLane('fetch', parts, slots.fetch, stages.fetch, poll),
    stageLane('analyse', parts, slots.analyse, stages.analyse, poll),
    stageLane('plan', parts, slots.plan, stages.plan, poll),
    stageLane('build', parts, slots.build, stages.build, poll),
  ].filter((lane) => lane.freeSlots() > 0)
  return lanes.length === 0 ? [] : [...lanes, lostLane(parts, lost, poll)]
}
