import type { Analyst } from '../src/analysis/analyst.ts'
import { createOfflineAnalyst } from '../src/analysis/offline/analyst.ts'

/** The analyst that is measured: the offline one, or the chain of models that is configured. */
export function chooseAnalyst(model: boolean): Analyst {
  if (model)
    throw new Error('No language model is configured: set OPENAI_API_KEY or ANTHROPIC_API_KEY.')
  return createOfflineAnalyst()
}
