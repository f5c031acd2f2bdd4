import { toAppError } from '../domain/errors.ts'
import type { Principal } from '../domain/principal.ts'
import { audit } from '../store/audit.ts'
import { listBuilds } from '../store/builds.ts'
import type { PipelineDeps } from './deps.ts'
import { act, withProject } from './project-log.ts'

/**
 * Cancels a project. Its queued job finds that out by itself; a running build is ended at the
 * builder.
 *
 * @throws AppError `wrong_status` when it has ended already, `not_found`
 */
export async function cancel(
  deps: PipelineDeps,
  principal: Principal,
  projectId: string,
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
    return (await listBuilds(tx, projectId)).filter((build) => build.finished_at === null)
  })
  for (const build of running) {
    if (build.external_id === null) continue
    try {
      await deps.builder.cancel(build.external_id)
    } catch (thrown) {
      // The project is cancelled either way; the builder's own limits end the build.
      const { code } = toAppError(thrown)
      deps.log.warn({ buildId: build.id, code }, 'build.cancel_failed')
    }
  }
}
