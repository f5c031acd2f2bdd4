import type { Brief } from '../domain/brief.ts'
import { notFound } from '../domain/errors.ts'
import { nextStatus, type StatusAction } from '../domain/status.ts'
import { insertBriefs } from '../store/briefs.ts'
import type { Tx } from '../store/database.ts'
import { appendToMany } from '../store/events.ts'
import { insertPlans, type NewPlan } from '../store/plans.ts'
import { findAndLockProject, lockFreeProjects, type ProjectRow } from '../store/projects.ts'
import { type Batcher, createBatcher, type Reply } from './batcher.ts'
import type { PipelineDeps } from './deps.ts'
import { type ActOptions, consequences } from './project-log.ts'
import { whyNotCompleted } from './queue/complete-one.ts'
import type { Attempt } from './queue/queue.ts'
import type { ProjectStage } from './stage-start.ts'
import { transact } from './transact.ts'

/** What a stage stores as the next version of its kind. */
type Document =
  { kind: 'brief'; brief: Brief } | ({ kind: 'plan' } & Omit<NewPlan, 'projectId' | 'workspaceId'>)

/** A stage's result, as what is to be written of it. */
export interface StageResult {
  document?: Document
  /** What the result does to the project. */
  action: StatusAction
  /** What its log says of it, the document's version known; 0 without one. */
  tell?: (version: number) => Pick<ActOptions, 'events' | 'title'>
  /** The stage that comes next by itself. */
  next?: 'plan'
  /** What few results need besides; in the same transaction, after the rest. */
  after?: (tx: Tx, project: ProjectRow) => Promise<void>
}

export interface Finish {
  attempt: Attempt<ProjectStage>
  /** What the attempt's beginning did: where the project does not allow it any more, nothing is written. */
  start: StatusAction
  /** When it began, in milliseconds since 1970. */
  began: number
  result: StageResult
}

interface Open extends Finish {
  project: ProjectRow
}

function projectIdOf({ attempt }: Finish): string {
  return attempt.data.projectId
}

/** Locks the projects of a batch; gives those that were there. */
type LockProjects = (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, ProjectRow>>

/** Of a batch of one. */
const waitForProject: LockProjects = async (tx, [id]) => {
  const row = id === undefined ? undefined : await findAndLockProject(tx, id)
  return new Map(row && [[row.id, row]])
}

/** Stores what the results bring; gives the versions by the project's id. */
async function storeDocuments(
  tx: Tx,
  opens: readonly Open[],
): Promise<ReadonlyMap<string, number>> {
  const briefs = opens.flatMap(({ project, result: { document } }) =>
    document?.kind === 'brief'
      ? [{ projectId: project.id, workspaceId: project.workspace_id, brief: document.brief }]
      : [],
  )
  const plans = opens.flatMap(({ project, result: { document } }) => {
    if (document?.kind !== 'plan') return []
    const { kind: _kind, ...plan } = document
    return [{ projectId: project.id, workspaceId: project.workspace_id, ...plan }]
  })
  return new Map([...(await insertBriefs(tx, briefs)), ...(await insertPlans(tx, plans))])
}

/** Writes the results of attempts that are completed in this transaction. */
async function writeResults(deps: PipelineDeps, tx: Tx, opens: readonly Open[]): Promise<void> {
  const versions = await storeDocuments(tx, opens)
  const now = deps.clock().getTime()
  const written = opens.map((open) => {
    const { attempt, project, began, result } = open
    const { stage } = attempt
    const told = consequences(project, result.action, {
      ...result.tell?.(versions.get(project.id) ?? 0),
      before: [{ type: 'stage.finished', stage, ms: now - began }],
    })
    return { open, ...told }
  })
  await appendToMany(
    tx,
    written.map(({ open, events, change }) => ({
      projectId: open.project.id,
      bodies: events,
      change,
    })),
  )
  const nexts = opens.filter(({ result }) => result.next === 'plan')
  await deps.queue.send(
    tx,
    'plan',
    nexts.map(({ project: { id, priority } }) => ({ data: { projectId: id }, key: id, priority })),
  )
  for (const { open, after } of written) await open.result.after?.(tx, after)
}

interface Outcome {
  /** The projects that were there to be written to. */
  found: ReadonlySet<string>
  held: ReadonlySet<Attempt>
  written: readonly Open[]
}

async function writeBatch(
  deps: PipelineDeps,
  tx: Tx,
  batch: readonly Finish[],
  lock: LockProjects,
): Promise<Outcome> {
  const projects = await lock(tx, batch.map(projectIdOf))
  const ready = batch.flatMap((finish) => {
    const project = projects.get(projectIdOf(finish))
    return project === undefined ? [] : [{ ...finish, project }]
  })
  const held = await deps.queue.complete(
    tx,
    ready.map(({ attempt }) => attempt),
  )
  const written = ready.filter(
    ({ attempt, project, start }) =>
      held.has(attempt) && nextStatus(project.status, start) !== undefined,
  )
  await writeResults(deps, tx, written)
  return { found: new Set(projects.keys()), held, written }
}

/**
 * Completes attempts in one transaction: of each the result, its events, the next job and its own
 * completion commit together; one that lost its lease writes nothing. Those whose project was not
 * there go to `missing`.
 */
async function finishTogether(
  deps: PipelineDeps,
  batch: readonly Finish[],
  lock: LockProjects,
  missing: (finish: Finish) => Promise<void>,
): Promise<Reply<void>[]> {
  const { found, held, written } = await transact(deps, (tx) => writeBatch(deps, tx, batch, lock))
  for (const { project } of written) deps.committed(project.id)
  return batch.map((finish) => async () => {
    if (!found.has(projectIdOf(finish))) return missing(finish)
    if (!held.has(finish.attempt)) throw whyNotCompleted(finish.attempt)
  })
}

/** About how long a result is as text, in characters; measuring it would cost as much as writing it. */
function weigh({ result: { document } }: Finish): number {
  switch (document?.kind) {
    case 'brief': {
      const { items, ledger, entities, needs = [] } = document.brief
      return 500 * (items.length + ledger.length + entities.length) + 300 * needs.length
    }
    case 'plan':
      return 2 * document.draft.files.reduce((sum, { content }) => sum + content.length, 0)
    default:
      return 0
  }
}

/** Finishes attempts, those that end at about the same time together. */
export function createFinishes(deps: PipelineDeps): Batcher<Finish, void> {
  const bounds = { flights: 2, heaviest: 8 * 1024 * 1024, weigh }
  // These wait for those who hold their projects, so the others have flights of their own.
  const alone = createBatcher<Finish, void>({
    ...bounds,
    run: (batch) =>
      finishTogether(deps, batch, waitForProject, async () => {
        throw notFound('project')
      }),
    most: 1,
  })
  return createBatcher<Finish, void>({
    ...bounds,
    run: (batch) => finishTogether(deps, batch, lockFreeProjects, (finish) => alone.ask(finish)),
    most: 50,
    keyOf: projectIdOf,
  })
}
