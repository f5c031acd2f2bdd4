import type { EventBody } from '../domain/event.ts'
import { conflict } from '../domain/errors.ts'
import { nextStatus, type StatusAction } from '../domain/status.ts'
import type { Tx } from '../store/database.ts'
import { appendEvents, type ProjectChange } from '../store/events.ts'
import { lockProject, type ProjectRow } from '../store/projects.ts'
import type { PipelineDeps } from './deps.ts'
import { transact } from './transact.ts'

export interface ActOptions {
  reason?: string
  /** What the project is called from now on. */
  title?: string
  /** Events that come before the change of status. */
  before?: readonly EventBody[]
  /** Events that come after it. */
  events?: readonly EventBody[]
}

/**
 * Takes an action on a project whose row is locked, adds its events, and gives the row as it is
 * then; all of it in one statement.
 *
 * @throws AppError `wrong_status` when the action is not allowed in the project's status.
 */
export async function act(
  tx: Tx,
  project: ProjectRow,
  action: StatusAction,
  options: ActOptions = {},
): Promise<ProjectRow> {
  const { events, change, after } = consequences(project, action, options)
  if (events.length > 0) await appendEvents(tx, project.id, events, change)
  return after
}

interface Consequences {
  events: EventBody[]
  change: ProjectChange
  /** The project's row as it is then. */
  after: ProjectRow
}

/** What an action does to a project. @throws AppError `wrong_status` */
export function consequences(
  project: ProjectRow,
  action: StatusAction,
  options: ActOptions = {},
): Consequences {
  const to = nextStatus(project.status, action)
  if (to === undefined) {
    throw conflict(
      'wrong_status',
      `The project is ${project.status.replace('_', ' ')}; that does not allow this step.`,
      { projectStatus: project.status, action: action.type },
    )
  }
  const reason = options.reason ?? null
  const changed: EventBody[] =
    to === project.status
      ? []
      : [{ type: 'project.status', from: project.status, to, ...(reason !== null && { reason }) }]
  const events = [...(options.before ?? []), ...changed, ...(options.events ?? [])]
  const change = {
    ...(to !== project.status && { status: { to, reason } }),
    ...(options.title !== undefined && { title: options.title }),
  }
  return { events, change, after: { ...project, status: to, status_reason: reason } }
}

/** Locks a project, does something with it in one transaction, and tells live views of the commit. */
export async function withProject<T>(
  deps: PipelineDeps,
  projectId: string,
  run: (tx: Tx, project: ProjectRow) => Promise<T>,
): Promise<T> {
  const result = await transact(deps, async (tx) => run(tx, await lockProject(tx, projectId)))
  deps.committed(projectId)
  return result
}
