import { type FormEvent, useState } from 'react'
import type { MeView } from '../../../src/http/views.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/field.tsx'
import { ProblemNote } from '../parts/note.tsx'
import { useBeginProject } from './use-begin-project.ts'

interface CallDialogProps {
  calls: NonNullable<MeView['calls']>
  onClose: () => void
}

/** Has a call created and goes to it. */
export function CallDialog({ calls, onClose }: CallDialogProps) {
  const begin = useBeginProject()
  const [title, setTitle] = useState('')
  const [palId, setPalId] = useState(calls.palId ?? '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (palId.trim() === '' || begin.busy) return
    const named = title.trim() === '' ? {} : { title: title.trim() }
    void begin.start(async () => ({ tavus: { palId: palId.trim() }, ...named }))
  }
  return (
    <Dialog title="Start a Tavus call" onClose={onClose}>
      <form className="dialog-form" onSubmit={submit}>
        <Field name="Title" optional>
          <input
            type="text"
            maxLength={200}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        </Field>
        <Field name="PAL id" hint="Of the Tavus PAL (formerly persona) that leads the call.">
          <input
            type="text"
            required
            maxLength={200}
            spellCheck={false}
            value={palId}
            onChange={(event) => setPalId(event.target.value)}
          />
        </Field>
        {begin.fault !== undefined && <ProblemNote error={begin.fault} />}
        <div className="dialog-actions">
          <Button onClick={onClose}>{begin.busy ? 'Cancel' : 'Close'}</Button>
          <Button kind="primary" type="submit" busy={begin.busy} disabled={palId.trim() === ''}>
            {begin.busy ? 'Creating the call' : 'Start the call'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
