import { type RawBuilder, sql } from 'kysely'
import type { Attempt } from './queue.ts'

/** An attempt, and the key that its job was queued with. */
export interface KeyedAttempt {
  attempt: Pick<Attempt, 'stage' | 'id' | 'number'>
  key: string
}

/**
 * A query for the keys of the jobs that these attempts still hold, to be part of a statement that
 * only their holders may carry out. The jobs are locked until the commit, so that nobody takes them
 * over meanwhile; a row that another transaction holds at this moment is waited for or left out.
 */
export function keysHeld(
  attempts: readonly KeyedAttempt[],
  whenLocked: 'wait' | 'leave out',
): RawBuilder<{ key: string }> {
  const stages = attempts.map(({ attempt }) => attempt.stage)
  const keys = attempts.map(({ key }) => key)
  const ids = attempts.map(({ attempt }) => attempt.id)
  const retries = attempts.map(({ attempt }) => attempt.number - 1)
  // By the small index over active jobs, which holds however many are done.
  return sql`select j.singleton_key as key from pgboss.job_common j
    where j.state = 'active' and j.policy = 'singleton' and j.name = any(${stages}::text[])
      and coalesce(j.singleton_key, '') = any(${keys}::text[])
      and (j.id, j.retry_count) in (select * from unnest(${ids}::uuid[], ${retries}::int[]))
    for share of j ${sql.raw(whenLocked === 'wait' ? '' : 'skip locked')}`
}
