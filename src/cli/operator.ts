import type { Principal } from '../domain/principal.ts'
import type { PipelineDeps } from '../pipeline/deps.ts'
import { withPipeline } from './command-pipeline.ts'
import type { Context } from './context.ts'
import { terminalOwner } from './terminal-owner.ts'

export interface Operator {
  pipeline: PipelineDeps
  principal: Principal
}

/** Acts for the owner of the first workspace, on the configured database. */
export function asOperator<T>(
  context: Context,
  run: (operator: Operator) => Promise<T>,
): Promise<T> {
  return withPipeline(context, async (pipeline) =>
    run({ pipeline, principal: await terminalOwner(pipeline.database) }),
  )
}
