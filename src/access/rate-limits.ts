import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { type RateKind, type Rates, rateSeconds } from '../domain/rates.ts'

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

/** Limits of this process: each of several behind one address has a count of its own. */
export function createRateLimits(rates: Rates): RateLimits {
  const limiters = new Map(
    Object.entries(rates).map(([kind, points]) => [
      kind,
      new RateLimiterMemory({ points, duration: rateSeconds, keyPrefix: kind }),
    ]),
  )
  return {
    async take(kind, who) {
      const limiter = limiters.get(kind)
      if (limiter === undefined) return undefined
      try {
        return standing(kind, limiter.points, await limiter.consume(who))
      } catch (thrown) {
        if (thrown instanceof RateLimiterRes) return standing(kind, limiter.points, thrown)
        throw thrown
      }
    },
    async look(kind, who) {
      const limiter = limiters.get(kind)
      const found = limiter === undefined ? null : await limiter.get(who)
      if (limiter === undefined || found === null) return undefined
      const seen = standing(kind, limiter.points, found)
      return { ...seen, isOver: found.consumedPoints >= limiter.points }
    },
  }
}
