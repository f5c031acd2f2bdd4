import { assertNever } from '../../../src/domain/assert-never.ts'
import type { AgentEstimateView, BuildEstimateView } from '../../../src/http/build-estimate.ts'
import type { BuildView } from '../../../src/http/views.ts'
import { count } from '../format/count.ts'
import { formatCost } from '../format/cost.ts'

/** The name that the agent settings keep for the builder that comes with Talkwright. */
const builtIn = 'scaffolder'

function freeWords(agent: string | null): string {
  if (agent === builtIn) return 'nothing: the built-in builder uses no model'
  return agent === null ? 'nothing is charged' : `nothing: ${agent} charges nothing`
}

/** What a build cost, as far as its agent tells it. */
export function buildCostWords({
  agent,
  progress,
  finishedAt,
}: Pick<BuildView, 'agent' | 'progress' | 'finishedAt'>): string {
  const cost = progress?.cost
  if (cost !== undefined) return cost.amount === 0 ? freeWords(agent) : formatCost(cost)
  if (finishedAt === null) return 'not told yet'
  return `unknown: ${agent ?? 'its builder'} did not tell`
}

function rangeWords({ low, high, currency }: { low: number; high: number; currency: string }) {
  const [from, to] = [low, high].map((amount) => formatCost({ amount, currency }))
  return from === to ? `about ${to}` : `${from} to ${to}`
}

const reasons: Readonly<Record<'unreachable' | 'not_told', string>> = {
  unreachable: 'no builder answers at the moment',
  not_told: 'the builder does not tell which agent does its work',
}

type Priced = Extract<AgentEstimateView, { cost: unknown }>

function pricedWords(
  { agent, cost, withOptional }: Priced,
  { required, optional }: BuildEstimateView['tasks'],
  basis: string,
): string {
  const more = optional === 0 ? '' : `; with ${optional} optional, ${rangeWords(withOptional)}`
  const whom = agent === null ? '' : ` by ${agent}`
  return `${rangeWords(cost)} for ${count(required, 'task')}${whom}${more}; ${basis}`
}

/** What building a plan will probably cost, and what that rests on. */
export function buildEstimateWords(
  estimate: AgentEstimateView,
  tasks: BuildEstimateView['tasks'],
): string {
  switch (estimate.basis) {
    case 'earlier_builds': {
      const { builds, middle, cost } = estimate
      const likely = formatCost({ amount: middle, currency: cost.currency })
      const rests = `from ${count(builds, 'completed build')} in this workspace`
      return pricedWords(estimate, tasks, builds > 2 ? `${rests}, most likely ${likely}` : rests)
    }
    case 'stated_rate':
      return pricedWords(estimate, tasks, 'by the rate that is set for it, before its first build')
    case 'free':
      return freeWords(estimate.agent)
    case 'unknown':
      return estimate.why === 'nothing_known'
        ? `unknown: no completed build by ${estimate.agent} here has told its cost, and no rate is set for it`
        : `unknown: ${reasons[estimate.why]}`
    default:
      return assertNever(estimate)
  }
}
