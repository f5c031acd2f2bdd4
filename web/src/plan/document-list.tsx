import type { LintFindingView } from '../../../src/http/views.ts'
import { count } from '../format/count.ts'
import { Link } from '../routing/link.tsx'
import type { PlanDocument } from './documents.ts'

/** The addresses of the views that are no files: where every line comes from, and what changed. */
export const traceDoc = 'trace'
export const changesDoc = 'changes'

const views = [
  { name: traceDoc, words: 'Where it comes from' },
  { name: changesDoc, words: 'What changed' },
] as const

const groups = [
  { kind: 'spec', name: 'Spec' },
  { kind: 'steering', name: 'Steering' },
  { kind: 'config', name: 'Settings' },
] as const

interface DocumentListProps {
  id: string
  /** The version that is looked at, unless it is the newest. */
  version: number | undefined
  documents: readonly PlanDocument[]
  open: string | undefined
  lint: readonly LintFindingView[]
}

interface EntryProps {
  id: string
  version: number | undefined
  name: string
  words: string
  open: boolean
  findings: number
}

function Entry({ id, version, name, words, open, findings }: EntryProps) {
  return (
    <li>
      <Link
        to={{
          page: 'project',
          id,
          tab: 'plan',
          doc: name,
          ...(version !== undefined && { version }),
        }}
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
export function DocumentList({ id, version, documents, open, lint }: DocumentListProps) {
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
                  version={version}
                  name={name}
                  words={name}
                  open={name === open}
                  findings={lint.filter((finding) => finding.file === file.path).length}
                />
              ))}
              {kind === 'spec' &&
                views.map((one) => (
                  <Entry
                    key={one.name}
                    id={id}
                    version={version}
                    {...one}
                    open={open === one.name}
                    findings={0}
                  />
                ))}
            </ul>
          </section>
        )
      })}
    </nav>
  )
}
