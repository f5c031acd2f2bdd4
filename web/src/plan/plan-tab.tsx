import { useQuery } from '@tanstack/react-query'
import type { ProjectView } from '../../../src/http/views.ts'
import {
  briefQuery,
  commentsQuery,
  planQuery,
  plansQuery,
  planVersionQuery,
} from '../api/queries.ts'
import { Loading } from '../parts/loading.tsx'
import { Empty, ProblemNote } from '../parts/note.tsx'
import type { PlanPlace } from '../routing/route.ts'
import { mayActOn } from '../session/use-may-act.ts'
import { ApprovePanel } from './approve/approve-panel.tsx'
import { PlanVersion } from './plan-version.tsx'
import './plan.css'

interface PlanTabProps extends PlanPlace {
  project: ProjectView
}

/** One list, so that what depends on it is the same at each look. */
const none: never[] = []

/** The plan as its files, with what a person needs to decide on it. */
export function PlanTab({ project, ...place }: PlanTabProps) {
  const hasPlan = project.planHash !== null
  const { id } = project
  const { version = 0 } = place
  const writes = mayActOn(project) && place.edit === true
  const plan = useQuery({ ...planQuery(id), enabled: hasPlan })
  const plans = useQuery({ ...plansQuery(id), enabled: hasPlan })
  const brief = useQuery({ ...briefQuery(id), enabled: hasPlan })
  const comments = useQuery({ ...commentsQuery(id), enabled: hasPlan })
  const isOld = version > 0 && version !== plan.data?.version
  const old = useQuery({ ...planVersionQuery(id, version), enabled: hasPlan && isOld })
  const error = plan.data === undefined ? plan.error : isOld ? old.error : null
  if (error !== null) return <ProblemNote error={error} />
  if (plan.data === undefined && hasPlan) return <Loading />
  if (plan.data === undefined || plan.data === null) {
    return (
      <Empty title="No plan yet">
        <p>It appears here as soon as it is written.</p>
      </Empty>
    )
  }
  const view = isOld ? old.data : plan.data
  return (
    <>
      {project.status === 'awaiting_approval' && !isOld && !writes && (
        <ApprovePanel
          key={plan.data.hash}
          id={id}
          view={plan.data}
          mayAct={mayActOn(project)}
          refused={project.approvalRefused}
          brief={brief.data ?? undefined}
        />
      )}
      {[plans, brief, comments].map(({ error: aside }, index) =>
        aside === null ? null : <ProblemNote key={index} error={aside} />,
      )}
      {view !== undefined && (
        <PlanVersion
          {...place}
          project={project}
          view={view}
          newest={plan.data}
          versions={plans.data?.items ?? none}
          comments={comments.data?.items ?? none}
        />
      )}
    </>
  )
}
