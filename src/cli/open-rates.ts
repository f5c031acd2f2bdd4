import { countInRedis } from '../access/redis-counts.ts'
import { createRateLimits, type RateLimits } from '../access/rate-limits.ts'
import type { Config } from '../config.ts'
import type { Log } from '../domain/log.ts'
import { openRedis } from '../store/redis.ts'

/** The limits of this process, counted with the other servers where a Redis connects them. */
export function openRates(
  { TALKWRIGHT_RATES: rates, TALKWRIGHT_BUS_URL: url }: Config,
  log: Log,
): { limits: RateLimits; close: () => Promise<void> } {
  if (url === undefined) return { limits: createRateLimits(rates), close: async () => undefined }
  const redis = openRedis(url, log)
  return {
    limits: createRateLimits(rates, countInRedis(redis.client)),
    close: () => redis.close(),
  }
}
