import { type FormEvent, useId, useState } from 'react'
import type { CommentView } from '../../../../src/http/comment-views.ts'
import { useComment, useResolveComment } from '../../api/plan-actions.ts'
import { Age } from '../../parts/age.tsx'
import { Button } from '../../parts/button.tsx'
import { ProblemNote } from '../../parts/note.tsx'
import { Person } from '../../parts/person.tsx'

interface CommentProps {
  projectId: string
  comment: CommentView
  /** The version that is looked at. */
  version: number
  /** What the line says in it; absent where it has no such line. */
  line: string | undefined
  canWrite: boolean
}

/** One thing that somebody said about a line, and what the line said then if it has changed. */
export function Comment({ projectId, comment, version, line, canWrite }: CommentProps) {
  const resolve = useResolveComment(projectId)
  const { id, author, createdAt, body, resolved, planVersion, quote } = comment
  return (
    <li className="comment" data-resolved={resolved !== null}>
      <p className="comment-who small muted">
        <Person id={author} />, <Age at={createdAt} />
        {planVersion !== version && `, on version ${planVersion}`}
        {resolved !== null && (
          <>
            , resolved by <Person id={resolved.by} />
          </>
        )}
      </p>
      {line !== quote && <blockquote className="small muted">{quote}</blockquote>}
      <p className="comment-body">{body}</p>
      {resolved === null && canWrite && (
        <Button kind="ghost" busy={resolve.isPending} onClick={() => resolve.mutate(id)}>
          Resolve
        </Button>
      )}
      {resolve.isError && <ProblemNote error={resolve.error} />}
    </li>
  )
}

interface WriteProps {
  projectId: string
  document: CommentView['document']
  /** The line's name. */
  at: string
  onClose: () => void
}

/** Where somebody writes what they have to say about a line. */
export function WriteComment({ projectId, document, at, onClose }: WriteProps) {
  const add = useComment(projectId)
  const field = useId()
  const [body, setBody] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (add.isPending || body.trim() === '') return
    add.mutate({ document, ref: at, body: body.trim() }, { onSuccess: onClose })
  }
  return (
    <form className="comment-write" onSubmit={submit}>
      <label htmlFor={field} className="small">
        Comment on {at}
      </label>
      <textarea
        id={field}
        className="textarea"
        rows={3}
        maxLength={4_000}
        required
        value={body}
        ref={(area) => area?.focus({ preventScroll: false })}
        onChange={(event) => setBody(event.target.value)}
      />
      <div className="approve-actions">
        <Button kind="primary" type="submit" busy={add.isPending} disabled={body.trim() === ''}>
          Comment
        </Button>
        <Button kind="ghost" onClick={onClose}>
          Discard
        </Button>
      </div>
      {add.isError && <ProblemNote error={add.error} />}
    </form>
  )
}
