import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { ProjectUsageView } from '../../../src/http/usage-views.ts'
import type { ProjectView } from '../../../src/http/views.ts'
import { buildsQuery, estimateQuery, usageQuery } from '../api/queries.ts'
import { Fact, Facts } from '../parts/facts.tsx'
import { Loading } from '../parts/loading.tsx'
import { MoreButton } from '../parts/more-button.tsx'
import { ProblemNote } from '../parts/note.tsx'
import { BudgetList } from './budget-list.tsx'
import { BuildCosts } from './build-costs.tsx'
import { BuildPrice } from './build-price.tsx'
import { CallTable } from './call-table.tsx'
import { StageTable } from './stage-table.tsx'
import { UsageTable } from './usage-table.tsx'
import { costWords } from './usage-words.ts'
import './cost.css'

function Totals({ usage }: { usage: ProjectUsageView }) {
  const { calls, inputTokens, outputTokens } = usage.total
  const number = new Intl.NumberFormat('en')
  return (
    <dl className="cost-totals numbers">
      <div>
        <dt>Models</dt>
        <dd>{costWords(usage.total)}</dd>
      </div>
      <div>
        <dt>Calls</dt>
        <dd>{number.format(calls)}</dd>
      </div>
      <div>
        <dt>Tokens in</dt>
        <dd>{number.format(inputTokens)}</dd>
      </div>
      <div>
        <dt>Tokens out</dt>
        <dd>{number.format(outputTokens)}</dd>
      </div>
    </dl>
  )
}

/** What the project took and cost, and what it may: what nobody knows is said to be unknown. */
export function CostTab({ project }: { project: ProjectView }) {
  const { id } = project
  const usage = useInfiniteQuery(usageQuery(id))
  const estimate = useQuery(estimateQuery(id))
  const builds = useQuery(buildsQuery(id))
  const first = usage.data?.pages[0]
  if (usage.isError && first === undefined) return <ProblemNote error={usage.error} />
  if (first === undefined) return <Loading />
  const calls = usage.data?.pages.flatMap((page) => page.calls) ?? []
  return (
    <div className="cost">
      <section className="panel cost-part" aria-label="In all">
        <Totals usage={first} />
        <BudgetList budgets={first.budgets} />
      </section>
      <section className="panel cost-part" aria-labelledby="cost-stages">
        <h2 id="cost-stages">Estimated, and what it took</h2>
        {estimate.isError && <ProblemNote error={estimate.error} />}
        <StageTable estimate={estimate.data} taken={first.byStage} />
      </section>
      {first.byModel.length > 0 && (
        <section className="panel cost-part" aria-labelledby="cost-models">
          <h2 id="cost-models">By model</h2>
          <UsageTable name="Model" groups={first.byModel} />
        </section>
      )}
      <section className="panel cost-part" aria-labelledby="cost-builds">
        <h2 id="cost-builds">Builds</h2>
        {builds.isError && <ProblemNote error={builds.error} />}
        <Facts>
          <Fact name="Next build">
            <BuildPrice id={id} />
          </Fact>
        </Facts>
        {builds.data !== undefined && <BuildCosts builds={builds.data.items} />}
      </section>
      {calls.length > 0 && (
        <section className="panel cost-part" aria-labelledby="cost-calls">
          <h2 id="cost-calls">Calls, newest first</h2>
          <CallTable calls={calls} />
          <MoreButton list={usage}>Older calls</MoreButton>
        </section>
      )}
    </div>
  )
}
