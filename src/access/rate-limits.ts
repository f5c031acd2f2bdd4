import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { type RateKind, rateKinds, type Rates, rateSeconds } from '../domain/rates.ts'

/** Where somebody stands after a request. */
export interface RateStanding {
  kind: RateKind
  /** Requests in each window. */
  quota: number
  remaining: number
  /** Until the count begins anew, whole seconds. */
  resetSeconds: number
  isOver: boolean
}

export interface RateLimits {
  /** Counts a request; undefined where its kind has no limit. */
  take(kind: RateKind, who: string): Promise<RateStanding | undefined>
  /** Where somebody stands, without counting. */
  look(kind: RateKind, who: string): Promise<RateStanding | undefined>
}

function standing(kind: RateKind, quota: number, result: RateLimiterRes): RateStanding {
  const { consumedPoints, msBeforeNext } = result
  return {
    kind,
    quota,
    remaining: Math.max(0, quota - consumedPoints),
    resetSeconds: Math.max(1, Math.ceil(msBeforeNext / 1000)),
    isOver: consumedPoints > quota,
  }
}

/** Makes what counts the requests of a kind, of which each window lets `quota` through. */
export type MakeCounter = (
  kind: RateKind,
  quota: number,
) => Pick<RateLimiterAbstract, 'consume' | 'get'>

/** Counts in this process: each of several behind one address has a count of its own. */
export const countHere: MakeCounter = (kind, points) =>
  new RateLimiterMemory({ points, duration: rateSeconds, keyPrefix: kind })

export function createRateLimits(rates: Rates, makeCounter: MakeCounter = countHere): RateLimits {
  const counted = rateKinds.flatMap((kind) => {
    const quota = rates[kind]
    return quota === undefined
      ? []
      : [[kind, { quota, counter: makeCounter(kind, quota) }] as const]
  })
  const limits = new Map<RateKind, (typeof counted)[number][1]>(counted)
  return {
    async take(kind, who) {
      const limit = limits.get(kind)
      if (limit === undefined) return undefined
      const { quota, counter } = limit
      try {
        return standing(kind, quota, await counter.consume(who))
      } catch (thrown) {
        if (thrown instanceof RateLimiterRes) return standing(kind, quota, thrown)
        throw thrown
      }
    },
    async look(kind, who) {
      const limit = limits.get(kind)
      if (limit === undefined) return undefined
      const { quota, counter } = limit
      const found = await counter.get(who)
      if (found === null) return undefined
      return { ...standing(kind, quota, found), isOver: found.consumedPoints >= quota }
    },
  }
}
