import { sql } from 'kysely'
import {
  type Backlog,
  backlogOf,
  type Busy,
  expectedWait,
  type StageLoad,
} from '../../domain/backlog.ts'
import { Stage } from '../../domain/status.ts'
import type { Database } from '../../store/database.ts'

/** Where a waiting job stands: 1 is the next. */
export interface Place {
  position: number
  expectedWaitSeconds: number
}

/** Tells how long the queue is; cheap enough to be asked with each request. */
export interface QueueGauge {
  backlog(): Promise<Backlog>
  /** How much waits for each stage. */
  loads(): Promise<readonly StageLoad[]>
  /** Where a project's job stands that waits; undefined when none does. */
  placeOf(projectId: string): Promise<Place | undefined>
  /** Where the first job of a conversation would stand that came now, with nothing urgent about it. */
  nextPlace(): Promise<Place>
}

export interface GaugeOptions {
  database: Database
  busy: Busy
  clock: () => Date
}

/** For this long what was read counts as how it is. */
const freshMs = 1_000

/** Jobs are counted up to here: what is beyond it makes no difference to anybody. */
const most = 10_000

/** The rate is that of the newest jobs of the last minute, up to so many. */
const sample = 500

/** Each count reads a bounded range of an index of the job engine's. */
async function readLoads({ db }: Database): Promise<StageLoad[]> {
  const { rows } = await sql<StageLoad>`
    select stage,
      (select count(*)::int from (select 1 from pgboss.job_common
        where name = stage and state in ('created', 'retry') and not blocked
          and start_after <= now() limit ${sql.lit(most)}) as waiting) as ready,
      coalesce(extract(epoch from now() - least(
        (select min(start_after) from pgboss.job_common
          where name = stage and state = 'created' and not blocked and start_after <= now()),
        (select min(start_after) from pgboss.job_common
          where name = stage and state = 'retry' and not blocked and start_after <= now())
      )), 0)::float8 as "oldestSeconds",
      (select count(*)::int from pgboss.job_common
        where name = stage and state = 'active' and not blocked) as active,
      (select coalesce(count(*) / greatest(5, extract(epoch from now() - min(completed_on))), 0)
        from (select completed_on from pgboss.job_common
          where name = stage and completed_on > now() - interval '1 minute'
          order by completed_on desc limit ${sql.lit(sample)}) as latest)::float8 as "perSecond"
    from unnest(string_to_array(${Stage.options.join(' ')}::text, ' ')) as stage`.execute(db)
  return rows
}

interface PlaceRow {
  stage: Stage
  ahead: number
  delay: number
}

async function readPlace({ db }: Database, projectId: string): Promise<PlaceRow | undefined> {
  const { rows } = await sql<PlaceRow>`
    with mine as materialized (
      select id, name, priority, created_on, start_after from pgboss.job_common
      where name in ('analyse', 'plan', 'build') and singleton_key = ${projectId}
        and state < 'active'
      order by created_on desc limit 1)
    select name as stage,
      greatest(0, extract(epoch from start_after - now()))::float8 as delay,
      (select count(*)::int from (select 1 from pgboss.job_common job
        where job.name = mine.name and job.state < 'active' and not job.blocked
          and job.start_after <= now() and job.priority > mine.priority
        limit ${sql.lit(most)}) as urgent)
      + (select count(*)::int from (select 1 from pgboss.job_common job
        where job.name = mine.name and job.state < 'active' and not job.blocked
          and job.start_after <= now() and job.priority = mine.priority
          and (job.created_on, job.id) < (mine.created_on, mine.id)
        limit ${sql.lit(most)}) as earlier) as ahead
    from mine`.execute(db)
  return rows[0]
}

export function createQueueGauge({ database, busy, clock }: GaugeOptions): QueueGauge {
  let latest: { until: number; loads: Promise<StageLoad[]> } | undefined

  async function loads(): Promise<StageLoad[]> {
    const now = clock().getTime()
    if (latest === undefined || latest.until <= now) {
      const reading = { until: now + freshMs, loads: readLoads(database) }
      latest = reading
      reading.loads.catch(() => {
        // What failed is asked again by the next one.
        if (latest === reading) latest = undefined
      })
    }
    return latest.loads
  }

  async function loadOf(stage: Stage): Promise<StageLoad> {
    const load = (await loads()).find((one) => one.stage === stage)
    return load ?? { stage, ready: 0, oldestSeconds: 0, active: 0, perSecond: 0 }
  }

  return {
    backlog: async () => backlogOf(await loads(), busy),
    loads,
    async placeOf(projectId) {
      const row = await readPlace(database, projectId)
      if (row === undefined) return undefined
      const wait = expectedWait(row.ahead, await loadOf(row.stage))
      const expectedWaitSeconds = Math.max(wait, Math.ceil(row.delay))
      return { position: row.ahead + 1, expectedWaitSeconds }
    },
    async nextPlace() {
      const load = await loadOf('analyse')
      return { position: load.ready + 1, expectedWaitSeconds: expectedWait(load.ready, load) }
    },
  }
}
