import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Role } from '../../../src/domain/principal.ts'
import { hasRole } from '../../../src/domain/role-order.ts'
import type { BudgetView } from '../../../src/http/usage-views.ts'
import { BudgetList } from '../cost/budget-list.tsx'
import '../cost/cost.css'
import { formatUsd } from '../format/cost.ts'
import { Button } from '../parts/button.tsx'
import { ConfirmDialog } from '../parts/confirm-dialog.tsx'
import { Field } from '../parts/field.tsx'
import { ProblemNote } from '../parts/note.tsx'
import { Section } from '../parts/section.tsx'
import { useChangeBudget } from './settings-actions.ts'
import { budgetQuery } from './settings-queries.ts'
import { ToldNote, useTold } from './told.tsx'

function RemoveBudget({ onRemoved, onClose }: { onRemoved: () => void; onClose: () => void }) {
  const change = useChangeBudget()
  return (
    <ConfirmDialog
      title="Take the budget away?"
      words="Take it away"
      keep="Keep it"
      busy={change.isPending}
      fault={change.error}
      onConfirm={() => change.mutate(null, { onSuccess: onRemoved })}
      onClose={onClose}
    >
      Model calls of this workspace have no limit from then on but those of single projects.
    </ConfirmDialog>
  )
}

function useBudgetForm({ limitUsd }: BudgetView) {
  const change = useChangeBudget()
  const [text, setText] = useState<string>()
  const [told, tell] = useTold()
  const value = text ?? limitUsd ?? ''
  const wanted = value.trim()
  const isSame = wanted === '' || wanted === limitUsd
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isSame || change.isPending) return
    change.mutate(wanted, {
      onSuccess: (budget) => {
        setText(undefined)
        tell(`The budget is ${formatUsd(budget.limitUsd ?? wanted)} a month now.`)
      },
    })
  }
  const removed = () => {
    setText(undefined)
    tell('There is no budget any more.')
  }
  return { change, value, setText, told, isSame, submit, removed }
}

function BudgetForm({ budget }: { budget: BudgetView }) {
  const { change, value, setText, told, isSame, submit, removed } = useBudgetForm(budget)
  const [removes, setRemoves] = useState(false)
  const close = () => setRemoves(false)
  return (
    <>
      <form className="settings-form" onSubmit={submit}>
        <Field
          name="US dollars a month"
          hint="A project pauses before a model call that may not fit; you are warned at 80 %."
        >
          <input
            type="text"
            inputMode="decimal"
            maxLength={20}
            autoComplete="off"
            value={value}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
        <Button kind="primary" type="submit" busy={change.isPending} disabled={isSame}>
          Set the budget
        </Button>
        {budget.limitUsd !== null && (
          <Button kind="danger" onClick={() => setRemoves(true)}>
            Take it away
          </Button>
        )}
      </form>
      {change.isError && <ProblemNote error={change.error} />}
      <ToldNote told={told} />
      {removes && (
        <RemoveBudget
          onRemoved={() => {
            close()
            removed()
          }}
          onClose={close}
        />
      )}
    </>
  )
}

/** What model calls of the workspace may take in a month, and what they took of it. */
export function BudgetSection({ mine }: { mine: Role }) {
  const query = useQuery(budgetQuery)
  return (
    <Section title="Budget" query={query}>
      {(budget) => (
        <>
          <BudgetList budgets={[budget]} />
          {budget.spentUsd !== null && (
            <p className="small muted numbers">{formatUsd(budget.spentUsd)} spent this month</p>
          )}
          {hasRole(mine, 'admin') && <BudgetForm budget={budget} />}
        </>
      )}
    </Section>
  )
}
