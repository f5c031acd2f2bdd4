import type { Analyst } from '../../analysis/analyst.ts'
import type { Meter, ModelUsage, PlannedCall } from '../../model/language-model.ts'

/** A call of gpt-5.2 that takes 100,000 input tokens and 10,000 of output at most. */
export const plannedCall: PlannedCall = {
  provider: 'openai',
  model: 'gpt-5.2',
  prompt: { id: 'analyse', version: 'v1' },
  inputTokens: { low: 50_000, high: 100_000 },
  maxOutputTokens: 10_000,
}

/** Costs $0.175 of input and $0.14 of output, as much as `plannedCall` may. */
export function usageOf(more: Partial<ModelUsage> = {}): ModelUsage {
  return {
    provider: 'openai',
    model: 'gpt-5.2',
    answeredBy: 'gpt-5.2-2025-12-11',
    prompt: { id: 'analyse', version: 'v1' },
    counted: true,
    inputTokens: 100_000,
    cachedInputTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: 10_000,
    reasoningTokens: 4_000,
    ms: 1_200,
    outcome: 'used',
    ...more,
  }
}

/** One call as a model's adapter makes it: asked for first, told of afterwards. */
export async function call(
  meter: Meter,
  usage: ModelUsage = usageOf(),
  during: () => Promise<void> = async () => undefined,
): Promise<void> {
  const { provider, model } = usage
  const settle = await meter.onCall({ ...plannedCall, provider, model })
  await during()
  await settle(usage)
}

/** An analyst that makes the model calls that it is told to and then gives the brief of another one. */
export function payingAnalyst(base: Analyst, calls: (meter: Meter) => Promise<void>): Analyst {
  const { inputTokens, maxOutputTokens } = plannedCall
  return {
    name: 'openai/gpt-5.2 > openai/gpt-5.1',
    estimate: () => ({ calls: 1, inputTokens, maxOutputTokens }),
    analyse: async (talk, signal, meter) => {
      if (meter === undefined) throw new Error('The stage gave no meter.')
      await calls(meter)
      return base.analyse(talk, signal)
    },
  }
}
