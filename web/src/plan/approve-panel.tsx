import { type FormEvent, useState } from 'react'
import type { Brief } from '../../../src/domain/brief.ts'
import type { PlanDraft } from '../../../src/domain/plan.ts'
import type { PlanView } from '../../../src/http/views.ts'
import { type ProjectAction, useProjectAction } from '../api/actions.ts'
import { count } from '../format/count.ts'
import { InlineMarkdown } from '../markdown/markdown.tsx'
import { Button } from '../parts/button.tsx'
import { ProblemNote } from '../parts/note.tsx'
import { criterionTexts, optionalTasks } from './documents.ts'
import './approve-panel.css'

function contentOf(plan: PlanDraft, name: string): string {
  return plan.files.find((file) => file.path.endsWith(`/${name}`))?.content ?? ''
}

function Inferred({ plan }: { plan: PlanDraft }) {
  const inferred = plan.trace.filter((link) => link.inferred !== undefined)
  const texts = criterionTexts(contentOf(plan, 'requirements.md') || contentOf(plan, 'bugfix.md'))
  if (inferred.length === 0) {
    return (
      <p className="small muted">Nothing is inferred: every line rests on words of the talk.</p>
    )
  }
  return (
    <details open={inferred.length <= 4}>
      <summary>{count(inferred.length, 'line')} that nobody said</summary>
      <ul>
        {inferred.map((link) => (
          <li key={link.ref}>
            <span className="trace-ref numbers">{link.ref}</span>{' '}
            <InlineMarkdown text={texts.get(link.ref) ?? ''} />
            <span className="approve-why">{link.inferred}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}

function Questions({ brief }: { brief: Brief | undefined }) {
  const asked = [
    ...(brief?.openQuestions ?? []).map(({ id, question, why }) => ({ id, words: question, why })),
    ...(brief?.contradictions ?? []).map(({ id, statement }) => ({
      id,
      words: statement,
      why: '',
    })),
  ]
  if (asked.length === 0) return <p className="small muted">No question was left open.</p>
  return (
    <details open={asked.length <= 4}>
      <summary>{count(asked.length, 'open question')}</summary>
      <ul>
        {asked.map(({ id, words, why }) => (
          <li key={id}>
            {words}
            {why !== '' && <span className="approve-why">{why}</span>}
          </li>
        ))}
      </ul>
    </details>
  )
}

interface DecisionProps {
  hash: string
  busy: boolean
  onDecide: (action: ProjectAction) => void
}

function Reject({ hash, busy, onDecide, onBack }: DecisionProps & { onBack: () => void }) {
  const [reason, setReason] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!busy) onDecide({ type: 'reject', planHash: hash, reason: reason.trim() })
  }
  return (
    <form className="approve-reject" onSubmit={submit}>
      <label className="field">
        What is wrong with the plan?
        <textarea
          rows={3}
          maxLength={2_000}
          required
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <p className="small muted">The project ends as cancelled. It can be planned again later.</p>
      <div className="approve-actions">
        <Button kind="danger" type="submit" busy={busy} disabled={reason.trim() === ''}>
          Reject the plan
        </Button>
        <Button kind="ghost" onClick={onBack}>
          Back
        </Button>
      </div>
    </form>
  )
}

function Decision(props: DecisionProps & { optional: number }) {
  const { hash, busy, optional, onDecide } = props
  const [includeOptional, setIncludeOptional] = useState(false)
  const [rejects, setRejects] = useState(false)
  if (rejects) return <Reject {...props} onBack={() => setRejects(false)} />
  return (
    <>
      {optional > 0 && (
        <label className="check-option small">
          <input
            type="checkbox"
            checked={includeOptional}
            onChange={(event) => setIncludeOptional(event.target.checked)}
          />
          Also carry out {count(optional, 'optional task')}
        </label>
      )}
      <div className="approve-actions">
        <Button
          kind="primary"
          busy={busy}
          onClick={() => onDecide({ type: 'approve', planHash: hash, includeOptional })}
        >
          Approve and build
        </Button>
        <Button onClick={() => setRejects(true)}>Reject</Button>
      </div>
    </>
  )
}

interface ApprovePanelProps {
  id: string
  view: PlanView
  brief: Brief | undefined
}

/** What a person has to know before they let a plan be built, and their decision. */
export function ApprovePanel({ id, view, brief }: ApprovePanelProps) {
  const action = useProjectAction(id)
  const { estimate } = view.plan
  return (
    <section className="approve panel" aria-labelledby="approve-title">
      <div className="approve-head">
        <h2 id="approve-title">This plan waits for your approval</h2>
        <p className="small muted numbers">
          Version {view.version}, hash <code title={view.hash}>{view.hash.slice(0, 12)}…</code>,
          estimated at {estimate.low} to {estimate.high} hours. Exactly these files are built.
        </p>
      </div>
      <div className="approve-points small">
        <Inferred plan={view.plan} />
        <Questions brief={brief} />
      </div>
      <Decision
        hash={view.hash}
        busy={action.isPending}
        optional={optionalTasks(contentOf(view.plan, 'tasks.md'))}
        onDecide={(decision) => action.mutate(decision)}
      />
      {action.isError && <ProblemNote error={action.error} />}
    </section>
  )
}
