import type { AgentEstimateView, BuildEstimateView } from '../../../src/http/build-estimate.ts'
import type {
  BudgetView,
  CallView,
  EstimateView,
  ProjectUsageView,
  UsageGroupView,
  UsageSumView,
} from '../../../src/http/usage-views.ts'
import { isNumber, isString, listOf, nullable, oneOf, shapeOf } from './guards.ts'

/** Guards for what the API answers about usage and money. */

const sum = {
  calls: isNumber,
  inputTokens: isNumber,
  cachedInputTokens: isNumber,
  outputTokens: isNumber,
  costUsd: nullable(isString),
  unknownCalls: isNumber,
  unknownUsd: nullable(isString),
}

const isGroups = listOf(shapeOf<UsageGroupView>({ name: isString, ...sum }))

export const isBudget = shapeOf<BudgetView>({
  scope: oneOf('project', 'workspace'),
  period: isString,
  limitUsd: nullable(isString),
  spentUsd: nullable(isString),
  unknownCalls: isNumber,
  unknownUsd: nullable(isString),
  leftUsd: nullable(isString),
  state: oneOf('none', 'ok', 'warned', 'exceeded'),
})

const isCall = shapeOf<CallView>({
  id: isString,
  at: isString,
  stage: isString,
  model: isString,
  answeredBy: nullable(isString),
  prompt: isString,
  inputTokens: isNumber,
  cachedInputTokens: isNumber,
  outputTokens: isNumber,
  reasoningTokens: isNumber,
  ms: isNumber,
  outcome: isString,
  costUsd: nullable(isString),
  mostUsd: nullable(isString),
})

export const isProjectUsage = shapeOf<ProjectUsageView>({
  total: shapeOf<UsageSumView>(sum),
  byStage: isGroups,
  byModel: isGroups,
  byDay: isGroups,
  budgets: listOf(isBudget),
  calls: listOf(isCall),
  nextCursor: nullable(isString),
})

const isTokens = shapeOf<EstimateView['stages'][number]['inputTokens']>({
  low: isNumber,
  high: isNumber,
})

export const isEstimate = shapeOf<EstimateView>({
  stages: listOf(
    shapeOf<EstimateView['stages'][number]>({
      stage: isString,
      models: listOf(isString),
      calls: isNumber,
      inputTokens: isTokens,
      maxOutputTokens: isNumber,
      costUsd: nullable(shapeOf<{ low: string; high: string }>({ low: isString, high: isString })),
    }),
  ),
  budgets: listOf(isBudget),
})

const isPriceRange = shapeOf<{ low: number; high: number; currency: string }>({
  low: isNumber,
  high: isNumber,
  currency: isString,
})

type EstimateOn<B> = Extract<AgentEstimateView, { basis: B }>

const onBuilds = shapeOf<EstimateOn<'earlier_builds'>>({
  basis: oneOf('earlier_builds'),
  agent: nullable(isString),
  builds: isNumber,
  middle: isNumber,
  cost: isPriceRange,
  withOptional: isPriceRange,
})
const onRate = shapeOf<EstimateOn<'stated_rate'>>({
  basis: oneOf('stated_rate'),
  agent: nullable(isString),
  cost: isPriceRange,
  withOptional: isPriceRange,
})
const isFree = shapeOf<EstimateOn<'free'>>({ basis: oneOf('free'), agent: nullable(isString) })
const isUnknown = shapeOf<EstimateOn<'unknown'>>({
  basis: oneOf('unknown'),
  agent: nullable(isString),
  why: oneOf('unreachable', 'not_told', 'nothing_known'),
})

export const isBuildEstimate = shapeOf<BuildEstimateView>({
  tasks: shapeOf<BuildEstimateView['tasks']>({ required: isNumber, optional: isNumber }),
  agents: listOf((value) => [onBuilds, onRate, isFree, isUnknown].some((is) => is(value))),
})
