import type { ProjectView } from '../../../src/http/views.ts'
import type { Connection } from '../live/event-feed.ts'
import { Age } from '../parts/age.tsx'
import { StatusChip } from '../parts/chip.tsx'
import { Icon } from '../parts/icon.tsx'
import { Note } from '../parts/note.tsx'
import { sourceName } from '../projects/words.ts'
import { Link } from '../routing/link.tsx'
import { ConnectionState } from './connection-state.tsx'
import { ProjectActions } from './project-actions.tsx'
import { StageTimeline } from './stage-timeline.tsx'

function Reason({ project }: { project: ProjectView }) {
  const { status, statusReason } = project
  if (statusReason === null) return null
  return <Note tone={status === 'failed' ? 'bad' : 'quiet'}>{statusReason}</Note>
}

/** What a project is and where it stands. */
export function ProjectHeader({
  project,
  connection,
}: {
  project: ProjectView
  connection: Connection
}) {
  return (
    <header className="project-head">
      <Link to={{ page: 'projects' }} className="project-back">
        <Icon name="back" />
        Projects
      </Link>
      <div className="project-title">
        <div>
          <h1>{project.title}</h1>
          <p className="project-meta">
            <StatusChip status={project.status} />
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
      <Reason project={project} />
      <div className="panel project-stages">
        <StageTimeline project={project} />
      </div>
    </header>
  )
}
