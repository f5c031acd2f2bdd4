import { AppError, conflict } from '../domain/errors.ts'
import type { Principal } from '../domain/principal.ts'
import { audit } from '../store/audit.ts'
import { insertBuild } from '../store/builds.ts'
import type { Tx } from '../store/database.ts'
import { appendEvents } from '../store/events.ts'
import { askedFor, wantsFourEyes } from '../store/four-eyes.ts'
import { getPlan, markApproved, type PlanRow } from '../store/plans.ts'
import type { ProjectRow } from '../store/projects.ts'
import type { PipelineDeps } from './deps.ts'
import { act, withProject } from './project-log.ts'

export interface ApprovalGiven {
  /** A user's id, or `system` for the standing approval. */
  by: string
  how: 'auto' | 'person'
  /** Whether tasks marked optional are built too. */
  includeOptional: boolean
}

/** Approves a plan of a locked project and queues the build that is bound to its hash. */
export async function approvePlan(
  deps: PipelineDeps,
  tx: Tx,
  project: ProjectRow,
  plan: PlanRow,
  approval: ApprovalGiven,
): Promise<string> {
  const buildId = deps.id()
  await markApproved(
    tx,
    { projectId: project.id, version: plan.version },
    { by: approval.by, how: approval.how, at: deps.clock() },
  )
  await audit(tx, {
    id: deps.id(),
    workspaceId: project.workspace_id,
    actor: approval.by,
    action: 'plan.approve',
    target: project.id,
    details: { hash: plan.hash, how: approval.how, includeOptional: approval.includeOptional },
  })
  const { hash } = plan
  await act(
    tx,
    project,
    { type: 'start_build' },
    { events: [{ type: 'plan.approved', hash, by: approval.by, how: approval.how }] },
  )
  await queueBuild(deps, tx, project, plan, { id: buildId, ...approval })
  return buildId
}

/** Queues one attempt to carry out a plan; the project's row must be locked. */
export async function queueBuild(
  deps: PipelineDeps,
  tx: Tx,
  project: ProjectRow,
  plan: PlanRow,
  build: { id: string; includeOptional: boolean },
): Promise<void> {
  await insertBuild(tx, {
    id: build.id,
    workspaceId: project.workspace_id,
    projectId: project.id,
    planVersion: plan.version,
    planHash: plan.hash,
    includeOptional: build.includeOptional,
  })
  await appendEvents(tx, project.id, [{ type: 'build.queued', build: build.id, hash: plan.hash }])
  const data = { projectId: project.id, buildId: build.id }
  const { id: key, priority } = project
  await deps.queue.send(tx, 'build', [{ data, key, priority }])
}

/** The newest plan of a locked project, which waits for an approval and has this hash. */
async function waitingPlan(tx: Tx, project: ProjectRow, wanted: string): Promise<PlanRow> {
  const plan = await getPlan(tx, project.id)
  if (plan.hash !== wanted) {
    throw conflict(
      'plan_changed',
      'The plan has changed since you read it. Read the new version and approve that one.',
      { planHash: plan.hash },
    )
  }
  if (project.status !== 'awaiting_approval') {
    throw conflict('wrong_status', 'The project does not wait for an approval.', {
      projectStatus: project.status,
    })
  }
  return plan
}

/**
 * Why a person may not approve the plan of a project, whatever their role: `four_eyes` for whoever
 * asked, where the workspace wants somebody else. Undefined when nothing stands against it.
 */
export async function approvalRefusal(
  tx: Tx,
  project: ProjectRow,
  userId: string,
): Promise<AppError | undefined> {
  if (!(await wantsFourEyes(tx, project.workspace_id))) return undefined
  if (!(await askedFor(tx, project, userId))) return undefined
  return new AppError(
    'four_eyes',
    'You asked for this, and the workspace wants somebody else to approve it. Ask another member.',
    { status: 403 },
  )
}

/**
 * Approves the plan with this hash for a person and gives the build's id.
 *
 * @throws AppError `plan_changed`, `wrong_status`, `four_eyes`, `not_found`
 */
export async function approve(
  deps: PipelineDeps,
  principal: Principal,
  projectId: string,
  request: { planHash: string; includeOptional: boolean },
): Promise<string> {
  return withProject(deps, projectId, async (tx, project) => {
    const plan = await waitingPlan(tx, project, request.planHash)
    const refusal = await approvalRefusal(tx, project, principal.userId)
    if (refusal !== undefined) throw refusal
    const { includeOptional } = request
    const given = { by: principal.userId, how: 'person', includeOptional } as const
    return approvePlan(deps, tx, project, plan, given)
  })
}

/**
 * Rejects the plan with this hash for a person: the project ends as cancelled, with the reason.
 *
 * @throws AppError `plan_changed`, `wrong_status`, `not_found`
 */
export async function reject(
  deps: PipelineDeps,
  principal: Principal,
  projectId: string,
  request: { planHash: string; reason: string },
): Promise<void> {
  await withProject(deps, projectId, async (tx, project) => {
    const { hash } = await waitingPlan(tx, project, request.planHash)
    const { reason } = request
    await audit(tx, {
      id: deps.id(),
      workspaceId: project.workspace_id,
      actor: principal.userId,
      action: 'plan.reject',
      target: projectId,
      details: { hash, reason },
    })
    await appendEvents(tx, projectId, [
      { type: 'plan.rejected', hash, by: principal.userId, reason },
    ])
    await act(tx, project, { type: 'cancel' }, { reason: `The plan was rejected: ${reason}` })
  })
}
