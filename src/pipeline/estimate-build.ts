import type { BuilderState } from '../builds/builders.ts'
import type { BuildRate } from '../domain/build.ts'
import {
  type BuildEstimate,
  type EarlierBuild,
  estimateBuild,
  type OrderedTasks,
} from '../domain/build-estimate.ts'
import type { PlanDraft } from '../domain/plan.ts'
import { leafTasksOf } from '../kiro/leaf-tasks.ts'
import { parseTasks } from '../kiro/tasks.ts'

/** What a build by one agent will probably cost. */
export interface AgentEstimate {
  /** Null where no builder tells who does its work. */
  agent: string | null
  estimate: BuildEstimate
}

/** The tasks of a plan that a build carries out, and those that it does when they are ordered too. */
export function orderedTasks({ files }: Pick<PlanDraft, 'files'>): OrderedTasks {
  const markdown = files.find(({ path }) => path.endsWith('/tasks.md'))?.content ?? ''
  const leaves = leafTasksOf(parseTasks(markdown), [])
  const optional = leaves.filter((leaf) => leaf.optional).length
  return { required: leaves.length - optional, optional }
}

/** The agents that the next build may come to, each with the rate that is stated for it. */
function agentsOf(states: readonly BuilderState[]): ReadonlyMap<string, BuildRate | undefined> {
  return new Map(
    states.flatMap(({ load }) => (load === undefined ? [] : [[load.agent, load.rate]])),
  )
}

/**
 * What building a plan will probably cost, by each agent that the next build may come to.
 *
 * @param states how the builders are doing; one that does not answer gets no build
 * @param earlierOf what the newest completed builds of an agent cost
 */
export async function estimateBuilds(
  states: readonly BuilderState[],
  tasks: OrderedTasks,
  earlierOf: (agent: string) => Promise<readonly EarlierBuild[]>,
): Promise<AgentEstimate[]> {
  const agents = agentsOf(states)
  if (agents.size === 0) {
    const why = states.every(({ error }) => error !== undefined) ? 'unreachable' : 'not_told'
    return [{ agent: null, estimate: { basis: 'unknown', why } }]
  }
  const estimates: AgentEstimate[] = []
  for (const [agent, rate] of agents) {
    const earlier = await earlierOf(agent)
    estimates.push({ agent, estimate: estimateBuild({ rate, earlier }, tasks) })
  }
  return estimates
}
