import { useQuery } from '@tanstack/react-query'
import type { ProjectView } from '../../../src/http/views.ts'
import { meQuery } from '../api/queries.ts'
import type { Connection } from '../live/event-feed.ts'
import { Age } from '../parts/age.tsx'
import { StatusChip } from '../parts/chip.tsx'
import { sourceName } from '../projects/words.ts'
import type { Tab } from '../routing/route.ts'
import { ConnectionState } from './connection-state.tsx'
import { FailureNote } from './failure-note.tsx'
import { ProjectActions } from './project-actions.tsx'
import { StageTimeline } from './stage-timeline.tsx'

interface ProjectHeaderProps {
  project: ProjectView
  tab: Tab
  connection: Connection
}

/** What a project is and where it stands. */
export function ProjectHeader({ project, tab, connection }: ProjectHeaderProps) {
  const chosen = useQuery(meQuery).data?.workspace.id
  const { workspace } = project
  return (
    <header className="project-head">
      <div className="project-title">
        <div>
          <h1>{project.title}</h1>
          <p className="project-meta">
            <StatusChip status={project.status} />
            {chosen !== undefined && chosen !== workspace.id && <span>In {workspace.name}</span>}
            <span>{sourceName(project.source)}</span>
            <Age at={project.createdAt} />
            <span>
              {project.approval === 'auto' ? 'Approved automatically' : 'Approval by a person'}
            </span>
            <ConnectionState connection={connection} />
          </p>
        </div>
        <ProjectActions project={project} />
      </div>
      <FailureNote project={project} tab={tab} />
      <div className="panel project-stages">
        <StageTimeline project={project} />
      </div>
    </header>
  )
}
