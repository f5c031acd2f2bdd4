import { type FormEvent, useState } from 'react'
import type { UploadConversation } from '../../../src/http/views.ts'
import { percent } from '../format/count.ts'
import { Button } from '../parts/button.tsx'
import { Choice, type Option } from '../parts/choice.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/field.tsx'
import { Note, ProblemNote } from '../parts/note.tsx'
import { DropZone } from './drop-zone.tsx'
import { readTranscript } from './read-transcript.ts'
import { useBeginProject } from './use-begin-project.ts'

type Approval = NonNullable<UploadConversation['approval']>

const approvals: readonly Option<Approval>[] = [
  {
    value: 'manual',
    words: 'I approve the plan',
    hint: 'Nothing is built before you have read it.',
  },
  { value: 'auto', words: 'Build at once', hint: 'The plan is approved as it is written.' },
]

function useTranscriptForm(first: File | undefined) {
  const begin = useBeginProject()
  const [file, setFile] = useState(first)
  const [title, setTitle] = useState('')
  const [approval, setApproval] = useState<Approval>('manual')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (file === undefined || begin.busy) return
    const named = title.trim() === '' ? {} : { title: title.trim() }
    void begin.start(async () => ({
      transcript: await readTranscript(file),
      filename: file.name,
      approval,
      ...named,
    }))
  }
  return { begin, file, setFile, title, setTitle, approval, setApproval, submit }
}

/** How much of the file has been sent; then the server reads it. */
function Sent({ share }: { share: number }) {
  const words = share < 1 ? `${percent(share)} sent` : 'All of it is sent; the server reads it.'
  return (
    <div className="upload-sent small muted numbers">
      <progress max={1} value={share} aria-label="Upload" />
      {words}
    </div>
  )
}

/** Brings a talk in: its file, a title, and whether its plan waits for approval. */
export function UploadDialog({ file, onClose }: { file?: File; onClose: () => void }) {
  const { begin, ...form } = useTranscriptForm(file)
  return (
    <Dialog title="Upload a transcript" onClose={onClose}>
      <form className="dialog-form" onSubmit={form.submit}>
        <DropZone file={form.file} onFile={form.setFile} />
        <Field name="Title" optional>
          <input
            type="text"
            maxLength={200}
            value={form.title}
            onChange={(event) => form.setTitle(event.target.value)}
          />
        </Field>
        <Choice
          legend="When the plan is ready"
          options={approvals}
          value={form.approval}
          onChange={form.setApproval}
        />
        {begin.fault !== undefined && <ProblemNote error={begin.fault} />}
        {begin.nobodySpoke && (
          <output>
            <Note tone="ask" title="Nobody spoke in this transcript.">
              It was kept, but there is nothing to make a project of.
            </Note>
          </output>
        )}
        {begin.busy && <Sent share={begin.sent} />}
        <div className="dialog-actions">
          {begin.busy ? (
            <Button onClick={begin.cancel}>Cancel the upload</Button>
          ) : (
            <Button onClick={onClose}>Close</Button>
          )}
          <Button kind="primary" type="submit" busy={begin.busy} disabled={form.file === undefined}>
            {begin.busy ? 'Uploading' : 'Start the project'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
