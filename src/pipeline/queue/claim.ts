import { sql } from 'kysely'
import { z } from 'zod'
import { AppError, toAppError } from '../../domain/errors.ts'
import type { Stage } from '../../domain/status.ts'
import type { Queryable } from '../../store/database.ts'
import type { Claim } from './running.ts'

/** What a look for jobs found. */
export interface Claimed {
  claims: Claim[]
  /** Some were left out because another of their key goes first, so there may be others behind them. */
  leftOut: boolean
}

export const nothingClaimed: Claimed = { claims: [], leftOut: false }

/** A job of the same key became active in another transaction at this moment. */
const uniqueViolation = z.object({ code: z.literal('23505') })

/** How often a claim is made that other workers get into the way of. */
const maxClaims = 5

/**
 * Claims again when another worker was quicker with one of the keys: it has that job alone, and the
 * others that this claim would have taken still wait.
 */
export async function claimAgain<T>(claim: () => Promise<T>, tried = 1): Promise<T> {
  try {
    return await claim()
  } catch (thrown) {
    if (tried === maxClaims || toAppError(thrown).code !== 'database_conflict') throw thrown
    return claimAgain(claim, tried + 1)
  }
}

interface ClaimedRow {
  id: string
  data: unknown
  retryCount: number
  expireSeconds: number
  /** How many were chosen from. */
  seen: number
}

/**
 * Claims the most urgent waiting jobs of a stage, at most so many, one of each key and none of a key
 * that is active. pg-boss's `fetch` has the same rules and writes the same columns; it finds the
 * claimed rows again by the queue's name and their ids, for which a plan that was made while the
 * table was small reads every job of the queue. Here they are found by where they lie, which needs
 * no index and no statistics, and one statement serves every number of slots.
 *
 * @throws AppError `database_conflict` when another worker was quicker with a key; a transaction is
 *   then at its end.
 */
export async function claimJobs(db: Queryable, stage: Stage, most: number): Promise<Claimed> {
  const statement = sql<ClaimedRow>`
    with next as materialized (
      select j.ctid as place, j.singleton_key
      from pgboss.job_common j
      where j.name = ${stage} and j.state < 'active' and not j.blocked
        and j.start_after <= pgboss.job_now()
        and not exists (
          select 1 from pgboss.job_common other
          where other.name = j.name and other.state = 'active' and other.policy = 'singleton'
            and coalesce(other.singleton_key, '') = coalesce(j.singleton_key, '')
        )
      order by j.priority desc, j.created_on
      limit ${most}::int
      for update of j skip locked
    ), chosen as (
      select place, row_number() over (partition by singleton_key) as number from next
    )
    update pgboss.job_common j
    set state = 'active', started_on = pgboss.job_now(), heartbeat_on = pgboss.job_now(),
      retry_count = case when j.started_on is null then j.retry_count else j.retry_count + 1 end
    where j.ctid = any(array(select place from chosen where number = 1))
    returning j.id, j.data, j.retry_count as "retryCount", j.expire_seconds as "expireSeconds",
      (select count(*)::int from next) as seen`
  try {
    const { rows } = await statement.execute(db)
    const claims = rows.map(({ id, data, retryCount, expireSeconds }) => ({
      id,
      number: retryCount + 1,
      data,
      expireSeconds,
    }))
    return { claims, leftOut: (rows[0]?.seen ?? 0) > rows.length }
  } catch (thrown) {
    if (!uniqueViolation.safeParse(thrown).success) throw thrown
    throw new AppError('database_conflict', 'Another worker was quicker with a job of this key.', {
      retryable: true,
      cause: thrown,
    })
  }
}
