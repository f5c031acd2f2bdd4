import { memo, type ReactNode } from 'react'
import type { ProjectStatus } from '../../../src/domain/status.ts'
import { assertNever } from '../../../src/domain/assert-never.ts'
import type { ProjectListItemView } from '../../../src/http/views.ts'
import { count } from '../format/count.ts'
import { Age } from '../parts/age.tsx'
import { StatusChip } from '../parts/chip.tsx'
import { Person } from '../parts/person.tsx'
import { Link } from '../routing/link.tsx'
import type { Tab } from '../routing/route.ts'
import { costWords, sourceName, statusWords } from './words.ts'

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

function BuildProgress({ build }: { build: ProjectListItemView['build'] }) {
  if (build === null || build.total === 0) return null
  const { done, total, state } = build
  return (
    <span className="project-row-build small numbers">
      {state === 'waiting' ? 'Waits for an answer, ' : ''}
      {done} of {count(total, 'task')}
    </span>
  )
}

interface CellProps {
  name: string
  /** Whether there is nothing to say, so that it needs no room where there is little. */
  isNone?: boolean
  children: ReactNode
}

/** A value under a heading in the widest list, and with its name in others; a screen reader hears it always. */
function Cell({ name, isNone = false, children }: CellProps) {
  return (
    <span className={`project-row-${name.toLowerCase()}`} data-none={isNone}>
      <span className="project-row-name">{name}: </span>
      {children}
    </span>
  )
}

interface RowProps {
  project: ProjectListItemView
}

export const ProjectRow = memo(function ProjectRow({ project }: RowProps) {
  const { id, title, status, statusSince, statusReason, build, createdAt } = project
  const { createdBy, source, costUsd, unknownCalls } = project
  return (
    <li>
      <Link to={{ page: 'project', id, tab: firstTab(status) }} className="project-row">
        <span className="project-row-main">
          <span className="project-row-title">{title}</span>
          <span className="project-row-words">{statusReason ?? statusWords(status)}</span>
        </span>
        <span className="project-row-stage">
          <StatusChip status={status} />
          <span className="project-row-since small muted numbers">
            <Age at={statusSince} />
          </span>
          {status === 'building' && <BuildProgress build={build} />}
        </span>
        <Cell name="By">{createdBy === null ? sourceName(source) : <Person id={createdBy} />}</Cell>
        <Cell name="Cost" isNone={costUsd === null && unknownCalls === 0}>
          {costWords(project)}
        </Cell>
        <Cell name="Begun">
          <Age at={createdAt} />
        </Cell>
      </Link>
    </li>
  )
})
