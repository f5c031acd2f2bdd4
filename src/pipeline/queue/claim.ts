import { sql } from 'kysely'
import { z } from 'zod'
import type { Stage } from '../../domain/status.ts'
import type { Queryable } from '../../store/database.ts'
import type { Claim } from './running.ts'

/** A job of the same key became active in another transaction at this moment. */
const uniqueViolation = z.object({ code: z.literal('23505') })

interface ClaimedRow {
  id: string
  data: unknown
  retryCount: number
  expireSeconds: number
}

/**
 * Claims the most urgent waiting jobs of a stage, at most so many, one of each key and none of a key
 * that is active. pg-boss's `fetch` has the same rules and writes the same columns; it finds the
 * claimed rows again by the queue's name and their ids, for which a plan that was made while the
 * table was small reads every job of the queue. Here they are found by where they lie, which needs
 * no index and no statistics, and one statement serves every number of slots.
 */
export async function claimJobs(db: Queryable, stage: Stage, most: number): Promise<Claim[]> {
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
    returning j.id, j.data, j.retry_count as "retryCount", j.expire_seconds as "expireSeconds"`
  try {
    const { rows } = await statement.execute(db)
    return rows.map(({ id, data, retryCount, expireSeconds }) => ({
      id,
      number: retryCount + 1,
      data,
      expireSeconds,
    }))
  } catch (thrown) {
    if (uniqueViolation.safeParse(thrown).success) return []
    throw thrown
  }
}
