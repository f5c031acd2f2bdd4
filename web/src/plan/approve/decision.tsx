import { type FormEvent, useId, useState } from 'react'
import type { ProjectView } from '../../../../src/http/views.ts'
import type { ProjectAction } from '../../api/actions.ts'
import { count } from '../../format/count.ts'
import { Button } from '../../parts/button.tsx'
import { Note } from '../../parts/note.tsx'

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
      <label className="approve-reason">
        What is wrong with the plan?
        <textarea
          className="textarea"
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

type Refused = ProjectView['approvalRefused']

/** Told before the press, with its code. */
function RefusedNote({ id, refused }: { id: string; refused: NonNullable<Refused> }) {
  return (
    <div id={id}>
      <Note tone="ask" title={refused.message}>
        <p className="note-code">{refused.code}</p>
      </Note>
    </div>
  )
}

/** Approve or reject, each bound to the hash of what was read. */
export function Decision(props: DecisionProps & { optional: number; refused: Refused }) {
  const { hash, busy, optional, refused, onDecide } = props
  const why = useId()
  const [includeOptional, setIncludeOptional] = useState(false)
  const [rejects, setRejects] = useState(false)
  if (rejects) return <Reject {...props} onBack={() => setRejects(false)} />
  return (
    <>
      {refused !== null && <RefusedNote id={why} refused={refused} />}
      {optional > 0 && refused === null && (
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
          refused={refused !== null}
          aria-describedby={refused === null ? undefined : why}
          onClick={() => onDecide({ type: 'approve', planHash: hash, includeOptional })}
        >
          Approve and build
        </Button>
        <Button onClick={() => setRejects(true)}>Reject</Button>
      </div>
    </>
  )
}
