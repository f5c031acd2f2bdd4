import type { BudgetView } from '../../../src/http/usage-views.ts'
import { formatUsd } from '../format/cost.ts'
import { Chip } from '../parts/chip.tsx'
import type { Tone } from '../parts/tone.ts'

const looks: Readonly<Record<BudgetView['state'], { tone: Tone; words: string }>> = {
  none: { tone: 'quiet', words: 'no budget' },
  ok: { tone: 'good', words: 'within budget' },
  warned: { tone: 'ask', words: 'runs out' },
  exceeded: { tone: 'bad', words: 'spent' },
}

function Budget({ budget }: { budget: BudgetView }) {
  const { scope, period, limitUsd, leftUsd, state } = budget
  const { tone, words } = looks[state]
  const name = scope === 'project' ? 'This project' : `Workspace, ${period}`
  return (
    <li className="budget">
      <span className="budget-name">{name}</span>
      <Chip tone={tone}>{words}</Chip>
      {limitUsd !== null && leftUsd !== null && (
        <>
          <meter
            min={0}
            max={Number(limitUsd)}
            value={Number(limitUsd) - Number(leftUsd)}
            aria-label={`${name}: taken from the budget`}
          />
          <span className="small muted numbers">
            {formatUsd(leftUsd)} left of {formatUsd(limitUsd)}
          </span>
        </>
      )}
    </li>
  )
}

/** The budgets that the project's calls are paid from. */
export function BudgetList({ budgets }: { budgets: readonly BudgetView[] }) {
  return (
    <ul className="budgets" aria-label="Budgets">
      {budgets.map((budget) => (
        <Budget key={budget.scope} budget={budget} />
      ))}
    </ul>
  )
}
