import { withFallback as analystWithFallback } from '../analysis/fallback.ts'
import { guardAnalyst } from '../analysis/guard.ts'
import { createModelAnalyst } from '../analysis/model/analyst.ts'
import { createOfflineAnalyst } from '../analysis/offline/analyst.ts'
import type { Log } from '../domain/log.ts'
import { lintVersion } from '../kiro/lint.ts'
import type { Models } from '../model/create-models.ts'
import type { PipelineDeps } from '../pipeline/deps.ts'
import { withFallback as plannerWithFallback } from '../planning/fallback.ts'
import { guardPlanner } from '../planning/guard.ts'
import { createModelPlanner } from '../planning/model/planner.ts'
import { createOfflinePlanner } from '../planning/offline/planner.ts'

export interface MakerOptions {
  models: Models
  /** Of Talkwright, for the manifests. */
  version: string
  log: Log
}

/**
 * The analyst and the planner as the settings want them: the models' chain, the offline ones as its
 * last link or alone, and all of them behind the same checks.
 */
export function createMakers({
  models: { model, offline },
  version,
  log,
}: MakerOptions): Pick<PipelineDeps, 'analyst' | 'planner'> {
  const tools = { talkwright: version, lint: lintVersion }
  const analyst = model && createModelAnalyst({ model })
  const planner = model && createModelPlanner({ model })
  // The tagger's data is not loaded where nobody may ask for it.
  const last =
    offline || model === undefined
      ? { analyst: createOfflineAnalyst(), planner: createOfflinePlanner() }
      : undefined
  return {
    analyst: guardAnalyst(
      chained(analyst, last?.analyst, (a, b) => analystWithFallback(a, b, log)),
      tools,
    ),
    planner: guardPlanner(
      chained(planner, last?.planner, (a, b) => plannerWithFallback(a, b, log)),
      tools,
    ),
  }
}

/** The first with the last behind it, or the one that there is. */
function chained<T>(first: T | undefined, last: T | undefined, join: (first: T, last: T) => T): T {
  if (first !== undefined) return last === undefined ? first : join(first, last)
  if (last === undefined) throw new Error('There is neither a model nor the offline way.')
  return last
}

/** Who is at work, for a person who starts a server. */
export function makersSentence({ model, offline }: Models): string {
  if (model === undefined) return 'Without a model the offline analyst and planner are at work.'
  const last = offline ? ', and the offline ones where no model answers' : ''
  return `Talks are analysed and planned by ${model.name}${last}.`
}
