import { sql } from 'kysely'
import type { Stage } from '../domain/status.ts'
import type { Queryable } from './database.ts'

/** How the calls of one model went, out of the newest ones of a workspace. */
export interface ModelHealth {
  /** `provider/model`. */
  name: string
  calls: number
  /** Those that gave no answer that could be used. */
  failed: number
  /** Half of them took less, and nineteen of twenty; milliseconds, null where none has ended. */
  p50Ms: number | null
  p95Ms: number | null
  lastAt: Date
}

/** The newest calls that health is read from. */
const sample = 500

/** The health of the models that a workspace has called in the last 24 hours. */
export async function modelHealth(db: Queryable, workspaceId: string): Promise<ModelHealth[]> {
  const { rows } = await sql<ModelHealth>`
    select provider || '/' || model as name, count(*)::int as calls,
      (count(*) filter (where outcome not in ('used', 'open')))::int as failed,
      percentile_cont(0.5) within group (order by ms) filter (where outcome <> 'open') as "p50Ms",
      percentile_cont(0.95) within group (order by ms) filter (where outcome <> 'open') as "p95Ms",
      max(created_at) as "lastAt"
    from (select provider, model, outcome, ms, created_at from api_usage
      where workspace_id = ${workspaceId}::uuid and created_at > now() - interval '24 hours'
      order by created_at desc, id desc limit ${sql.lit(sample)}) as newest
    group by 1 order by 1`.execute(db)
  return rows
}

/** How much work was given up in one minute. */
export interface FailedMinute {
  stage: Stage
  minutesAgo: number
  failed: number
}

/** What was given up in the last minutes, by stage. */
export async function givenUp(
  db: Queryable,
  workspaceId: string,
  minutes: number,
): Promise<FailedMinute[]> {
  const { rows } = await sql<FailedMinute>`
    select stage, floor(extract(epoch from now() - created_at) / 60)::int as "minutesAgo",
      count(*)::int as failed
    from (select stage, created_at from dead_letters
      where workspace_id = ${workspaceId}::uuid and created_at <= now()
        and created_at > now() - ${minutes}::int * interval '1 minute'
      order by created_at desc, id desc limit 1000) as newest
    group by 1, 2`.execute(db)
  return rows
}

/** Something that went wrong, with what it is found by elsewhere. */
export interface RecentError {
  at: Date
  kind: 'stage' | 'model' | 'build'
  /** The stage, the model or the build's state. */
  what: string
  code: string
  message: string | null
  projectId: string | null
  /** The id of the job, of the provider's request, or of the build: what logs name too. */
  trace: string | null
}

/** The newest errors of a workspace, at most `limit`, of all kinds together. */
export async function recentErrors(
  db: Queryable,
  workspaceId: string,
  limit: number,
): Promise<RecentError[]> {
  const { rows } = await sql<RecentError>`
    select at, kind, what, code, message, project_id as "projectId", trace from (
      (select created_at as at, 'stage' as kind, stage as what, code, message, project_id,
          id::text as trace
        from dead_letters where workspace_id = ${workspaceId}::uuid
        order by created_at desc, id desc limit ${limit}::int)
      union all
      (select created_at, 'model', provider || '/' || model, 'model_' || outcome, null, project_id,
          request_id
        from (select * from api_usage where workspace_id = ${workspaceId}::uuid
          order by created_at desc, id desc limit ${sql.lit(sample)}) as newest
        where outcome not in ('used', 'open') limit ${limit}::int)
      union all
      (select finished_at, 'build', 'build', coalesce(error ->> 'code', 'build_failed'),
          error ->> 'message', project_id, id::text
        from builds where workspace_id = ${workspaceId}::uuid and state = 'failed'
        order by finished_at desc, id desc limit ${limit}::int)
    ) as errors order by at desc limit ${limit}::int`.execute(db)
  return rows
}
