import { useInfiniteQuery } from '@tanstack/react-query'
import type { PlanDraft } from '../../../../src/domain/plan.ts'
import { usageQuery } from '../../api/queries.ts'
import { BuildPrice } from '../../cost/build-price.tsx'
import { costWords, leftWords } from '../../cost/usage-words.ts'
import { Fact, Facts } from '../../parts/facts.tsx'

interface PriceProps {
  id: string
  estimate: PlanDraft['estimate']
}

/** What the plan may take: its hours, what its build will probably cost, and what models took so far. */
export function Price({ id, estimate }: PriceProps) {
  const usage = useInfiniteQuery(usageQuery(id)).data?.pages[0]
  return (
    <Facts>
      <Fact name="Effort">
        {estimate.low} to {estimate.high} hours of a skilled developer
      </Fact>
      <Fact name="Build">
        <BuildPrice id={id} />
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
