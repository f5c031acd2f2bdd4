import { type Anchor, anchorsIn } from '../../../../src/kiro/anchors.ts'
import type { CommentView } from '../../../../src/http/comment-views.ts'

/** A line that can be commented, and what was said about it. */
export interface CommentedLine {
  anchor: Anchor
  comments: readonly CommentView[]
}

export interface CommentsAt {
  lines: readonly CommentedLine[]
  /** On lines that the document does not have. */
  lost: readonly CommentView[]
}

/** The lines of a document with the comments on each. */
export function commentsAt(
  document: CommentView['document'],
  content: string,
  comments: readonly CommentView[],
): CommentsAt {
  const byRef = Map.groupBy(
    comments.filter((comment) => comment.document === document),
    ({ ref }) => ref,
  )
  const anchors = anchorsIn(document, content)
  const there = new Set(anchors.map(({ ref }) => ref))
  return {
    lines: anchors.map((anchor) => ({ anchor, comments: byRef.get(anchor.ref) ?? none })),
    lost: [...byRef].flatMap(([ref, said]) => (there.has(ref) ? [] : said)),
  }
}

/** One for all lines, so that a line without comments is the same at each look. */
const none: readonly CommentView[] = []
