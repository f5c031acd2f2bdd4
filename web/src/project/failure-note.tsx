import type { ProjectView } from '../../../src/http/views.ts'
import { Note } from '../parts/note.tsx'
import type { Tab } from '../routing/route.ts'
import { failureOf } from './failure.ts'

/** Why the project stands where it stands: what happened, the code, and what to do. */
export function FailureNote({ project, tab }: { project: ProjectView; tab: Tab }) {
  const failure = failureOf(project)
  const { status } = project
  // The build's own view tells its error together with its code.
  if (failure === undefined || (tab === 'build' && failure.stage === 'build')) return null
  return (
    <Note tone={status === 'failed' ? 'bad' : 'quiet'} title={failure.message}>
      {failure.code !== undefined && <p className="note-code">{failure.code}</p>}
      {failure.next !== undefined && <p>{failure.next}</p>}
    </Note>
  )
}
