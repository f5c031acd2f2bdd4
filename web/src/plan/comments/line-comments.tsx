import { memo, useRef, useState } from 'react'
import type { Anchor } from '../../../../src/kiro/anchors.ts'
import type { CommentView } from '../../../../src/http/comment-views.ts'
import { count } from '../../format/count.ts'
import { Icon } from '../../parts/icon.tsx'
import { Comment, WriteComment } from './thread.tsx'

interface LineCommentsProps {
  projectId: string
  document: CommentView['document']
  anchor: Anchor
  version: number
  comments: readonly CommentView[]
  /** False for an old version, whose comments are those of the newest, and for who may look alone. */
  canWrite: boolean
}

/** What was said about one line of the plan, and a button to say something. */
export const LineComments = memo(function LineComments(props: LineCommentsProps) {
  const { projectId, document, anchor, version, comments, canWrite } = props
  const [writes, setWrites] = useState(false)
  const [showsResolved, setShowsResolved] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const resolved = comments.filter((comment) => comment.resolved !== null)
  const shown = showsResolved ? comments : comments.filter((comment) => comment.resolved === null)
  const close = () => {
    setWrites(false)
    button.current?.focus()
  }
  return (
    <div className="comments" data-empty={comments.length === 0 && !writes}>
      {shown.length > 0 && (
        <ul>
          {shown.map((comment) => (
            <Comment
              key={comment.id}
              projectId={projectId}
              comment={comment}
              version={version}
              line={anchor.text}
              canWrite={canWrite}
            />
          ))}
        </ul>
      )}
      {writes && (
        <WriteComment projectId={projectId} document={document} at={anchor.ref} onClose={close} />
      )}
      <div className="comments-row">
        {canWrite && (
          <button
            ref={button}
            type="button"
            className="comment-add"
            aria-label={`Comment on ${anchor.ref}`}
            title={`Comment on ${anchor.ref}`}
            aria-expanded={writes}
            onClick={() => setWrites(!writes)}
          >
            <Icon name="comment" />
          </button>
        )}
        {resolved.length > 0 && (
          <button
            type="button"
            className="text-button small"
            aria-expanded={showsResolved}
            onClick={() => setShowsResolved(!showsResolved)}
          >
            {showsResolved ? 'Hide' : 'Show'} {count(resolved.length, 'resolved comment')}
          </button>
        )}
      </div>
    </div>
  )
})
