import type { CommentView } from '../../../../src/http/comment-views.ts'
import { Comment } from './thread.tsx'

interface LostCommentsProps {
  projectId: string
  version: number
  comments: readonly CommentView[]
  canWrite: boolean
}

/** Comments on lines that this version does not have, so that nothing that was said is lost. */
export function LostComments({ projectId, version, comments, canWrite }: LostCommentsProps) {
  if (comments.length === 0) return null
  return (
    <section className="comments comments-lost" aria-labelledby="lost-comments">
      <h2 id="lost-comments">On lines that this version does not have</h2>
      <ul>
        {comments.map((comment) => (
          <Comment
            key={comment.id}
            projectId={projectId}
            comment={comment}
            version={version}
            line={undefined}
            canWrite={canWrite}
          />
        ))}
      </ul>
    </section>
  )
}
