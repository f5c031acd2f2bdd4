import type { Brief } from '../domain/brief.ts'
import { type CostRange, costRange } from '../domain/prices.ts'
import { addTokens, type TokenRange } from '../domain/tokens.ts'
import type { Talk } from '../domain/turn.ts'
import type { PlannedCall } from '../model/language-model.ts'
import type { PipelineDeps } from './deps.ts'

/** What the model calls of a stage may take and cost before they are made. */
export interface StageEstimate {
  stage: 'analyse' | 'plan'
  models: readonly string[]
  calls: number
  inputTokens: TokenRange
  maxOutputTokens: number
  /** Null where nobody knows the price of one of the models. */
  cost: CostRange | null
}

function sum(
  deps: Pick<PipelineDeps, 'prices' | 'clock'>,
  stage: StageEstimate['stage'],
  calls: readonly PlannedCall[],
): StageEstimate {
  const at = deps.clock()
  const ranges = calls.map((call) => costRange(deps.prices, call, at))
  const known = ranges.filter((range) => range !== null)
  return {
    stage,
    models: [...new Set(calls.map(({ provider, model }) => `${provider}/${model}`))],
    calls: calls.length,
    inputTokens: addTokens(...calls.map(({ inputTokens }) => inputTokens)),
    maxOutputTokens: calls.reduce((total, call) => total + call.maxOutputTokens, 0),
    cost:
      known.length < ranges.length
        ? null
        : {
            low: known.reduce((total, { low }) => total + low, 0),
            high: known.reduce((total, { high }) => total + high, 0),
          },
  }
}

/**
 * What a project's stages may cost, each run once with no answer to be mended. The plan's estimate
 * needs the brief, and is left out until there is one, unless no model plans.
 */
export function estimateStages(
  deps: Pick<PipelineDeps, 'analyst' | 'planner' | 'prices' | 'clock'>,
  { talk, brief, specId }: { talk: Talk; brief: Brief | undefined; specId: string },
): StageEstimate[] {
  const { analyst, planner } = deps
  const stages = [sum(deps, 'analyse', analyst.estimate?.(talk) ?? [])]
  if (planner.estimate === undefined) stages.push(sum(deps, 'plan', []))
  else if (brief !== undefined) stages.push(sum(deps, 'plan', planner.estimate({ brief, specId })))
  return stages
}
