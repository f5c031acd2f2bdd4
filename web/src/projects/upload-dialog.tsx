import { type FormEvent, useId, useState } from 'react'
import type { UploadConversation } from '../../../src/http/views.ts'
import { useUpload } from '../api/actions.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Note, ProblemNote } from '../parts/note.tsx'
import { routeHref } from '../routing/route.ts'
import { navigate } from '../routing/use-route.ts'
import { DropZone } from './drop-zone.tsx'
import { readTranscript } from './read-transcript.ts'
import './upload-dialog.css'

type Approval = NonNullable<UploadConversation['approval']>

const approvals: readonly { value: Approval; words: string; hint: string }[] = [
  {
    value: 'manual',
    words: 'I approve the plan',
    hint: 'Nothing is built before you have read it.',
  },
  { value: 'auto', words: 'Build at once', hint: 'The plan is approved as it is written.' },
]

function ApprovalChoice({ value, onChange }: { value: Approval; onChange: (v: Approval) => void }) {
  const name = useId()
  return (
    <fieldset className="choice">
      <legend>When the plan is ready</legend>
      {approvals.map((approval) => (
        <label key={approval.value} className="choice-option">
          <input
            type="radio"
            name={name}
            checked={value === approval.value}
            onChange={() => onChange(approval.value)}
          />
          <span>
            {approval.words}
            <span className="choice-hint">{approval.hint}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function useTranscriptForm(first: File | undefined, onClose: () => void) {
  const upload = useUpload()
  const [file, setFile] = useState(first)
  const [title, setTitle] = useState('')
  const [approval, setApproval] = useState<Approval>('manual')
  const [fault, setFault] = useState<unknown>()
  const send = async (chosen: File) => {
    const transcript = await readTranscript(chosen)
    const named = title.trim() === '' ? {} : { title: title.trim() }
    const created = await upload.mutateAsync({
      transcript,
      filename: chosen.name,
      approval,
      ...named,
    })
    if (created.projectId === null) return
    onClose()
    navigate(routeHref({ page: 'project', id: created.projectId, tab: 'talk' }))
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (file === undefined || upload.isPending) return
    setFault(undefined)
    send(file).catch(setFault)
  }
  const nobodySpoke = upload.data?.projectId === null
  const fields = { file, setFile, title, setTitle, approval, setApproval }
  return { ...fields, fault, nobodySpoke, submit, busy: upload.isPending }
}

/** Brings a talk in: its file, a title, and whether its plan waits for approval. */
export function UploadDialog({ file, onClose }: { file?: File; onClose: () => void }) {
  const form = useTranscriptForm(file, onClose)
  return (
    <Dialog title="Upload a transcript" onClose={onClose}>
      <form className="upload" onSubmit={form.submit}>
        <DropZone file={form.file} onFile={form.setFile} />
        <label className="field">
          <span>
            Title <span className="muted">(optional)</span>
          </span>
          <input
            type="text"
            maxLength={200}
            value={form.title}
            onChange={(event) => form.setTitle(event.target.value)}
          />
        </label>
        <ApprovalChoice value={form.approval} onChange={form.setApproval} />
        {form.fault !== undefined && <ProblemNote error={form.fault} />}
        {form.nobodySpoke && (
          <output>
            <Note tone="ask" title="Nobody spoke in this transcript.">
              It was kept, but there is nothing to make a project of.
            </Note>
          </output>
        )}
        <div className="upload-actions">
          <Button onClick={onClose}>Close</Button>
          <Button kind="primary" type="submit" busy={form.busy} disabled={form.file === undefined}>
            {form.busy ? 'Uploading' : 'Start the project'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
