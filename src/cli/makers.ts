import { withFallback as analystWithFallback } from '../analysis/fallback.ts'
import { guardAnalyst } from '../analysis/guard.ts'
import { createModelAnalyst } from '../analysis/model/analyst.ts'
import { createOfflineAnalyst } from '../analysis/offline/analyst.ts'
import type { Config } from '../config.ts'
import type { Log } from '../domain/log.ts'
import type { ModelLinks } from '../domain/model-links.ts'
import { lintVersion } from '../kiro/lint.ts'
import type { Models } from '../model/create-models.ts'
import type { PipelineDeps } from '../pipeline/deps.ts'
import { withFallback as plannerWithFallback } from '../planning/fallback.ts'
import { guardPlanner } from '../planning/guard.ts'
import { createModelPlanner } from '../planning/model/planner.ts'
import { createOfflinePlanner } from '../planning/offline/planner.ts'
import { makeModels } from './models.ts'

export type Makers = Pick<PipelineDeps, 'analyst' | 'planner'>

interface MakerContext {
  config: Config
  log: Log
  version: string
}

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
export function createMakers({ models: { model, offline }, version, log }: MakerOptions): Makers {
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

/** The makers of a process. */
export function makeMakers({ config, log, version }: MakerContext): Makers {
  return createMakers({ models: makeModels(config, log), version, log })
}

/** Who is at work, for a person who starts a server. */
export function makersSentence({ links, offline }: ModelLinks): string {
  const [first, ...rest] = links.map(({ provider, model }) => `${provider}/${model}`)
  if (first === undefined) return 'Without a model the offline analyst and planner are at work.'
  const next = [...rest, ...(offline ? ['the offline ones'] : [])]
  const others = next.length > 0 ? `, and where it does not answer by ${next.join(', then ')}` : ''
  return `Talks are analysed and planned by ${first}${others}.`
}
