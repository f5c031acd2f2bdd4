import type { EventBody } from '../domain/event.ts'
import { nextStatus, type StatusAction } from '../domain/status.ts'
import type { Tx } from '../store/database.ts'
import type { ProjectRow } from '../store/projects.ts'
import type { PipelineDeps } from './deps.ts'
import { act, withProject } from './project-log.ts'
import type { Attempt } from './queue/queue.ts'

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

/** Begins an attempt; undefined when the project no longer waits for it (cancelled, say). */
async function begin<S extends ProjectStage>(
  deps: PipelineDeps,
  definition: ProjectStageDefinition<S>,
  attempt: Attempt<S>,
): Promise<ProjectRow | undefined> {
  return withProject(deps, attempt.data.projectId, async (tx, project) => {
    if (nextStatus(project.status, definition.start) === undefined) {
      await deps.queue.complete(tx, attempt)
      return undefined
    }
    return act(tx, project, definition.start, {
      events: [{ type: 'stage.started', stage: definition.stage, attempt: attempt.number }],
    })
  })
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
  await withProject(deps, project.id, async (tx, locked) => {
    await deps.queue.complete(tx, attempt)
    if (nextStatus(locked.status, definition.start) === undefined) return
    const ms = deps.clock().getTime() - started
    await commit(tx, locked, { type: 'stage.finished', stage: definition.stage, ms })
  })
}
