import type { StatusAction } from '../domain/status.ts'
import type { ProjectRow } from '../store/projects.ts'
import type { PipelineDeps } from './deps.ts'
import type { Attempt } from './queue/queue.ts'
import type { StageResult } from './stage-finish.ts'
import type { ProjectStage } from './stage-start.ts'
import type { Steps } from './steps.ts'

export interface ProjectStageDefinition<S extends ProjectStage> {
  /** What the stage's start does to the project. */
  start: StatusAction
  /** The slow part, outside of any transaction. */
  run: (attempt: Attempt<S>, project: ProjectRow) => Promise<StageResult>
}

/**
 * Carries out one attempt at a project's stage. Its result, its event, the next job and its own
 * completion commit together; an attempt that lost its lease writes nothing.
 *
 * @throws the stage's error, for `settleFailure` to act on.
 */
export async function runStage<S extends ProjectStage>(
  deps: PipelineDeps,
  steps: Steps,
  { start, run }: ProjectStageDefinition<S>,
  attempt: Attempt<S>,
): Promise<void> {
  const began = deps.clock().getTime()
  const project = await steps.starts.ask({ attempt, action: start })
  if (project === undefined) return
  const result = await run(attempt, project)
  await steps.finishes.ask({ attempt, start, began, result })
}
