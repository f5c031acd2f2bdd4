import { z } from '@hono/zod-openapi'
import { BudgetScope, type BudgetStanding, budgetState, periodOf } from '../domain/budget.ts'
import { type CostSum, dollars, parseDollars, takenBy } from '../domain/money.ts'
import type { StageEstimate } from '../pipeline/estimate.ts'
import type { Spending } from '../store/budgets.ts'
import type { BookedCall, ProjectUsage, UsageGroup, UsageSum } from '../store/usage.ts'

/** What model calls took and cost. Money is in US dollars, as decimal numbers in text. */

const Usd = z.string()

export const UsageSumView = z.object({
  calls: z.number().int(),
  inputTokens: z.number().int(),
  /** Part of the input tokens. */
  cachedInputTokens: z.number().int(),
  outputTokens: z.number().int(),
  /** What is known of the cost; null when nothing is. */
  costUsd: Usd.nullable(),
  /** Calls whose cost nobody knows, those under way too; with any, the cost is a lower bound. */
  unknownCalls: z.number().int(),
  /** What these may have cost at most; null where nobody knows the price of one. */
  unknownUsd: Usd.nullable(),
})
export type UsageSumView = z.infer<typeof UsageSumView>

export const UsageGroupView = UsageSumView.extend({
  /** The stage, the model as `provider/model`, or the day in UTC. */
  name: z.string(),
})
export type UsageGroupView = z.infer<typeof UsageGroupView>

export const BudgetView = z.object({
  scope: BudgetScope,
  /** `project` for all of a project's life; for a workspace the month in UTC, such as `2026-11`. */
  period: z.string(),
  /** Null where there is no budget. */
  limitUsd: Usd.nullable(),
  /** What is known of it; null when nothing is. */
  spentUsd: Usd.nullable(),
  /** Calls of the period whose cost nobody knows, those under way too; with any, more may have been spent. */
  unknownCalls: z.number().int(),
  /** What these may have cost at most, which the budget counts; null where nobody knows the price of one. */
  unknownUsd: Usd.nullable(),
  leftUsd: Usd.nullable(),
  state: z.enum(['none', 'ok', 'warned', 'exceeded']),
})
export type BudgetView = z.infer<typeof BudgetView>

export const CallView = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  stage: z.string(),
  /** `provider/model`, as it was asked for. */
  model: z.string(),
  answeredBy: z.string().nullable(),
  prompt: z.string(),
  inputTokens: z.number().int(),
  cachedInputTokens: z.number().int(),
  outputTokens: z.number().int(),
  reasoningTokens: z.number().int(),
  ms: z.number().int(),
  /** `open`: under way, or its process ended before anybody knew what became of it. */
  outcome: z.enum(['open', 'used', 'invalid', 'refused', 'cut_off', 'empty', 'failed']),
  costUsd: Usd.nullable(),
  /** What it may cost, as estimated before it was made; null where nobody knew the price. */
  mostUsd: Usd.nullable(),
})
export type CallView = z.infer<typeof CallView>

export const ProjectUsageView = z.object({
  total: UsageSumView,
  byStage: z.array(UsageGroupView),
  byModel: z.array(UsageGroupView),
  byDay: z.array(UsageGroupView),
  /** The project's own, then the workspace's. */
  budgets: z.array(BudgetView),
  /** The calls, newest first. */
  calls: z.array(CallView),
  nextCursor: z.string().nullable(),
})
export type ProjectUsageView = z.infer<typeof ProjectUsageView>

export const WorkspaceUsageView = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  total: UsageSumView,
  byDay: z.array(UsageGroupView),
  byStage: z.array(UsageGroupView),
  byModel: z.array(UsageGroupView),
  budget: BudgetView,
})
export type WorkspaceUsageView = z.infer<typeof WorkspaceUsageView>

