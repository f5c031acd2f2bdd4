import type { BudgetView, UsageSumView } from '../../../src/http/usage-views.ts'
import { count } from '../format/count.ts'
import { formatUsd } from '../format/cost.ts'

type Cost = Pick<UsageSumView, 'calls' | 'costUsd' | 'unknownCalls' | 'unknownUsd'>

/** What calls cost, as exactly as it is known: what nobody knows is never taken for nothing. */
export function costWords({ calls, costUsd, unknownCalls, unknownUsd }: Cost): string {
  if (calls === 0) return 'nothing: no model was called'
  if (unknownCalls === 0) return formatUsd(costUsd ?? '0')
  const most = unknownUsd === null ? '' : `, at most ${formatUsd(unknownUsd)}`
  if (costUsd === null) return `unknown${most}`
  return `${formatUsd(costUsd)} and ${count(unknownCalls, 'call')} of unknown cost${most}`
}

/** What is left of the budget that has least left, as the end of a sentence; empty without one. */
export function leftWords(budgets: readonly BudgetView[]): string {
  const [first] = budgets
    .flatMap(({ scope, leftUsd, limitUsd }) =>
      leftUsd === null || limitUsd === null ? [] : [{ scope, leftUsd, limitUsd }],
    )
    .sort((a, b) => Number(a.leftUsd) - Number(b.leftUsd))
  if (first === undefined) return ''
  return `; ${formatUsd(first.leftUsd)} left of the ${first.scope}’s ${formatUsd(first.limitUsd)}`
}
