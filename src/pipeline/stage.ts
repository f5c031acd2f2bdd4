import type { EventBody } from '../domain/event.ts'
import { nextStatus, type StatusAction } from '../domain/status.ts'
import type { Tx } from '../store/database.ts'
import { appendEventsIf } from '../store/events.ts'
import { getProject, lockProject, type ProjectRow } from '../store/projects.ts'
import type { PipelineDeps } from './deps.ts'
import { consequences } from './project-log.ts'
import type { Attempt } from './queue/queue.ts'
import { transact } from './transact.ts'

type ProjectStage = 'analyse' | 'plan' | 'build'

/**
 * Writes a stage's result; runs in the transaction that completes its job. `finished` is the first
 * of the events that it writes.
 */
export type Commit = (tx: Tx, project: ProjectRow, finished: EventBody) => Promise<void>

export interface ProjectStageDefinition<S extends ProjectStage> {
  stage: S
  /** What the stage's start does to the project. */
  start: StatusAction
  /** The slow part, outside of any transaction. */
  run: (attempt: Attempt<S>, project: ProjectRow) => Promise<Commit>
}

/** Completes a job that nothing is left to do for. */
async function pass(deps: PipelineDeps, attempt: Attempt): Promise<undefined> {
  await transact(deps, (tx) => deps.queue.complete(tx, attempt))
  return undefined
}

/**
 * Begins an attempt; undefined when the project no longer waits for it (cancelled, say). Two
 * statements without a transaction: the second writes only if the status is still the one read.
 */
async function begin<S extends ProjectStage>(
  deps: PipelineDeps,
  { stage, start }: Pick<ProjectStageDefinition<S>, 'stage' | 'start'>,
  attempt: Attempt<S>,
): Promise<ProjectRow | undefined> {
  const { db } = deps.database
  const project = await getProject(db, attempt.data.projectId)
  if (nextStatus(project.status, start) === undefined) return pass(deps, attempt)
  const { events, change, after } = consequences(project, start, {
    events: [{ type: 'stage.started', stage, attempt: attempt.number }],
  })
  const written = await appendEventsIf(db, project.id, events, change, project.status)
  if (written === undefined) return begin(deps, { stage, start }, attempt)
  deps.committed(project.id)
  return after
}

/**
 * Carries out one attempt at a project's stage. Its result, its event, the next job and its own
 * completion commit together; an attempt that lost its lease writes nothing.
 *
 * @throws the stage's error, for `settleFailure` to act on.
 */
export async function runStage<S extends ProjectStage>(
  deps: PipelineDeps,
  definition: ProjectStageDefinition<S>,
  attempt: Attempt<S>,
): Promise<void> {
  const started = deps.clock().getTime()
  const project = await begin(deps, definition, attempt)
  if (project === undefined) return
  const commit = await definition.run(attempt, project)
  await transact(deps, async (tx) => {
    const locked = await lockProject(tx, project.id)
    await deps.queue.complete(tx, attempt)
    if (nextStatus(locked.status, definition.start) === undefined) return
    const ms = deps.clock().getTime() - started
    await commit(tx, locked, { type: 'stage.finished', stage: definition.stage, ms })
  })
  deps.committed(project.id)
}
