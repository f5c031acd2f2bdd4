import { memo } from 'react'
import type { ProjectStatus } from '../../../src/domain/status.ts'
import { assertNever } from '../../../src/domain/assert-never.ts'
import type { ProjectSummaryView } from '../../../src/http/views.ts'
import { Age } from '../parts/age.tsx'
import { StatusChip } from '../parts/chip.tsx'
import { Link } from '../routing/link.tsx'
import type { Tab } from '../routing/route.ts'
import { sourceName, statusWords } from './words.ts'

/** What somebody who comes from the list most likely wants to see. */
function firstTab(status: ProjectStatus): Tab {
  switch (status) {
    case 'received':
    case 'analysing':
    case 'planning':
    case 'failed':
    case 'cancelled':
    case 'paused':
      return 'talk'
    case 'awaiting_approval':
      return 'plan'
    case 'building':
    case 'completed':
      return 'build'
    default:
      return assertNever(status)
  }
}

export const ProjectRow = memo(function ProjectRow({ project }: { project: ProjectSummaryView }) {
  const { id, title, status, statusReason, source, createdAt } = project
  return (
    <li>
      <Link to={{ page: 'project', id, tab: firstTab(status) }} className="project-row">
        <span className="project-row-main">
          <span className="project-row-title">{title}</span>
          <span className="project-row-words">{statusReason ?? statusWords(status)}</span>
        </span>
        <span className="project-row-status">
          <StatusChip status={status} />
        </span>
        <span className="project-row-source">{sourceName(source)}</span>
        <span className="project-row-age numbers">
          <Age at={createdAt} />
        </span>
      </Link>
    </li>
  )
})
