import type { Stage } from './status.ts'

/** What waits for a stage and how quickly it is worked off. */
export interface StageLoad {
  stage: Stage
  /** Jobs that may begin at once, counted up to a bound. */
  ready: number
  /** How long the one that has waited longest has been ready. */
  oldestSeconds: number
  active: number
  /** Jobs finished a second, lately; 0 when none was in the last minute. */
  perSecond: number
}

/** From where on the queue counts as busy. */
export interface Busy {
  /** Ready jobs of all stages together. */
  depth: number
  /** Seconds for which the oldest of them has been ready. */
  age: number
}

export const defaultBusy: Busy = { depth: 1_000, age: 300 }

/** The whole queue in a few figures. */
export interface Backlog {
  state: 'ok' | 'busy'
  depth: number
  oldestSeconds: number
  /** Until a job that comes now begins, in the stage where that takes longest. */
  expectedWaitSeconds: number
}

const dayInSeconds = 86_400

/** A guess is not said more precisely than it is known, and nobody plans further than a day. */
function rounded(seconds: number): number {
  const step = seconds <= 10 ? 1 : seconds <= 60 ? 5 : seconds <= 3_600 ? 60 : 600
  return Math.min(dayInSeconds, Math.ceil(seconds / step) * step)
}

/**
 * How long a job waits that has so many before it. As long as nothing was finished lately, it is
 * taken to wait as long as the oldest has waited.
 */
export function expectedWait(ahead: number, load: StageLoad): number {
  if (ahead === 0) return 0
  const wait = load.perSecond > 0 ? ahead / load.perSecond : load.oldestSeconds
  return rounded(Math.max(1, wait))
}

/** Sums the stages up. */
export function backlogOf(loads: readonly StageLoad[], busy: Busy): Backlog {
  const depth = loads.reduce((sum, load) => sum + load.ready, 0)
  const oldestSeconds = Math.round(Math.max(0, ...loads.map((load) => load.oldestSeconds)))
  const waits = loads.map((load) => expectedWait(load.ready, load))
  const state = depth > busy.depth || oldestSeconds > busy.age ? 'busy' : 'ok'
  return { state, depth, oldestSeconds, expectedWaitSeconds: Math.max(0, ...waits) }
}
