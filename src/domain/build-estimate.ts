import type { BuildCost, BuildRate } from './build.ts'

/** What a completed build took. */
export interface EarlierBuild {
  cost: BuildCost
  /** The tasks that were ordered. */
  tasks: number
}

/** What is known of what an agent costs. */
export interface KnownCosts {
  /** What a task costs, as its builder says. */
  rate: BuildRate | undefined
  /** Newest first. */
  earlier: readonly EarlierBuild[]
}

/** Money that something will cost between two amounts. */
export interface PriceRange {
  low: number
  high: number
  currency: string
}

/** How many tasks a plan has. */
export interface OrderedTasks {
  required: number
  optional: number
}

interface Priced {
  /** For the required tasks. */
  cost: PriceRange
  /** For the optional ones too. */
  withOptional: PriceRange
}

/** What building a plan will probably cost, and what that rests on. */
export type BuildEstimate =
  | (Priced & { basis: 'earlier_builds'; builds: number; middle: number })
  | (Priced & { basis: 'stated_rate' })
  /** Nothing is charged, as it says or as none of its builds has cost anything. */
  | { basis: 'free' }
  | { basis: 'unknown'; why: WhyUnknown }

/** No builder answers; who does the work is not told; there is neither a rate nor a build to go by. */
export type WhyUnknown = 'unreachable' | 'not_told' | 'nothing_known'

/** To a hundredth of a cent: more would only show how computers count. */
function rounded(amount: number): number {
  return Math.round(amount * 10_000) / 10_000
}

function times({ low, high, currency }: PriceRange, tasks: number): PriceRange {
  return { low: rounded(low * tasks), high: rounded(high * tasks), currency }
}

function priced(perTask: PriceRange, { required, optional }: OrderedTasks): Priced {
  return { cost: times(perTask, required), withOptional: times(perTask, required + optional) }
}

function medianOf(sorted: readonly number[]): number {
  const [a = 0, b = a] = [Math.floor, Math.ceil].map(
    (round) => sorted[round((sorted.length - 1) / 2)],
  )
  return (a + b) / 2
}

/**
 * What earlier builds took for a task, times the tasks of the plan: from the cheapest to the dearest,
 * with the middle one. Builds that were paid in another currency than the newest are left out.
 */
function fromEarlier(
  earlier: readonly EarlierBuild[],
  tasks: OrderedTasks,
): BuildEstimate | undefined {
  const counted = earlier.filter((build) => build.tasks > 0)
  const currency = counted[0]?.cost.currency
  if (currency === undefined) return undefined
  const perTask = counted
    .filter(({ cost }) => cost.currency === currency)
    .map((build) => build.cost.amount / build.tasks)
    .toSorted((a, b) => a - b)
  const range = { low: perTask[0] ?? 0, high: perTask.at(-1) ?? 0, currency }
  if (range.high === 0) return { basis: 'free' }
  return {
    basis: 'earlier_builds',
    builds: perTask.length,
    middle: rounded(medianOf(perTask) * tasks.required),
    ...priced(range, tasks),
  }
}

/**
 * What building a plan will probably cost: free where the builder says so, else from what earlier
 * builds took, else from the rate that the builder states.
 */
export function estimateBuild({ rate, earlier }: KnownCosts, tasks: OrderedTasks): BuildEstimate {
  if (rate?.high === 0) return { basis: 'free' }
  const known = fromEarlier(earlier, tasks)
  if (known !== undefined) return known
  return rate === undefined
    ? { basis: 'unknown', why: 'nothing_known' }
    : { basis: 'stated_rate', ...priced(rate, tasks) }
}
