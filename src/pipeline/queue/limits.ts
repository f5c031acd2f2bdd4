import { sql } from 'kysely'
import type { Limits } from '../../domain/capacity.ts'
import type { Stage } from '../../domain/status.ts'
import { advisoryLocks } from '../../store/advisory-locks.ts'
import type { Database, Tx } from '../../store/database.ts'

/** Who a stage calls; stages without one are bounded by their own limit alone. */
export type Providers = Partial<Record<Stage, string>>

interface Bound {
  stages: readonly Stage[]
  most: number
}

function boundsOf(stage: Stage, limits: Limits, providers: Providers): Bound[] {
  const bounds: Bound[] = []
  const ofStage = limits.stages[stage]
  if (ofStage !== undefined) bounds.push({ stages: [stage], most: ofStage })
  const provider = providers[stage]
  const ofProvider = provider === undefined ? undefined : limits.providers[provider]
  if (ofProvider !== undefined) {
    const sharing = Object.entries(providers).filter(([, other]) => other === provider)
    bounds.push({ stages: sharing.map(([name]) => name as Stage), most: ofProvider })
  }
  return bounds
}

async function activeJobs(tx: Tx, stages: readonly Stage[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from pgboss.job_common
    where name = any(${[...stages]}::text[]) and state = 'active'`.execute(tx)
  return rows[0]?.count ?? 0
}

/**
 * Claims under the limits that hold for a stage: what is active is counted and the claim is made
 * before anybody else may count. Gives what was claimed; undefined where there is no room.
 *
 * @param claim makes the claim in the transaction it is given, or in none where no limit holds
 */
export async function claimWithin<T>(
  database: Database,
  rules: { stage: Stage; limits: Limits; providers: Providers },
  most: number,
  claim: (most: number, tx: Tx | undefined) => Promise<T>,
): Promise<T | undefined> {
  const bounds = boundsOf(rules.stage, rules.limits, rules.providers)
  if (bounds.length === 0) return claim(most, undefined)
  return database.db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${advisoryLocks.claims}::bigint)`.execute(tx)
    let room = most
    for (const bound of bounds) {
      room = Math.min(room, bound.most - (await activeJobs(tx, bound.stages)))
    }
    return room > 0 ? claim(room, tx) : undefined
  })
}

/** The stages that a job of this stage may let start when it ends; none where no limit holds. */
export function sharing(stage: Stage, limits: Limits, providers: Providers): readonly Stage[] {
  return [...new Set(boundsOf(stage, limits, providers).flatMap(({ stages }) => stages))]
}
