import type { AppError } from '../domain/errors.ts'
import { nextStatus, type Stage } from '../domain/status.ts'
import { audit } from '../store/audit.ts'
import { findConversation } from '../store/conversations.ts'
import type { Tx } from '../store/database.ts'
import { insertDeadLetter, maxMessage } from '../store/dead-letters.ts'
import { appendEvents } from '../store/events.ts'
import { findAndLockProject } from '../store/projects.ts'
import { firstWorkspace } from '../store/workspaces.ts'
import type { PipelineDeps } from './deps.ts'
import { act } from './project-log.ts'
import type { JobData } from './queue/queue.ts'
import { stopBuilds } from './stop-builds.ts'

/** The project that a job works for; the first two stages have none yet. */
export function projectOf(data: JobData[Stage]): string | undefined {
  return 'projectId' in data ? data.projectId : undefined
}

export interface GivenUp {
  stage: Stage
  data: JobData[Stage]
  attempts: number
  error: Pick<AppError, 'code' | 'message'>
}

async function keep(
  deps: PipelineDeps,
  tx: Tx,
  job: GivenUp,
  workspaceId: string,
  projectId: string | null,
): Promise<string> {
  const id = deps.id()
  const { stage, data, attempts } = job
  const { code, message } = job.error
  await insertDeadLetter(tx, { id, workspaceId, projectId, stage, data, code, message, attempts })
  // The project's own log tells people; this line is for operators.
  deps.log.error({ stage, projectId, letter: id, code, attempts }, 'job.given_up')
  return id
}

/** The alert of a job without a project, in whose log it would stand: the workspace's audit log. */
async function alertWorkspace(
  deps: PipelineDeps,
  tx: Tx,
  { stage, attempts, error: { code, message } }: GivenUp,
  workspaceId: string,
  letter: string,
): Promise<void> {
  await audit(tx, {
    id: deps.id(),
    workspaceId,
    actor: 'system',
    action: 'alert.raised',
    target: letter,
    details: { stage, code, message: message.slice(0, maxMessage), attempts },
  })
}

/** The workspace of a job without a project: its conversation's, or else the first one. */
async function homeOf(tx: Tx, data: JobData[Stage]): Promise<string | undefined> {
  const conversation =
    'conversationId' in data ? await findConversation(tx, data.conversationId) : undefined
  return conversation?.workspace_id ?? (await firstWorkspace(tx))?.id
}

/**
 * Keeps a job that was given up as a dead letter. Its project fails with the reason and an alert,
 * unless it no longer waits for the job; where there is no project yet, the workspace is alerted, and
 * given for who follows it.
 */
export async function giveUp(
  deps: PipelineDeps,
  tx: Tx,
  job: GivenUp,
): Promise<string | undefined> {
  const projectId = projectOf(job.data)
  if (projectId === undefined) {
    const home = await homeOf(tx, job.data)
    if (home === undefined) return undefined
    await alertWorkspace(deps, tx, job, home, await keep(deps, tx, job, home, null))
    return home
  }
  const project = await findAndLockProject(tx, projectId)
  // Nobody is left to tell of a job whose project was erased, and it must not be tried for ever.
  if (project === undefined || nextStatus(project.status, { type: 'fail' }) === undefined)
    return undefined
  const letter = await keep(deps, tx, job, project.workspace_id, projectId)
  const { stage, attempts } = job
  const { code, message } = job.error
  await appendEvents(tx, projectId, [
    { type: 'stage.failed', stage, code, message, again: false },
    { type: 'alert.raised', stage, code, message, attempts, letter },
  ])
  await stopBuilds(deps, tx, projectId, { state: 'failed', error: { code, message } })
  await act(tx, project, { type: 'fail' }, { reason: message })
  return undefined
}

/**
 * Keeps a job that cannot go on until a person has changed something, such as a budget, and pauses
 * its project with the reason; a retry or the job's letter goes on from there.
 */
export async function pause(deps: PipelineDeps, tx: Tx, job: GivenUp): Promise<void> {
  const projectId = projectOf(job.data)
  const project = projectId === undefined ? undefined : await findAndLockProject(tx, projectId)
  if (project === undefined || nextStatus(project.status, { type: 'pause' }) === undefined) return
  await keep(deps, tx, job, project.workspace_id, project.id)
  const { code, message } = job.error
  await appendEvents(tx, project.id, [
    { type: 'stage.failed', stage: job.stage, code, message, again: false },
  ])
  await act(tx, project, { type: 'pause' }, { reason: message })
}
