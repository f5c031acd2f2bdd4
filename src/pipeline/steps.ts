import type { Batcher } from './batcher.ts'
import type { PipelineDeps } from './deps.ts'
import { createReceptions } from './handle-webhooks.ts'
import type { Attempt } from './queue/queue.ts'
import { createFinishes, type Finish } from './stage-finish.ts'
import { createStarts, type Start } from './stage-start.ts'
import type { ProjectRow } from '../store/projects.ts'

/**
 * What the attempts of one process have the database do, many of them in one statement when there is
 * much to do (docs/decisions/0014).
 */
export interface Steps {
  starts: Batcher<Start, ProjectRow | undefined>
  finishes: Batcher<Finish, void>
  receptions: Batcher<Attempt<'ingest'>, void>
}

export function createSteps(deps: PipelineDeps): Steps {
  return {
    starts: createStarts(deps),
    finishes: createFinishes(deps),
    receptions: createReceptions(deps),
  }
}
