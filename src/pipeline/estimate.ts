import type { Brief } from '../domain/brief.ts'
import { type CostRange, costRange } from '../domain/prices.ts'
import type { TokenRange } from '../domain/tokens.ts'
import type { Talk } from '../domain/turn.ts'
import type { CallEstimate } from '../model/language-model.ts'
import type { PipelineDeps } from './deps.ts'

type EstimateDeps = Pick<PipelineDeps, 'analyst' | 'planner' | 'prices' | 'clock'>

/** What the model calls of a stage may take and cost before they are made. */
export interface StageEstimate {
  stage: 'analyse' | 'plan'
  /** The preferred one first; the others are asked where it gives no answer. */
  models: readonly string[]
  calls: number
  inputTokens: TokenRange
  maxOutputTokens: number
  /** Whichever of the models answers; null where nobody knows the price of one of them. */
  cost: CostRange | null
}

/** What calls of about the same size cost together. */
function costOfCalls(deps: EstimateDeps, name: string, estimate: CallEstimate): CostRange | null {
  const { calls, inputTokens, maxOutputTokens } = estimate
  if (calls === 0) return { low: 0, high: 0 }
  const [, provider = '', model = ''] = /^([^/]*)\/(.*)$/.exec(name) ?? []
  const one = {
    provider,
    model,
    inputTokens: { low: inputTokens.low / calls, high: inputTokens.high / calls },
    maxOutputTokens: maxOutputTokens / calls,
  }
  const range = costRange(deps.prices, one, deps.clock())
  return range && { low: range.low * calls, high: range.high * calls }
}

function estimateStage(
  deps: EstimateDeps,
  stage: StageEstimate['stage'],
  name: string,
  estimate: CallEstimate,
): StageEstimate {
  const models = name.split(' > ')
  const costs = models.map((model) => costOfCalls(deps, model, estimate))
  const known = costs.filter((cost) => cost !== null)
  const cost =
    known.length < costs.length
      ? null
      : {
          low: Math.min(...known.map(({ low }) => low)),
          high: Math.max(...known.map(({ high }) => high)),
        }
  return { stage, models, ...estimate, cost }
}

/** A stage that calls no model. */
function free(stage: StageEstimate['stage']): StageEstimate {
  return {
    stage,
    models: [],
    calls: 0,
    inputTokens: { low: 0, high: 0 },
    maxOutputTokens: 0,
    cost: { low: 0, high: 0 },
  }
}

/**
 * What a project's stages may cost, each run once with no answer to be mended. The plan's estimate
 * needs the brief, and is left out until there is one, unless no model plans.
 */
export function estimateStages(
  deps: EstimateDeps,
  { talk, brief }: { talk: Talk; brief: Brief | undefined },
): StageEstimate[] {
  const { analyst, planner } = deps
  const analysis = analyst.estimate?.(talk)
  const stages = [
    analysis === undefined
      ? free('analyse')
      : estimateStage(deps, 'analyse', analyst.name, analysis),
  ]
  if (planner.estimate === undefined) stages.push(free('plan'))
  else if (brief !== undefined) {
    stages.push(estimateStage(deps, 'plan', planner.name, planner.estimate(brief)))
  }
  return stages
}
