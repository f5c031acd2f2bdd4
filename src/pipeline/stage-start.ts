import { notFound } from '../domain/errors.ts'
import { nextStatus, type StatusAction } from '../domain/status.ts'
import { appendEvents, appendToMany } from '../store/events.ts'
import { getProjects, lockProject, type ProjectRow } from '../store/projects.ts'
import { type Batcher, createBatcher, type Reply } from './batcher.ts'
import type { PipelineDeps } from './deps.ts'
import { consequences } from './project-log.ts'
import { completeOne, whyNotCompleted } from './queue/complete-one.ts'
import { keysHeld } from './queue/held.ts'
import type { Attempt } from './queue/queue.ts'
import { transact } from './transact.ts'

export type ProjectStage = 'analyse' | 'plan' | 'build'

/** An attempt that begins, and what that does to its project. */
export interface Start {
  attempt: Attempt<ProjectStage>
  action: StatusAction
}

/** The project as it is then; undefined when it no longer waits for the attempt (cancelled, say). */
type Started = ProjectRow | undefined

/** Completes a job that nothing is left to do for. */
async function pass(deps: PipelineDeps, { attempt }: Start): Promise<undefined> {
  await transact(deps, (tx) => completeOne(deps.queue, tx, attempt))
  return undefined
}

function begin(project: ProjectRow, { attempt, action }: Start) {
  if (attempt.signal.aborted || nextStatus(project.status, action) === undefined) return undefined
  const { stage, number } = attempt
  return consequences(project, action, {
    events: [{ type: 'stage.started', stage, attempt: number }],
  })
}

/** Only its holder may start an attempt. */
function heldBy(starts: readonly Start[], whenLocked: 'wait' | 'leave out') {
  const keyed = starts.map(({ attempt }) => ({ attempt, key: attempt.data.projectId }))
  return keysHeld(keyed, whenLocked)
}

/** Waits for the project, where others who hold it or its job got into the way of starting it. */
async function startAlone(deps: PipelineDeps, start: Start): Promise<Started> {
  const { attempt } = start
  const begun = await transact(deps, async (tx) => {
    const project = await lockProject(tx, attempt.data.projectId)
    const { rows } = await heldBy([start], 'wait').execute(tx)
    if (rows.length === 0) throw whyNotCompleted(attempt)
    const told = begin(project, start)
    if (told === undefined) await completeOne(deps.queue, tx, attempt)
    else await appendEvents(tx, project.id, told.events, told.change)
    return told
  })
  if (begun !== undefined) deps.committed(begun.after.id)
  return begun?.after
}

/**
 * Two statements without a transaction: the second writes only where the status is still the one
 * read and the attempt still holds its job. Those that were not written are asked for once more, of
 * `alone`.
 */
async function startTogether(
  deps: PipelineDeps,
  batch: readonly Start[],
  alone: (start: Start) => Promise<Started>,
): Promise<Reply<Started>[]> {
  const { db } = deps.database
  const projects = await getProjects(
    db,
    batch.map(({ attempt }) => attempt.data.projectId),
  )
  const begins = batch.map((start) => {
    const project = projects.get(start.attempt.data.projectId)
    return { start, project, begun: project && begin(project, start) }
  })
  const appends = begins.flatMap(({ project, begun }) =>
    project === undefined || begun === undefined
      ? []
      : [
          {
            projectId: project.id,
            bodies: begun.events,
            change: begun.change,
            from: project.status,
          },
        ],
  )
  const written = await appendToMany(db, appends, heldBy(batch, 'leave out'))
  for (const id of written) deps.committed(id)
  return begins.map(({ start, project, begun }) => () => {
    if (start.attempt.signal.aborted) throw whyNotCompleted(start.attempt)
    if (project === undefined) throw notFound('project')
    if (begun === undefined) return pass(deps, start)
    return written.has(project.id) ? begun.after : alone(start)
  })
}

/** Begins attempts, those that begin at about the same time together. */
export function createStarts(deps: PipelineDeps): Batcher<Start, Started> {
  const bounds = { flights: 2, heaviest: 50, weigh: () => 1 }
  // These wait for those who hold their projects, so the others have flights of their own.
  const alone = createBatcher<Start, Started>({
    ...bounds,
    run: async (batch) => {
      const started = await Promise.all(batch.map((start) => startAlone(deps, start)))
      return started.map((project) => () => project)
    },
    most: 1,
  })
  return createBatcher<Start, Started>({
    ...bounds,
    run: (batch) => startTogether(deps, batch, (start) => alone.ask(start)),
    most: 50,
    keyOf: ({ attempt }) => attempt.data.projectId,
  })
}
