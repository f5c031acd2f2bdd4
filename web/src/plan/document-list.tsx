import type { LintFindingView } from '../../../src/http/views.ts'
import { count } from '../format/count.ts'
import { Link } from '../routing/link.tsx'
import type { PlanDocument } from './documents.ts'

/** The address of the view that is no file: where every line comes from. */
export const traceDoc = 'trace'

const groups = [
  { kind: 'spec', name: 'Spec' },
  { kind: 'steering', name: 'Steering' },
  { kind: 'config', name: 'Settings' },
] as const

interface DocumentListProps {
  id: string
  documents: readonly PlanDocument[]
  open: string | undefined
  lint: readonly LintFindingView[]
}

interface EntryProps {
  id: string
  name: string
  words: string
  open: boolean
  findings: number
}

function Entry({ id, name, words, open, findings }: EntryProps) {
  return (
    <li>
      <Link
        to={{ page: 'project', id, tab: 'plan', doc: name }}
        aria-current={open ? 'page' : undefined}
      >
        {words}
        {findings > 0 && (
          <span className="doc-findings numbers" title={count(findings, 'finding')}>
            {findings}
            <span className="unseen"> {findings === 1 ? 'finding' : 'findings'}</span>
          </span>
        )}
      </Link>
    </li>
  )
}

/** The plan's files, and the table of where its lines come from. */
export function DocumentList({ id, documents, open, lint }: DocumentListProps) {
  return (
    <nav className="doc-list" aria-label="Files of the plan">
      {groups.map(({ kind, name }) => {
        const ofKind = documents.filter((document) => document.kind === kind)
        if (ofKind.length === 0) return null
        return (
          <section key={kind}>
            <h2 className="overline">{name}</h2>
            <ul>
              {ofKind.map(({ name, file }) => (
                <Entry
                  key={file.path}
                  id={id}
                  name={name}
                  words={name}
                  open={name === open}
                  findings={lint.filter((finding) => finding.file.endsWith(name)).length}
                />
              ))}
              {kind === 'spec' && (
                <Entry
                  id={id}
                  name={traceDoc}
                  words="Where it comes from"
                  open={open === traceDoc}
                  findings={0}
                />
              )}
            </ul>
          </section>
        )
      })}
    </nav>
  )
}
