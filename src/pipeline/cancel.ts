import type { Principal } from '../domain/principal.ts'
import { audit } from '../store/audit.ts'
import type { Tx } from '../store/database.ts'
import type { PipelineDeps } from './deps.ts'
import { act, withProject } from './project-log.ts'
import { cancelAtBuilder, stopBuilds } from './stop-builds.ts'

/**
 * Cancels a project. Its queued job finds that out by itself; a running build is ended at the
 * builder, by the build's own job when the builder has yet to answer.
 *
 * @param within does more in the same transaction
 * @throws AppError `wrong_status` when it has ended already, `not_found`
 */
export async function cancel(
  deps: PipelineDeps,
  principal: Principal,
  projectId: string,
  within: (tx: Tx) => Promise<void> = async () => undefined,
): Promise<void> {
  const running = await withProject(deps, projectId, async (tx, project) => {
    await audit(tx, {
      id: deps.id(),
      workspaceId: project.workspace_id,
      actor: principal.userId,
      action: 'project.cancel',
      target: projectId,
    })
    await act(tx, project, { type: 'cancel' }, { reason: 'Cancelled by a person.' })
    await within(tx)
    return stopBuilds(deps, tx, projectId, { state: 'cancelled', error: null })
  })
  for (const build of running) await cancelAtBuilder(deps, build)
}
