import type { Config } from '../config.ts'
import type { Bus, BusOptions } from '../live/bus.ts'
import { createPostgresBus } from '../live/postgres-bus.ts'
import { createRedisBus } from '../live/redis-bus.ts'
import type { Database } from '../store/database.ts'

/** How this process tells the others of news: over the Redis that is set, else over PostgreSQL. */
export function openBus(
  { TALKWRIGHT_BUS_URL: url }: Pick<Config, 'TALKWRIGHT_BUS_URL'>,
  { engine }: Pick<Database, 'engine'>,
  options: BusOptions,
): Bus {
  return url === undefined ? createPostgresBus(engine, options) : createRedisBus(url, options)
}
