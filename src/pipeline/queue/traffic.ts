import { sql } from 'kysely'
import { Stage } from '../../domain/status.ts'
import type { Queryable } from '../../store/database.ts'

/** How many jobs of a stage ended in one minute. */
export interface Minute {
  stage: Stage
  /** 0 for the last sixty seconds. */
  minutesAgo: number
  done: number
}

/** The minutes that are counted, and the newest jobs of a stage that are at most. */
export const trafficMinutes = 30
const most = 5_000

const stages = sql`unnest(string_to_array(${Stage.options.join(' ')}::text, ' ')) as stage`

/**
 * What each stage has finished lately, minute by minute, minutes without a job left out. A stage that
 * is very busy is counted from its newest jobs on, so that its oldest minutes may be missing.
 */
export async function readTraffic(db: Queryable): Promise<Minute[]> {
  const { rows } = await sql<Minute>`
    select stage, floor(extract(epoch from now() - completed_on) / 60)::int as "minutesAgo",
      count(*)::int as done
    from ${stages} cross join lateral (select completed_on from pgboss.job_common
      where name = stage and completed_on > now() - ${trafficMinutes}::int * interval '1 minute'
        and completed_on <= now()
      order by completed_on desc limit ${sql.lit(most)}) as latest
    group by 1, 2`.execute(db)
  return rows
}

/** The attempts of a stage that are under way, over all processes. */
export interface AtWork {
  stage: Stage
  active: number
  oldestStartedAt: Date
  /** The sign of life that lies back the furthest: a worker that is gone shows here first. */
  lastBeatAt: Date | null
}

/** Stages with attempts under way. */
export async function readAtWork(db: Queryable): Promise<AtWork[]> {
  const { rows } = await sql<AtWork>`
    select name as stage, count(*)::int as active, min(started_on) as "oldestStartedAt",
      min(heartbeat_on) as "lastBeatAt"
    from pgboss.job_common
    where name = any(${[...Stage.options]}::text[]) and state = 'active' and policy = 'singleton'
    group by name`.execute(db)
  return rows
}

/** A process that works on the queue, as it last told of itself. */
export interface WorkerProcess {
  id: string
  name: string | null
  host: string
  pid: number
  startedAt: Date
  heartbeatAt: Date
  stoppedAt: Date | null
  /** Not stopped, and heard of within three of its beats. */
  isLive: boolean
}

const isLive = sql`(heartbeat_on >= pgboss.job_now() - heartbeat_seconds * 3 * interval '1 second')`

/** How many processes work on the queue. */
export interface ProcessCount {
  /** Heard of within three of their beats. */
  live: number
  /** Not, and they have not said that they stop either. */
  silent: number
}

export async function countProcesses(db: Queryable): Promise<ProcessCount> {
  const { rows } = await sql<ProcessCount>`
    select (count(*) filter (where ${isLive}))::int as live,
      (count(*) filter (where not ${isLive}))::int as silent
    from pgboss.instance where stopped_on is null`.execute(db)
  return rows[0] ?? { live: 0, silent: 0 }
}

/** The processes that started last, at most `limit`. */
export async function readProcesses(db: Queryable, limit: number): Promise<WorkerProcess[]> {
  const { rows } = await sql<WorkerProcess>`
    select id, name, host, pid, started_on as "startedAt", heartbeat_on as "heartbeatAt",
      stopped_on as "stoppedAt",
      stopped_on is null and ${isLive} as "isLive"
    from pgboss.instance order by started_on desc limit ${limit}::int`.execute(db)
  return rows
}
