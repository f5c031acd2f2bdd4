import { toAppError } from '../domain/errors.ts'
import type { Principal } from '../domain/principal.ts'
import { audit } from '../store/audit.ts'
import { cancelUnansweredBuilds, listBuilds } from '../store/builds.ts'
import type { PipelineDeps } from './deps.ts'
import { act, withProject } from './project-log.ts'

/**
 * Ends a build at the builder. A builder that does not answer is only logged: the project is
 * cancelled either way, and the builder's own limits end the build.
 */
export async function cancelAtBuilder(
  deps: PipelineDeps,
  buildId: string,
  externalId: string,
): Promise<void> {
  try {
    await deps.builder.cancel(externalId)
  } catch (thrown) {
    const { code } = toAppError(thrown)
    deps.log.warn({ buildId, code }, 'build.cancel_failed')
  }
}

/**
 * Cancels a project. Its queued job finds that out by itself; a running build is ended at the
 * builder, by the build's own job when the builder has yet to answer.
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
    await cancelUnansweredBuilds(tx, projectId, deps.clock())
    return (await listBuilds(tx, projectId)).filter((build) => build.finished_at === null)
  })
  for (const build of running) {
    if (build.external_id !== null) await cancelAtBuilder(deps, build.id, build.external_id)
  }
}
