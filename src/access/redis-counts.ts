import { RateLimiterMemory, RateLimiterRedis, RLWrapperTimeouts } from 'rate-limiter-flexible'
import { rateSeconds } from '../domain/rates.ts'
import type { RedisClient } from '../store/redis.ts'
import type { MakeCounter } from './rate-limits.ts'

/** A request waits no longer than this for its count, milliseconds. */
const timeoutMs = 250

/**
 * Counts that all servers on a Redis share. While it is away or silent each server counts for
 * itself: that somebody is counted twice harms less than that nobody gets in, or everybody.
 */
export function countInRedis(client: RedisClient): MakeCounter {
  return (kind, points) => {
    const window = { points, duration: rateSeconds }
    const limiter = new RateLimiterRedis({
      ...window,
      storeClient: client,
      useRedisPackage: true,
      rejectIfRedisNotReady: true,
      keyPrefix: `talkwright:rate:${kind}`,
      insuranceLimiter: new RateLimiterMemory({ ...window, keyPrefix: kind }),
    })
    return new RLWrapperTimeouts({ limiter, timeoutMs })
  }
}
