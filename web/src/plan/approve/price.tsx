import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { PlanDraft } from '../../../../src/domain/plan.ts'
import { buildsQuery, usageQuery } from '../../api/queries.ts'
import { costWords, leftWords } from '../../cost/usage-words.ts'
import { formatCost } from '../../format/cost.ts'
import { Fact, Facts } from '../../parts/facts.tsx'

interface PriceProps {
  id: string
  estimate: PlanDraft['estimate']
}

/** What the plan may take: its hours, what models took so far, and what builds have cost. */
export function Price({ id, estimate }: PriceProps) {
  const usage = useInfiniteQuery(usageQuery(id)).data?.pages[0]
  const builds = useQuery(buildsQuery(id))
  const last = builds.data?.items.find(({ progress }) => progress?.cost !== undefined)
  const cost = last?.progress?.cost
  return (
    <Facts>
      <Fact name="Effort">
        {estimate.low} to {estimate.high} hours of a skilled developer
      </Fact>
      <Fact name="Build">
        {cost === undefined
          ? 'Its agent tells the cost as it runs; before that it is unknown'
          : `Unknown before; the last build cost ${formatCost(cost)}`}
      </Fact>
      {usage !== undefined && (
        <Fact name="Models so far">
          {costWords(usage.total)}
          {leftWords(usage.budgets)}
        </Fact>
      )}
    </Facts>
  )
}
