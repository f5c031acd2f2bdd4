import { z } from 'zod'
import { assertNever } from '../domain/assert-never.ts'
import { deliveryOutcome } from '../domain/build.ts'
import type { BuildEventBody, BuildTask, BuildWebhook } from '../domain/build.ts'
import type { EventBody } from '../domain/event.ts'
import { stateWith, withQuestion } from '../domain/open-questions.ts'
import { withEvidence } from '../domain/with-evidence.ts'
import { nextStatus, type StatusAction } from '../domain/status.ts'
import {
  type BuildProgress,
  type BuildRow,
  findBuild,
  insertBuildEvent,
  learnExternalId,
  listBuilds,
  lockBuild,
  nextBuildEvents,
  storeBuildProgress,
} from '../store/builds.ts'
import type { Tx } from '../store/database.ts'
import { appendEvents } from '../store/events.ts'
import { lockProject, type ProjectRow } from '../store/projects.ts'
import type { PipelineDeps } from './deps.ts'
import { act } from './project-log.ts'
import { transact } from './transact.ts'

/** What a build webhook came to. */
export type Followed = 'accepted' | 'repeat' | 'unknown_build'

function withTask(tasks: readonly BuildTask[], task: BuildTask): BuildTask[] {
  const known = tasks.some((other) => other.id === task.id)
  return known ? tasks.map((other) => (other.id === task.id ? task : other)) : [...tasks, task]
}

/** The build after one more of its events. */
function applyBuildEvent(progress: BuildProgress, event: BuildEventBody): BuildProgress {
  const questions = withQuestion(progress.questions, event)
  const next = applyAlone(progress, event)
  return { ...next, questions, state: stateWith(questions, next.state) }
}

function applyAlone(progress: BuildProgress, event: BuildEventBody): BuildProgress {
  switch (event.type) {
    case 'build.started':
      return { ...progress, state: 'running', agent: event.agent }
    case 'build.log':
      return progress
    case 'build.progress': {
      const { type: _, ...report } = event
      return { ...progress, report }
    }
    case 'build.task':
      return { ...progress, tasks: withTask(progress.tasks, event.task) }
    case 'build.evidence':
      return { ...progress, evidence: withEvidence(progress.evidence, event.criteria) }
    case 'build.delivered':
    case 'build.not_delivered':
      return { ...progress, delivery: deliveryOutcome(event) }
    case 'build.needs_input':
    case 'build.input_closed':
      return { ...progress, state: 'running' }
    case 'build.completed':
      return { ...progress, state: 'completed', folder: event.folder ?? null, finished: true }
    case 'build.failed': {
      const error = { code: event.code, message: event.message }
      return { ...progress, state: 'failed', error, finished: true }
    }
    case 'build.cancelled':
      return { ...progress, state: 'cancelled', finished: true }
    default:
      return assertNever(event)
  }
}

/** What the end of a build does to its project. */
function ending(progress: BuildProgress): { action: StatusAction; reason?: string } | undefined {
  switch (progress.state) {
    case 'completed':
      return { action: { type: 'complete' } }
    case 'failed':
      return {
        action: { type: 'fail' },
        reason: progress.error?.message ?? 'The build failed.',
      }
    case 'cancelled':
      return { action: { type: 'cancel' } }
    case 'queued':
    case 'running':
    case 'waiting':
      return undefined
    default:
      return assertNever(progress.state)
  }
}

/** Whether a locked project waits for this build and for no later one. */
export async function isAwaited(
  tx: Tx,
  project: ProjectRow,
  build: Pick<BuildRow, 'id'>,
): Promise<boolean> {
  if (project.status !== 'building' && project.status !== 'paused') return false
  const [newest] = await listBuilds(tx, project.id)
  return newest?.id === build.id
}

/** A builder tells lines of its log together when they come fast; in a project's log each stands alone. */
function lineByLine(event: EventBody): EventBody[] {
  if (event.type !== 'build.log') return [event]
  return event.text.split('\n').map((text) => ({ ...event, text }))
}

/** Applies the kept events that follow without a gap: in order, each once, however they arrived. */
async function applyPending(
  deps: PipelineDeps,
  tx: Tx,
  project: ProjectRow,
  build: BuildRow,
): Promise<void> {
  if (build.finished_at !== null) return
  const pending = await nextBuildEvents(tx, build.id, build.applied_sequence)
  const last = pending.at(-1)
  if (last === undefined) return
  const start: BuildProgress = {
    state: build.state,
    agent: build.agent,
    tasks: build.tasks,
    evidence: build.evidence,
    report: build.progress,
    questions: build.questions,
    delivery: build.delivery,
    folder: build.folder,
    error: build.error,
    appliedSequence: last.data.sequence,
    finished: false,
  }
  const progress = pending.reduce((sofar, next) => applyBuildEvent(sofar, next.data.event), start)
  const events = pending.flatMap(({ data }) => lineByLine({ ...data.event, build: build.id }))
  await appendEvents(tx, project.id, events)
  await storeBuildProgress(tx, build.id, progress, deps.clock())
  const end = ending(progress)
  const allowed = end !== undefined && nextStatus(project.status, end.action) !== undefined
  // The end of a build that was stopped may come when the project has been retried since.
  if (allowed && (await isAwaited(tx, project, build))) {
    await act(tx, project, end.action, end.reason === undefined ? {} : { reason: end.reason })
  }
  if (pending.length === 500) {
    await applyPending(deps, tx, project, { ...build, ...(await lockBuild(tx, build.id)) })
  }
}

/**
 * Keeps a build webhook whose signature was checked and applies what follows without a gap, in one
 * commit. The builder is told to come again when it does not know the build yet.
 */
export async function followBuild(deps: PipelineDeps, webhook: BuildWebhook): Promise<Followed> {
  const { data: buildId } = z.uuid().safeParse(webhook.data.metadata['build'])
  if (buildId === undefined) return 'unknown_build'
  const known = await findBuild(deps.database.db, buildId)
  if (known === undefined) return 'unknown_build'
  const fresh = await transact(deps, async (tx) => {
    // The project first, then the build: the same order everywhere, so that no two wait for each other.
    const project = await lockProject(tx, known.project_id)
    const build = await lockBuild(tx, buildId)
    if (build === undefined) return false
    // The answer to the order may have been lost; the builder's own word tells the id as well.
    if (build.external_id === null) await learnExternalId(tx, build.id, webhook.data.build_id)
    const target = { id: build.id, workspaceId: build.workspace_id }
    if (!(await insertBuildEvent(tx, target, webhook))) return false
    await applyPending(deps, tx, project, build)
    return true
  })
  deps.committed(known.project_id)
  return fresh ? 'accepted' : 'repeat'
}
