import { type ReactNode, useMemo } from 'react'
import type { CommentView } from '../../../src/http/comment-views.ts'
import type { LintFindingView } from '../../../src/http/views.ts'
import { count } from '../format/count.ts'
import { linesOf, parseMarkdown } from '../../../src/kiro/markdown/blocks.ts'
import { Markdown } from '../markdown/markdown.tsx'
import { ScrollRegion } from '../parts/scroll-region.tsx'
import { LineComments } from './comments/line-comments.tsx'
import { commentsAt } from './comments/comments-at.ts'
import { LostComments } from './comments/lost-comments.tsx'
import { isEditable, type PlanDocument } from './documents.ts'
import { LintMark } from './lint-list.tsx'
import { byPlace } from './line-places.ts'
import './comments/comments.css'

interface PlanDocumentProps {
  projectId: string
  document: PlanDocument
  version: number
  /** Whether the reader may comment: only what is newest is commented. */
  canWrite: boolean
  lint: readonly LintFindingView[]
  comments: readonly CommentView[]
  /** What can be done with the document, beside its path. */
  actions?: ReactNode
}

/** What stands below the lines of a document: findings of the checks, and comments. */
function useLineNotes(props: PlanDocumentProps) {
  const { projectId, document, version, canWrite, lint, comments } = props
  const { name, file } = document
  const said = useMemo(
    () => (isEditable(name) ? commentsAt(name, file.content, comments) : undefined),
    [name, file.content, comments],
  )
  const notes = useMemo(() => {
    const places = linesOf(parseMarkdown(file.content))
    const marks = byPlace(places, lint, ({ line }) => line)
    const lines = byPlace(places, said?.lines ?? [], ({ anchor }) => anchor.line)
    const all = new Map<number, ReactNode>()
    for (const place of new Set([...marks.keys(), ...lines.keys()])) {
      const found = marks.get(place)
      all.set(
        place,
        <>
          {lines.get(place)?.map((line) => (
            <LineComments
              key={line.anchor.ref}
              projectId={projectId}
              document={name as CommentView['document']}
              version={version}
              canWrite={canWrite}
              {...line}
            />
          ))}
          {found && <LintMark findings={found} />}
        </>,
      )
    }
    return all
  }, [projectId, name, file.content, version, canWrite, lint, said])
  return { notes, lost: said?.lost ?? [] }
}

/** One file of the plan, with what the checks found and what people said at its lines. */
export function PlanDocumentView(props: PlanDocumentProps) {
  const { document, actions, projectId, version } = props
  const { name, file } = document
  const lint = useMemo(
    () => props.lint.filter((finding) => finding.file === file.path),
    [props.lint, file.path],
  )
  const { notes, lost } = useLineNotes({ ...props, lint })
  return (
    <>
      <div className="plan-head">
        <p className="plan-path mono">{file.path}</p>
        {lint.length > 0 && <p className="small muted">{count(lint.length, 'finding')} below</p>}
        {actions}
      </div>
      {name.endsWith('.md') ? (
        <Markdown text={file.content} notes={notes} />
      ) : (
        <>
          {lint.length > 0 && <LintMark findings={lint} />}
          <ScrollRegion className="plan-raw" label={name}>
            <pre>{file.content}</pre>
          </ScrollRegion>
        </>
      )}
      <LostComments
        projectId={projectId}
        version={version}
        comments={lost}
        canWrite={props.canWrite}
      />
    </>
  )
}
