import { lazy, Suspense } from 'react'
import type { CommentView } from '../../../src/http/comment-views.ts'
import type { PlanVersionView, PlanView, ProjectView } from '../../../src/http/views.ts'
import { projectPath } from '../api/queries.ts'
import { Icon } from '../parts/icon.tsx'
import { Note } from '../parts/note.tsx'
import { Link } from '../routing/link.tsx'
import type { PlanPlace } from '../routing/route.ts'
import { routeHref } from '../routing/route.ts'
import { navigate } from '../routing/use-route.ts'
import { mayActOn } from '../session/use-may-act.ts'
import { ChangesView } from './changes/changes-view.tsx'
import { changesDoc, DocumentList, traceDoc } from './document-list.tsx'
import { isEditable, planDocuments } from './documents.ts'
import { PlanDocumentView } from './plan-document.tsx'
import { PlanFacts } from './plan-facts.tsx'
import { TraceTable } from './trace-table.tsx'
import { VersionList } from './version-list.tsx'

// Reading is what most come for; the editor is loaded by those who write.
const DocumentEditor = lazy(async () => ({
  default: (await import('./edit/document-editor.tsx')).DocumentEditor,
}))

interface PlanViewProps extends PlanPlace {
  project: ProjectView
  /** The version that is looked at. */
  view: PlanView
  newest: PlanView
  versions: readonly PlanVersionView[]
  comments: readonly CommentView[]
}

function OldVersion({ id, view, newest }: { id: string; view: PlanView; newest: PlanView }) {
  if (view.version === newest.version) return null
  return (
    <Note tone="quiet">
      <p>
        This is version {view.version}.{' '}
        <Link to={{ page: 'project', id, tab: 'plan' }}>
          Version {newest.version} is the newest.
        </Link>
      </p>
    </Note>
  )
}

function Page({ project, view, newest, versions, comments, doc, edit }: PlanViewProps) {
  const mayAct = mayActOn(project)
  const documents = planDocuments(view.plan.files)
  const open = documents.find((document) => document.name === doc) ?? documents[0]
  if (doc === traceDoc) return <TraceTable plan={view.plan} />
  if (doc === changesDoc) return <ChangesView id={project.id} view={view} versions={versions} />
  if (open === undefined) return null
  const { name } = open
  const place = { page: 'project', id: project.id, tab: 'plan', doc: name } as const
  const canWrite = view.version === newest.version && mayAct
  const canEdit = isEditable(name) && canWrite
  if (edit && canEdit) {
    return (
      <Suspense fallback={<p className="small muted">Opening the editor …</p>}>
        <DocumentEditor
          id={project.id}
          name={name}
          newest={newest}
          onClose={() => navigate(routeHref(place))}
        />
      </Suspense>
    )
  }
  const actions = canEdit && (
    <Link className="button" to={{ ...place, edit: true }}>
      Edit
    </Link>
  )
  return (
    <PlanDocumentView
      projectId={project.id}
      document={open}
      version={view.version}
      canWrite={canWrite}
      lint={view.lint}
      comments={comments}
      actions={actions}
    />
  )
}

/** A version of the plan: its files, its views and what is to be known about it. */
export function PlanVersion(props: PlanViewProps) {
  const { project, view, newest, versions, doc } = props
  const documents = planDocuments(view.plan.files)
  const isView = doc === traceDoc || doc === changesDoc
  const open = isView ? doc : (documents.find(({ name }) => name === doc) ?? documents[0])?.name
  const old = view.version === newest.version ? undefined : view.version
  const query = old === undefined ? '' : `?version=${old}`
  return (
    <div className="plan">
      <div className="plan-side">
        <DocumentList
          id={project.id}
          version={old}
          documents={documents}
          open={open}
          lint={view.lint}
        />
        <VersionList id={project.id} versions={versions} open={view.version} doc={doc} />
        <a className="button" href={`${projectPath(project.id, 'plan.zip')}${query}`} download>
          <Icon name="download" />
          Download .kiro pack
        </a>
      </div>
      <article className="plan-page panel">
        <OldVersion id={project.id} view={view} newest={newest} />
        <Page key={view.version === newest.version ? 'newest' : view.version} {...props} />
      </article>
      <PlanFacts view={view} />
    </div>
  )
}
