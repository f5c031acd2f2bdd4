import { dollars } from '../domain/money.ts'
import type { CostRange } from '../domain/prices.ts'
import { estimateStages, type StageEstimate } from '../pipeline/estimate.ts'
import type { Output } from './output.ts'

const counted = new Intl.NumberFormat('en')

function describeCost(cost: CostRange | null): string {
  if (cost === null) return 'at a price that is not known'
  return `for $${dollars(cost.low)} to $${dollars(cost.high)}`
}

const purposes = { analyse: 'The analysis', plan: 'The plan' } as const

/** A line such as `The analysis asks anthropic/… once: 2,400 to 4,100 tokens …`. */
function describeEstimate(estimate: StageEstimate): string {
  const { stage, models, calls, inputTokens, maxOutputTokens, cost } = estimate
  const [low, high] = [Math.floor(inputTokens.low), Math.ceil(inputTokens.high)]
  const times = calls === 1 ? 'once' : `${calls} times`
  return `${purposes[stage]} asks ${models.join(', then ')} ${times}: ${counted.format(low)} to ${counted.format(high)} tokens in, at most ${counted.format(maxOutputTokens)} out, ${describeCost(cost)}.`
}

/** Says what the model calls may take and cost before the first of them; nothing where no model is asked. */
export function sayEstimate(
  output: Pick<Output, 'say'>,
  deps: Parameters<typeof estimateStages>[0],
  known: Parameters<typeof estimateStages>[1],
  stage: keyof typeof purposes,
): void {
  for (const estimate of estimateStages(deps, known)) {
    if (estimate.stage === stage && estimate.calls > 0) output.say(describeEstimate(estimate))
  }
}
