import type { PlanVersionView } from '../../../src/http/views.ts'
import { Age } from '../parts/age.tsx'
import { Person } from '../parts/person.tsx'
import { Link } from '../routing/link.tsx'

interface VersionListProps {
  id: string
  versions: readonly PlanVersionView[]
  /** The version that is looked at. */
  open: number
  doc: string | undefined
}

/** A few are enough to find the way; the others are a press away. */
const mostShown = 6

function Entry({ id, version, open, doc, newest }: EntryProps) {
  return (
    <li>
      <Link
        to={{
          page: 'project',
          id,
          tab: 'plan',
          ...(doc !== undefined && { doc }),
          ...(!newest && { version: version.version }),
        }}
        aria-current={open ? 'page' : undefined}
      >
        <span>
          Version {version.version}
          {version.approved !== null && <span className="version-approved"> approved</span>}
          <span className="version-who">
            {version.editedBy === null ? 'planned' : 'edited by '}
            {version.editedBy !== null && <Person id={version.editedBy} />},{' '}
            <Age at={version.createdAt} />
          </span>
        </span>
      </Link>
    </li>
  )
}

interface EntryProps {
  id: string
  version: PlanVersionView
  open: boolean
  doc: string | undefined
  newest: boolean
}

/** The versions of the plan, newest first; each has an address. */
export function VersionList({ id, versions, open, doc }: VersionListProps) {
  const entry = (version: PlanVersionView) => (
    <Entry
      key={version.version}
      id={id}
      version={version}
      open={version.version === open}
      doc={doc}
      newest={version === versions[0]}
    />
  )
  const older = versions.slice(mostShown)
  return (
    <nav className="doc-list version-list" aria-label="Versions of the plan">
      <section>
        <h2 className="overline">Versions</h2>
        <ul>{versions.slice(0, mostShown).map(entry)}</ul>
        {older.length > 0 && (
          <details open={older.some(({ version }) => version === open)}>
            <summary className="small">{older.length} older</summary>
            <ul>{older.map(entry)}</ul>
          </details>
        )}
      </section>
    </nav>
  )
}
