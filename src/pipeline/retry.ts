import { assertNever } from '../domain/assert-never.ts'
import { conflict } from '../domain/errors.ts'
import type { Principal } from '../domain/principal.ts'
import type { RetryStage } from '../domain/status.ts'
import { audit } from '../store/audit.ts'
import { latestBrief } from '../store/briefs.ts'
import { listBuilds } from '../store/builds.ts'
import type { Tx } from '../store/database.ts'
import { resolveLettersOf } from '../store/dead-letters.ts'
import { latestPlan } from '../store/plans.ts'
import type { ProjectRow } from '../store/projects.ts'
import { queueBuild } from './approve.ts'
import type { PipelineDeps } from './deps.ts'
import { act, withProject } from './project-log.ts'

function missing(what: string): Error {
  return conflict('nothing_to_retry_from', `There is no ${what} yet. Retry from an earlier stage.`)
}

/** Queues a stage again for a project whose row is locked and whose status allows it. */
export async function queueAgain(
  deps: PipelineDeps,
  tx: Tx,
  project: ProjectRow,
  from: RetryStage,
): Promise<void> {
  const { id: projectId, priority } = project
  // A cancelled project's job is left to find that out; now it would take this run for its own.
  await deps.queue.withdraw(tx, projectId)
  const job = { data: { projectId }, key: projectId, priority }
  switch (from) {
    case 'analyse':
      return deps.queue.send(tx, 'analyse', [job])
    case 'plan': {
      if ((await latestBrief(tx, project.id)) === undefined) throw missing('brief')
      return deps.queue.send(tx, 'plan', [job])
    }
    case 'build': {
      const plan = await latestPlan(tx, project.id)
      if (plan === undefined || plan.approved_at === null) throw missing('approved plan')
      const [last] = await listBuilds(tx, project.id)
      const build = { id: deps.id(), includeOptional: last?.include_optional ?? false }
      return queueBuild(deps, tx, project, plan, build)
    }
    default:
      return assertNever(from)
  }
}

/**
 * Runs a stage again from what is stored, and the stages after it.
 *
 * @throws AppError `wrong_status` while work is under way, `nothing_to_retry_from`, `not_found`
 */
export async function retry(
  deps: PipelineDeps,
  principal: Principal,
  projectId: string,
  from: RetryStage,
): Promise<void> {
  await withProject(deps, projectId, async (tx, project) => {
    await audit(tx, {
      id: deps.id(),
      workspaceId: project.workspace_id,
      actor: principal.userId,
      action: 'project.retry',
      target: projectId,
      details: { from },
    })
    const restarted = await act(tx, project, { type: 'retry', from })
    await resolveLettersOf(tx, projectId, 'retried', deps.clock())
    await queueAgain(deps, tx, restarted, from)
  })
}