export const UsageByProjectView = z.object({
  items: z.array(
    UsageSumView.extend({
      projectId: z.string(),
      title: z.string(),
      firstCallAt: z.iso.datetime(),
    }),
  ),
  nextCursor: z.string().nullable(),
})
export type UsageByProjectView = z.infer<typeof UsageByProjectView>

const TokenRangeView = z.object({ low: z.number().int(), high: z.number().int() })
const UsdRange = z.object({ low: Usd, high: Usd })

export const EstimateView = z.object({
  /** Each stage run once with no answer to be mended; the plan's comes with the brief. */
  stages: z.array(
    z.object({
      stage: z.enum(['analyse', 'plan']),
      /** The preferred one first; the others are asked where it gives no answer. */
      models: z.array(z.string()),
      calls: z.number().int(),
      inputTokens: TokenRangeView,
      maxOutputTokens: z.number().int(),
      /** Whichever of the models answers; null where nobody knows the price of one of them. */
      costUsd: UsdRange.nullable(),
    }),
  ),
  budgets: z.array(BudgetView),
})
export type EstimateView = z.infer<typeof EstimateView>

export const BudgetRequest = z.object({
  /** Such as `"25.00"`; null takes the budget away. */
  limitUsd: z
    .string()
    .transform((text, context) => {
      try {
        return parseDollars(text)
      } catch {
        context.addIssue('must be US dollars such as "25.00"')
        return z.NEVER
      }
    })
    .nullable(),
})

/** What is known of a cost; null when nothing is. */
export function costUsd({ micros, unknownCalls }: CostSum, calls: number): string | null {
  return calls > 0 && unknownCalls === calls ? null : dollars(micros)
}

function unknownUsd({ unpricedCalls, unknownMicros }: CostSum): string | null {
  return unpricedCalls > 0 ? null : dollars(unknownMicros)
}

export function sumView({ calls, cost, ...tokens }: UsageSum): UsageSumView {
  const { inputTokens, cachedInputTokens, outputTokens } = tokens
  const { unknownCalls } = cost
  return {
    calls,
    inputTokens,
    cachedInputTokens,
    outputTokens,
    costUsd: costUsd(cost, calls),
    unknownCalls,
    unknownUsd: unknownUsd(cost),
  }
}

export function groupView(group: UsageGroup): UsageGroupView {
  return { name: group.name, ...sumView(group) }
}

export function projectRowView(row: ProjectUsage): UsageByProjectView['items'][number] {
  const { projectId, title, firstAt } = row
  return { projectId, title, firstCallAt: firstAt.toISOString(), ...sumView(row) }
}

export function budgetView({ scope, limit, spent, calls }: Spending, at: Date): BudgetView {
  const known: Pick<BudgetStanding, 'limit' | 'spent'> | undefined =
    limit === null ? undefined : { limit, spent }
  return {
    scope,
    period: periodOf(scope, at),
    limitUsd: limit === null ? null : dollars(limit),
    spentUsd: costUsd(spent, calls),
    unknownCalls: spent.unknownCalls,
    unknownUsd: unknownUsd(spent),
    leftUsd: limit === null ? null : dollars(Math.max(0, limit - takenBy(spent))),
    state: known === undefined ? 'none' : budgetState(known),
  }
}

export function callView(call: BookedCall): CallView {
  const { at, provider, model, costMicros, mostMicros, ...rest } = call
  return {
    ...rest,
    at: at.toISOString(),
    model: `${provider}/${model}`,
    costUsd: costMicros === null ? null : dollars(costMicros),
    mostUsd: mostMicros === null ? null : dollars(mostMicros),
  }
}

export function stageEstimateView(estimate: StageEstimate): EstimateView['stages'][number] {
  const { stage, models, calls, inputTokens, maxOutputTokens, cost } = estimate
  return {
    stage,
    models: [...models],
    calls,
    inputTokens: { low: Math.floor(inputTokens.low), high: Math.ceil(inputTokens.high) },
    maxOutputTokens,
    costUsd: cost === null ? null : { low: dollars(cost.low), high: dollars(cost.high) },
  }
}
