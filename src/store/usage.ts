import { sql } from 'kysely'
import type { ListPlace } from '../domain/cursor.ts'
import { addCosts, type CostSum, type MicroDollars, noCost } from '../domain/money.ts'
import type { Queryable } from './database.ts'
import type { UsageOutcome } from './schema.ts'

/** What calls took together. */
export interface UsageSum {
  calls: number
  inputTokens: number
  cachedInputTokens: number
  outputTokens: number
  cost: CostSum
}

/** One kind of a group, such as one stage, with what it took. */
export interface UsageGroup extends UsageSum {
  name: string
}

/** Sums as text, because the drivers differ in what they give for 64 bits. */
interface SumRow {
  calls: string
  unknown_calls: string
  unpriced_calls: string
  unknown_micros: string
  input_tokens: string
  cached_input_tokens: string
  output_tokens: string
  cost_micros: string
}

function toSum(row: SumRow): UsageSum {
  return {
    calls: Number(row.calls),
    inputTokens: Number(row.input_tokens),
    cachedInputTokens: Number(row.cached_input_tokens),
    outputTokens: Number(row.output_tokens),
    cost: toCost(row),
  }
}

/** What is known of a cost, and what is not. */
export function toCost(
  row: Pick<SumRow, 'cost_micros' | 'unknown_calls' | 'unpriced_calls' | 'unknown_micros'>,
): CostSum {
  return {
    micros: Number(row.cost_micros),
    unknownCalls: Number(row.unknown_calls),
    unpricedCalls: Number(row.unpriced_calls),
    unknownMicros: Number(row.unknown_micros),
  }
}

export type UsageGrouping = 'day' | 'stage' | 'model'

/** How calls fall into groups, over the columns that `usage_by_day` and `api_usage` share. */
const groupings = {
  stage: sql`stage`,
  model: sql`provider || '/' || model`,
} as const

const noSum: UsageSum = {
  calls: 0,
  inputTokens: 0,
  cachedInputTokens: 0,
  outputTokens: 0,
  cost: noCost,
}

/** All groups of one kind together. */
export function sumOf(groups: readonly UsageSum[]): UsageSum {
  return groups.reduce(
    (sum, group) => ({
      calls: sum.calls + group.calls,
      inputTokens: sum.inputTokens + group.inputTokens,
      cachedInputTokens: sum.cachedInputTokens + group.cachedInputTokens,
      outputTokens: sum.outputTokens + group.outputTokens,
      cost: addCosts(sum.cost, group.cost),
    }),
    noSum,
  )
}

/** What a project's calls took by day (UTC), stage or model, in the order of their names. */
export async function usageOfProject(
  db: Queryable,
  projectId: string,
  by: UsageGrouping,
): Promise<UsageGroup[]> {
  const name = by === 'day' ? sql`(created_at at time zone 'UTC')::date::text` : groupings[by]
  const { rows } = await sql<SumRow & { name: string }>`
    select ${name} as name, count(*)::text as calls,
      count(*) filter (where cost_micros is null)::text as unknown_calls,
      count(*) filter (where cost_micros is null and most_micros is null)::text as unpriced_calls,
      coalesce(sum(most_micros) filter (where cost_micros is null), 0)::text as unknown_micros,
      sum(input_tokens)::text as input_tokens,
      sum(cached_input_tokens)::text as cached_input_tokens,
      sum(output_tokens)::text as output_tokens,
      coalesce(sum(cost_micros), 0)::text as cost_micros
    from api_usage where project_id = ${projectId}::uuid
    group by 1 order by 1`.execute(db)
  return rows.map((row) => ({ name: row.name, ...toSum(row) }))
}

/** Days in UTC, both included: `2026-11-01`. */
export interface Days {
  from: string
  to: string
}

