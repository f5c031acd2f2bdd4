import { useQuery } from '@tanstack/react-query'
import type { PlanView, ProjectView } from '../../../src/http/views.ts'
import { briefQuery, planQuery, projectPath } from '../api/queries.ts'
import { Icon } from '../parts/icon.tsx'
import { Empty, ProblemNote } from '../parts/note.tsx'
import { ApprovePanel } from './approve-panel.tsx'
import { DocumentList, traceDoc } from './document-list.tsx'
import { planDocuments } from './documents.ts'
import { PlanDocumentView } from './plan-document.tsx'
import { PlanFacts } from './plan-facts.tsx'
import { TraceTable } from './trace-table.tsx'
import './plan.css'

interface PlanProps {
  project: ProjectView
  view: PlanView
  doc: string | undefined
}

function Plan({ project, view, doc }: PlanProps) {
  const documents = planDocuments(view.plan.files)
  const open = documents.find((document) => document.name === doc) ?? documents[0]
  const showsTrace = doc === traceDoc
  return (
    <div className="plan">
      <div className="plan-side">
        <DocumentList
          id={project.id}
          documents={documents}
          open={showsTrace ? traceDoc : open?.name}
          lint={view.lint}
        />
        <a className="button" href={projectPath(project.id, 'plan.zip')} download>
          <Icon name="download" />
          Download .kiro pack
        </a>
      </div>
      <article className="plan-page panel">
        {showsTrace && <TraceTable plan={view.plan} />}
        {!showsTrace && open !== undefined && <PlanDocumentView document={open} lint={view.lint} />}
      </article>
      <PlanFacts view={view} />
    </div>
  )
}

/** The plan as its files, with what a person needs to decide on it. */
export function PlanTab({ project, doc }: { project: ProjectView; doc: string | undefined }) {
  const hasPlan = project.planHash !== null
  const plan = useQuery({ ...planQuery(project.id), enabled: hasPlan })
  const brief = useQuery({ ...briefQuery(project.id), enabled: hasPlan })
  if (plan.isError && plan.data === undefined) return <ProblemNote error={plan.error} />
  if (plan.data === undefined && hasPlan) return null
  if (plan.data === undefined || plan.data === null) {
    return (
      <Empty title="No plan yet">
        <p>It appears here as soon as it is written.</p>
      </Empty>
    )
  }
  return (
    <>
      {project.status === 'awaiting_approval' && (
        <ApprovePanel
          key={plan.data.hash}
          id={project.id}
          view={plan.data}
          brief={brief.data?.brief}
        />
      )}
      <Plan project={project} view={plan.data} doc={doc} />
    </>
  )
}
