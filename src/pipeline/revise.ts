import type { EventBody } from '../domain/event.ts'
import type { Turn } from '../domain/turn.ts'
import { listBuilds } from '../store/builds.ts'
import type { ConversationRow } from '../store/conversations.ts'
import type { Tx } from '../store/database.ts'
import { resolveLettersOf } from '../store/dead-letters.ts'
import { appendEvents } from '../store/events.ts'
import { lockProject, type ProjectRow } from '../store/projects.ts'
import { countTurns, forgetAwaiting, projectsToRevise, storeContinuation } from '../store/talks.ts'
import type { PipelineDeps } from './deps.ts'
import { act, withProject } from './project-log.ts'
import { queueAgain } from './retry.ts'

/** Whether a locked project's build is under way, so that its plan must stay as it is. */
export async function isBuilding(tx: Tx, { id, status }: ProjectRow): Promise<boolean> {
  if (status !== 'paused') return status === 'building'
  const [newest] = await listBuilds(tx, id)
  return newest !== undefined && newest.finished_at === null && newest.cancel_due_at === null
}

/**
 * Has a locked project's talk analysed anew, all of it together, and everything after that. What is
 * under way counts for nothing any more.
 */
async function revise(
  deps: PipelineDeps,
  tx: Tx,
  project: ProjectRow,
  before: readonly EventBody[] = [],
): Promise<void> {
  const revised = await act(tx, project, { type: 'revise' }, { before })
  await forgetAwaiting(tx, project.id)
  await resolveLettersOf(tx, project.id, 'retried', deps.clock())
  await queueAgain(deps, tx, revised, 'analyse')
}

/** More that was said about a locked project, as turns that are numbered on from what is there. */
export async function addTalk(
  deps: PipelineDeps,
  tx: Tx,
  project: ProjectRow,
  said: { conversation: Pick<ConversationRow, 'id' | 'source'>; turns: readonly Turn[] },
): Promise<Turn[]> {
  const { conversation } = said
  const turnsBefore = await countTurns(tx, project)
  const turns = said.turns.map((turn, index) => ({ ...turn, id: `t${turnsBefore + index + 1}` }))
  const awaitsBuild = await isBuilding(tx, project)
  await storeContinuation(tx, conversation.id, { turns, turnsBefore, awaitsBuild })
  const received: EventBody = {
    type: 'conversation.received',
    source: conversation.source,
    turns: turns.length,
  }
  if (awaitsBuild) await appendEvents(tx, project.id, [received])
  else await revise(deps, tx, project, [received])
  return turns
}

/** A transcript of a locked conversation that goes on with a project. */
export interface Further {
  conversation: ConversationRow
  turns: readonly Turn[]
  projectId: string
}

/** Takes in what was said in further conversations; the projects are locked in one order everywhere. */
export async function continueProjects(
  deps: PipelineDeps,
  tx: Tx,
  further: readonly Further[],
): Promise<void> {
  const ordered = [...further].sort((a, b) => (a.projectId < b.projectId ? -1 : 1))
  for (const { projectId, ...said } of ordered) {
    await addTalk(deps, tx, await lockProject(tx, projectId), said)
  }
}

/** Analyses what was said while a project was built, now that its build has ended; gives how many. */
export async function reviseAfterBuilds(deps: PipelineDeps, signal?: AbortSignal): Promise<number> {
  const waiting = await projectsToRevise(deps.database.db, 20)
  for (const projectId of waiting) {
    if (signal?.aborted === true) break
    await withProject(deps, projectId, async (tx, project) => {
      const ended = project.status !== 'cancelled' && !(await isBuilding(tx, project))
      if (ended) await revise(deps, tx, project)
    })
  }
  return waiting.length
}
