import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { assertNever } from '../../domain/assert-never.ts'
import type { ListPlace } from '../../domain/cursor.ts'
import { QueueState } from '../../domain/queue-state.ts'
import { Stage } from '../../domain/status.ts'
import { advisoryLocks } from '../../store/advisory-locks.ts'
import type { Database, Queryable, Tx } from '../../store/database.ts'

// Reads of pg-boss's table that operators need. Each goes along one of its indexes and reads a bounded
// number of rows; the view `processing_queue` reads them all.

/** What is given up leaves the engine. */
const JobState = QueueState.exclude(['failed'])
type JobState = z.infer<typeof JobState>

/** How a list goes on: newest first, in the order of claims, by the time they are due, or last finished first. */
export const JobOrder = z.enum(['newest', 'claim', 'due', 'finished'])
export type JobOrder = z.infer<typeof JobOrder>

/** The place of a job in its order; times with all the digits that the database has. */
export interface JobPlace extends ListPlace {
  priority: number
}

export interface JobRow {
  id: string
  stage: Stage
  state: JobState
  priority: number
  /** Those begun; 0 before the first. */
  attempts: number
  data: unknown
  /** What the last attempt failed of. */
  output: unknown
  createdAt: Date
  dueAt: Date
  startedAt: Date | null
  finishedAt: Date | null
  /** The time of the database, to tell how long it waits or runs. */
  seenAt: Date
  place: JobPlace
}

/** How many rows are read at a time. */
export const jobScan = 100

const Row = z.object({
  id: z.uuid(),
  name: Stage,
  shown: JobState,
  priority: z.number(),
  attempts: z.number(),
  data: z.unknown(),
  output: z.unknown(),
  created_on: z.date(),
  start_after: z.date(),
  started_on: z.date().nullable(),
  completed_on: z.date().nullable(),
  seen: z.date(),
  place: z.string(),
})

const keys = {
  newest: sql`created_on`,
  claim: sql`created_on`,
  due: sql`start_after`,
  finished: sql`completed_on`,
} as const satisfies Record<JobOrder, RawBuilder<unknown>>

function columns(order: JobOrder) {
  return sql`id, name, priority, data, output, created_on, start_after, started_on, completed_on,
    case when state in ('created', 'retry') and start_after > now() then 'delayed'
      when state in ('created', 'retry') then 'waiting' else state::text end as shown,
    case when started_on is null then 0 else retry_count + 1 end as attempts, now() as seen,
    to_char(${keys[order]} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as place`
}

function toJob(row: unknown): JobRow {
  const { id, name, shown, priority, attempts, data, output, place, ...at } = Row.parse(row)
  return {
    id,
    stage: name,
    state: shown,
    priority,
    attempts,
    data,
    output,
    createdAt: at.created_on,
    dueAt: at.start_after,
    startedAt: at.started_on,
    finishedAt: at.completed_on,
    seenAt: at.seen,
    place: { priority, at: place, id },
  }
}

type Condition = RawBuilder<unknown>

/** Where a page begins: rows after the place, in ranges that an index can go straight to. */
function ranges(order: JobOrder, after: JobPlace | undefined): Condition[] {
  if (after === undefined) return [sql`true`]
  const { priority, at, id } = after
  const key = keys[order]
  const [here, next] = [sql`(${key}, id)`, sql`(${at}::timestamptz, ${id}::uuid)`]
  switch (order) {
    case 'newest':
    case 'finished':
      return [sql`${here} < ${next}`]
    case 'due':
      return [sql`${here} > ${next}`]
    case 'claim':
      return [sql`priority = ${priority} and ${here} > ${next}`, sql`priority < ${priority}`]
    default:
      return assertNever(order)
  }
}

function conditions(order: JobOrder, onlyActive: boolean): Condition[] {
  switch (order) {
    case 'newest':
      // A failed one lives on as a dead letter.
      return [onlyActive ? sql`state = 'active'` : sql`state <> 'failed'`]
    case 'claim':
      return [sql`state < 'active' and not blocked and start_after <= now()`]
    case 'due':
      return (['created', 'retry'] as const).map(
        (state) => sql`state = ${sql.lit(state)} and not blocked and start_after > now()`,
      )
    case 'finished':
      return [sql`completed_on is not null and state <> 'failed'`]
    default:
      return assertNever(order)
  }
}

const sorting = {
  newest: sql`created_on desc, id desc`,
  claim: sql`priority desc, created_on, id`,
  due: sql`start_after, id`,
  finished: sql`completed_on desc, id desc`,
} as const satisfies Record<JobOrder, RawBuilder<unknown>>

export interface JobScan {
  stages: readonly Stage[]
  order: JobOrder
  /** With order `newest`: only those under way. */
  onlyActive?: boolean
  after?: JobPlace | undefined
}