/** What a workspace's calls took on these days, by day, stage or model, in the order of their names. */
export async function usageOfWorkspace(
  db: Queryable,
  workspaceId: string,
  { from, to }: Days,
  by: UsageGrouping,
): Promise<UsageGroup[]> {
  const name = by === 'day' ? sql`day::text` : groupings[by]
  const { rows } = await sql<SumRow & { name: string }>`
    select ${name} as name, sum(calls)::text as calls, sum(unknown_calls)::text as unknown_calls,
      sum(unpriced_calls)::text as unpriced_calls, sum(unknown_micros)::text as unknown_micros,
      sum(input_tokens)::text as input_tokens,
      sum(cached_input_tokens)::text as cached_input_tokens,
      sum(output_tokens)::text as output_tokens, sum(cost_micros)::text as cost_micros
    from usage_by_day
    where workspace_id = ${workspaceId}::uuid and day between ${from}::date and ${to}::date
    group by 1 order by 1`.execute(db)
  return rows.map((row) => ({ name: row.name, ...toSum(row) }))
}

export interface ProjectUsage extends UsageSum {
  projectId: string
  title: string
  firstAt: Date
}

/** What the projects of a workspace took, those whose first call is the newest first, at most `limit`. */
export async function usageByProject(
  db: Queryable,
  workspaceId: string,
  limit: number,
  after?: ListPlace,
): Promise<ProjectUsage[]> {
  const before =
    after === undefined
      ? sql``
      : sql`and (u.first_at, u.project_id) < (${after.at}::timestamptz, ${after.id}::uuid)`
  const { rows } = await sql<SumRow & { project_id: string; title: string; first_at: Date }>`
    select u.project_id, p.title, u.first_at, u.calls::text, u.unknown_calls::text,
      u.unpriced_calls::text, u.unknown_micros::text, u.input_tokens::text, u.cached_input_tokens::text, u.output_tokens::text, u.cost_micros::text
    from usage_by_project u join projects p on p.id = u.project_id
    where u.workspace_id = ${workspaceId}::uuid ${before}
    order by u.first_at desc, u.project_id desc limit ${limit}::int`.execute(db)
  return rows.map((row) => ({
    projectId: row.project_id,
    title: row.title,
    firstAt: row.first_at,
    ...toSum(row),
  }))
}

export interface BookedCall {
  id: string
  at: Date
  stage: string
  provider: string
  model: string
  answeredBy: string | null
  prompt: string
  inputTokens: number
  cachedInputTokens: number
  outputTokens: number
  reasoningTokens: number
  ms: number
  outcome: UsageOutcome
  costMicros: MicroDollars | null
  /** What it may cost, as estimated before it was made; null where nobody knew the price. */
  mostMicros: MicroDollars | null
}

/** The calls of a project, newest first, at most `limit`. */
export async function listCalls(
  db: Queryable,
  projectId: string,
  limit: number,
  after?: ListPlace,
): Promise<BookedCall[]> {
  let query = db
    .selectFrom('api_usage')
    .select([
      'id',
      'created_at',
      'stage',
      'provider',
      'model',
      'answered_by',
      'prompt',
      'input_tokens',
      'cached_input_tokens',
      'output_tokens',
      'reasoning_tokens',
      'ms',
      'outcome',
    ])
    .select(sql<string | null>`cost_micros::text`.as('cost'))
    .select(sql<string | null>`most_micros::text`.as('most'))
    .where('project_id', '=', projectId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (after !== undefined) {
    const { at, id } = after
    query = query.where(sql<boolean>`(created_at, id) < (${at}::timestamptz, ${id}::uuid)`)
  }
  const rows = await query.execute()
  return rows.map((row) => ({
    id: row.id,
    at: row.created_at,
    stage: row.stage,
    provider: row.provider,
    model: row.model,
    answeredBy: row.answered_by,
    prompt: row.prompt,
    inputTokens: row.input_tokens,
    cachedInputTokens: row.cached_input_tokens,
    outputTokens: row.output_tokens,
    reasoningTokens: row.reasoning_tokens,
    ms: row.ms,
    outcome: row.outcome,
    costMicros: row.cost === null ? null : Number(row.cost),
    mostMicros: row.most === null ? null : Number(row.most),
  }))
}
