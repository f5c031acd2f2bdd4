import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useId } from 'react'
import type { PlanVersionView, PlanView } from '../../../../src/http/views.ts'
import { planDiffQuery, planVersionQuery } from '../../api/queries.ts'
import { Loading } from '../../parts/loading.tsx'
import { Empty, ProblemNote } from '../../parts/note.tsx'
import { useSearch } from '../../routing/use-search.ts'
import { planDocuments } from '../documents.ts'
import { RequirementChanges, TaskChanges } from './requirement-changes.tsx'
import './changes.css'

// Most visits compare nothing.
const TextDiff = lazy(async () => ({ default: (await import('./text-diff-view.tsx')).TextDiff }))

function FileChanges({ before, after }: { before: PlanView; after: PlanView }) {
  const old = new Map(before.plan.files.map(({ path, content }) => [path, content]))
  const changed = planDocuments(after.plan.files).filter(
    ({ file }) => old.get(file.path) !== file.content,
  )
  return (
    <Suspense fallback={<p className="small muted">Comparing …</p>}>
      {changed.map(({ name, file }) => (
        <details key={file.path} open={changed.length <= 3}>
          <summary>{name}</summary>
          <TextDiff label={name} before={old.get(file.path) ?? ''} after={file.content} />
        </details>
      ))}
    </Suspense>
  )
}

interface ComparedProps {
  id: string
  from: number
  to: PlanView
}

function Compared({ id, from, to }: ComparedProps) {
  const diff = useQuery(planDiffQuery(id, from, to.version))
  const before = useQuery(planVersionQuery(id, from))
  const error = diff.error ?? before.error
  if (error !== null) return <ProblemNote error={error} />
  if (diff.data === undefined || before.data === undefined) return <Loading />
  return (
    <>
      <h3>Requirements</h3>
      <RequirementChanges diff={diff.data} />
      <h3>Tasks</h3>
      <TaskChanges diff={diff.data} />
      <h3>The files, line by line</h3>
      <FileChanges before={before.data} after={to} />
    </>
  )
}

interface ChangesViewProps {
  id: string
  /** The version that is looked at. */
  view: PlanView
  versions: readonly PlanVersionView[]
}

/** What a version of the plan changed since one before it, the last unless another is chosen. */
export function ChangesView({ id, view, versions }: ChangesViewProps) {
  const select = useId()
  const earlier = versions.filter(({ version }) => version < view.version)
  const [search, changeSearch] = useSearch()
  const chosen = search.get('from')
  const from = earlier.find(({ version }) => String(version) === chosen) ?? earlier[0]
  if (from === undefined) {
    return (
      <Empty title="This is the first version">
        <p>What later versions change stands here.</p>
      </Empty>
    )
  }
  return (
    <div className="changes-page">
      <div className="plan-head">
        <h2>What version {view.version} changed</h2>
        <span className="small">
          <label htmlFor={select}>Compared with </label>
          <select
            id={select}
            className="select"
            value={from.version}
            onChange={(event) => changeSearch({ from: event.target.value })}
          >
            {earlier.map(({ version }) => (
              <option key={version} value={version}>
                version {version}
              </option>
            ))}
          </select>
        </span>
      </div>
      <Compared id={id} from={from.version} to={view} />
    </div>
  )
}