/** The next jobs in an order, of all workspaces, at most `jobScan`; fewer mean that there are no more. */
export async function scanJobs(db: Queryable, scan: JobScan): Promise<JobRow[]> {
  const { stages, order, after } = scan
  const parts = stages.flatMap((stage) =>
    conditions(order, scan.onlyActive ?? false).flatMap((condition) =>
      ranges(order, after).map(
        (range) => sql`(select ${columns(order)} from pgboss.job_common
          where name = ${sql.lit(stage)} and ${condition} and ${range}
          order by ${sorting[order]} limit ${sql.lit(jobScan)})`,
      ),
    ),
  )
  const { rows } = await sql`select * from (${sql.join(parts, sql` union all `)}) as jobs
    order by ${sorting[order]} limit ${sql.lit(jobScan)}`.execute(db)
  return rows.map(toJob)
}

const stages = sql`name = any(${[...Stage.options]}::text[])`

/** The jobs with a key after a place, newest first, finished ones included; at most `jobScan`. */
export async function jobsOfKey(db: Queryable, key: string, after?: JobPlace): Promise<JobRow[]> {
  const [range] = ranges('newest', after)
  const { rows } = await sql`select * from (
      select ${columns('newest')} from pgboss.job_common
        where ${stages} and singleton_key = ${key} and state < 'active' and ${range}
      union all select ${columns('newest')} from pgboss.job_common
        where ${stages} and coalesce(singleton_key, '') = ${key} and policy = 'singleton'
          and state = 'active' and ${range}
      union all (select ${columns('newest')} from pgboss.job_common
        where singleton_key = ${key} and state > 'active' and state <> 'failed' and ${range}
        order by ${sorting.newest} limit ${sql.lit(jobScan)})
    ) as jobs order by ${sorting.newest} limit ${sql.lit(jobScan)}`.execute(db)
  return rows.map(toJob)
}

export async function findJob(db: Queryable, id: string): Promise<JobRow | undefined> {
  const { rows } = await sql`select ${columns('newest')} from pgboss.job_common
    where ${stages} and id = ${id}::uuid and state <> 'failed'`.execute(db)
  return rows.map(toJob)[0]
}

/** What operators and reconcilers do to single jobs; each says whether it found the job as it must be. */
export interface JobCare {
  hurry(tx: Tx, stage: Stage, id: string): Promise<boolean>
  cancel(tx: Tx, stage: Stage, id: string, state: 'unfinished' | 'unclaimed'): Promise<boolean>
  prioritise(tx: Tx, stage: Stage, id: string, priority: number): Promise<boolean>
  has(tx: Tx, stage: Stage, key: string): Promise<boolean>
  withdraw(tx: Tx, key: string): Promise<void>
}

async function found(tx: Tx, query: RawBuilder<unknown>): Promise<boolean> {
  return (await query.execute(tx)).rows.length > 0
}

export const jobCare: JobCare = {
  hurry: (tx, stage, id) =>
    found(
      tx,
      sql`update pgboss.job_common set start_after = pgboss.job_now()
        where name = ${stage} and id = ${id}::uuid and state < 'active' returning id`,
    ),
  // A worker's own completion needs the row to be active still, so one that was cancelled writes nothing.
  cancel: (tx, stage, id, state) =>
    found(
      tx,
      sql`update pgboss.job_common set state = 'cancelled', completed_on = pgboss.job_now()
        where name = ${stage} and id = ${id}::uuid
          and state < ${sql.lit(state === 'unclaimed' ? 'active' : 'completed')} returning id`,
    ),
  prioritise: (tx, stage, id, priority) =>
    found(
      tx,
      sql`update pgboss.job_common set priority = ${priority}::int
        where name = ${stage} and id = ${id}::uuid and state <= 'active' returning id`,
    ),
  has: (tx, stage, key) =>
    found(
      tx,
      sql`(select id from pgboss.job_common
          where name = ${stage} and singleton_key = ${key} and state < 'active' limit 1)
        union all (select id from pgboss.job_common
          where name = ${stage} and coalesce(singleton_key, '') = ${key} and policy = 'singleton'
            and state = 'active' limit 1)`,
    ),
  async withdraw(tx, key) {
    await sql`update pgboss.job_common set state = 'cancelled', completed_on = pgboss.job_now()
      where state < 'completed' and ${stages} and id = any(array(
        select id from pgboss.job_common
          where ${stages} and singleton_key = ${key} and state < 'active'
        union all select id from pgboss.job_common
          where ${stages} and coalesce(singleton_key, '') = ${key} and policy = 'singleton'
            and state = 'active'))`.execute(tx)
  },
}

/**
 * Adds the one index that pg-boss lacks: finished jobs by their key. Looked for first, because even
 * `if not exists` waits for everybody who writes to the table.
 */
export async function indexJobs({ db }: Pick<Database, 'db'>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${advisoryLocks.jobIndex}::bigint)`.execute(tx)
    const name = 'pgboss.talkwright_finished_jobs'
    const { rows } = await sql<{ present: boolean }>`
      select to_regclass(${name}) is not null as present`.execute(tx)
    if (rows[0]?.present === true) return
    await sql`create index talkwright_finished_jobs on pgboss.job_common (singleton_key, created_on)
      where state > 'active'`.execute(tx)
  })
}
