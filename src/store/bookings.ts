import { sql } from 'kysely'
import type { MicroDollars } from '../domain/money.ts'
import type { Queryable } from './database.ts'
import type { UsageOutcome } from './schema.ts'

/** A model call that is about to be made. */
export interface OpenCall {
  /** A repeat with the same id books nothing more. */
  id: string
  workspaceId: string
  /** Null, or erased meanwhile: the workspace's alone. */
  projectId: string | null
  stage: string
  provider: string
  model: string
  /** Name and version: `analyse@v1`. */
  prompt: string
  /** What it may cost; null where nobody knows the price of its model. */
  mostMicros: MicroDollars | null
  at: Date
}

/** A call that was made, with what it took. */
export interface MadeCall extends OpenCall {
  answeredBy: string | null
  inputTokens: number
  cachedInputTokens: number
  cacheWriteTokens: number
  outputTokens: number
  reasoningTokens: number
  ms: number
  outcome: Exclude<UsageOutcome, 'open'>
  requestId: string | null
  /** Null where nobody knows it. */
  costMicros: MicroDollars | null
}

/**
 * Books a call before it is made: it is of unknown cost until it is settled, and stays so when nobody
 * is left to settle it. Its sums of the day and the project are written by the same statement.
 */
export async function openCall(db: Queryable, call: OpenCall): Promise<void> {
  await sql`
    with opened as (
      insert into api_usage (id, workspace_id, project_id, stage, provider, model, prompt, outcome,
        most_micros, created_at)
      values (${call.id}::uuid, ${call.workspaceId}::uuid,
        (select id from projects where id = ${call.projectId}::uuid), ${call.stage},
        ${call.provider}, ${call.model}, ${call.prompt}, 'open', ${call.mostMicros}::bigint,
        ${call.at}::timestamptz)
      on conflict (id) do nothing returning *
    ), of_day as (
      insert into usage_by_day as u (workspace_id, day, stage, provider, model, calls, unknown_calls,
        unpriced_calls, unknown_micros, input_tokens, cached_input_tokens, output_tokens, cost_micros)
      select workspace_id, (created_at at time zone 'UTC')::date, stage, provider, model, 1, 1,
        (most_micros is null)::int, coalesce(most_micros, 0), 0, 0, 0, 0
      from opened
      on conflict (workspace_id, day, stage, provider, model) do update set
        calls = u.calls + 1, unknown_calls = u.unknown_calls + 1,
        unpriced_calls = u.unpriced_calls + excluded.unpriced_calls,
        unknown_micros = u.unknown_micros + excluded.unknown_micros
    )
    insert into usage_by_project as u (project_id, workspace_id, first_at, calls, unknown_calls,
      unpriced_calls, unknown_micros, input_tokens, cached_input_tokens, output_tokens, cost_micros)
    select project_id, workspace_id, created_at, 1, 1, (most_micros is null)::int,
      coalesce(most_micros, 0), 0, 0, 0, 0
    from opened where project_id is not null
    on conflict (project_id) do update set
      calls = u.calls + 1, unknown_calls = u.unknown_calls + 1,
      unpriced_calls = u.unpriced_calls + excluded.unpriced_calls,
      unknown_micros = u.unknown_micros + excluded.unknown_micros`.execute(db)
}

/** What a settled call does to a sum that counts it as open. */
const settledSums = sql`
  unknown_calls = u.unknown_calls - (d.cost_micros is not null)::int,
  unpriced_calls = u.unpriced_calls - (d.cost_micros is not null and d.most_micros is null)::int,
  unknown_micros = u.unknown_micros
    - case when d.cost_micros is null then 0 else coalesce(d.most_micros, 0) end,
  input_tokens = u.input_tokens + d.input_tokens,
  cached_input_tokens = u.cached_input_tokens + d.cached_input_tokens,
  output_tokens = u.output_tokens + d.output_tokens,
  cost_micros = u.cost_micros + coalesce(d.cost_micros, 0)`

/**
 * Books what a call took that was opened before, in one statement of its own, so that it stays booked
 * whatever becomes of the stage; false when that was done already. A call whose project was erased
 * meanwhile is kept as the workspace's.
 */
export async function settleCall(db: Queryable, call: MadeCall): Promise<boolean> {
  const { rows } = await sql`
    with settled as (
      update api_usage set answered_by = ${call.answeredBy}, input_tokens = ${call.inputTokens}::int,
        cached_input_tokens = ${call.cachedInputTokens}::int,
        cache_write_tokens = ${call.cacheWriteTokens}::int,
        output_tokens = ${call.outputTokens}::int, reasoning_tokens = ${call.reasoningTokens}::int,
        ms = ${call.ms}::int, outcome = ${call.outcome}, request_id = ${call.requestId},
        cost_micros = ${call.costMicros}::bigint
      where id = ${call.id}::uuid and outcome = 'open' returning *
    ), kept as (
      insert into api_usage (id, workspace_id, stage, provider, model, prompt, most_micros, created_at,
        answered_by, input_tokens, cached_input_tokens, cache_write_tokens, output_tokens,
        reasoning_tokens, ms, outcome, request_id, cost_micros)
      select ${call.id}::uuid, ${call.workspaceId}::uuid, ${call.stage}::text,
        ${call.provider}::text, ${call.model}::text, ${call.prompt}::text,
        ${call.mostMicros}::bigint, ${call.at}::timestamptz, ${call.answeredBy}::text,
        ${call.inputTokens}::int, ${call.cachedInputTokens}::int, ${call.cacheWriteTokens}::int,
        ${call.outputTokens}::int, ${call.reasoningTokens}::int, ${call.ms}::int,
        ${call.outcome}::text, ${call.requestId}::text, ${call.costMicros}::bigint
      where not exists (select from api_usage where id = ${call.id}::uuid)
      on conflict (id) do nothing returning *
    ), done as (
      select * from settled union all select * from kept
    ), of_day as (
      update usage_by_day u set ${settledSums} from done d
      where u.workspace_id = d.workspace_id and u.day = (d.created_at at time zone 'UTC')::date
        and u.stage = d.stage and u.provider = d.provider and u.model = d.model
    ), of_project as (
      update usage_by_project u set ${settledSums} from done d where u.project_id = d.project_id
    )
    select id from done`.execute(db)
  return rows.length > 0
}
