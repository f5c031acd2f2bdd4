import { assertNever } from '../domain/assert-never.ts'
import { notFound, toAppError } from '../domain/errors.ts'
import type { Principal } from '../domain/principal.ts'
import type { Stage } from '../domain/status.ts'
import { audit } from '../store/audit.ts'
import { getConversation } from '../store/conversations.ts'
import type { Tx } from '../store/database.ts'
import {
  countLetters,
  type DeadLetterRow,
  lockOpenLetter,
  openLetters,
  resolveLetter,
  resolveLettersOf,
} from '../store/dead-letters.ts'
import { getInboxKey, markHandled } from '../store/inbox.ts'
import { lockProject } from '../store/projects.ts'
import type { LetterResolution } from '../store/schema.ts'
import type { PipelineDeps } from './deps.ts'
import { act } from './project-log.ts'
import { JobData } from './queue/queue.ts'
import { queueAgain } from './retry.ts'
import { transact } from './transact.ts'

/** Which open dead letters of the caller's workspace; all of them when nothing is said. */
export interface LetterChoice {
  stage?: Stage | undefined
  code?: string | undefined
  ids?: readonly string[] | undefined
  /** At most so many, the oldest first. */
  limit: number
}

export interface Redriven {
  redriven: number
  /** Those that nothing was done for: their work has gone on otherwise, or cannot go on from there. */
  skipped: number
}

export interface Dismissed {
  dismissed: number
  skipped: number
}

/** Queues the work of a letter again; false when it has gone on without it. */
async function sendAgain(deps: PipelineDeps, tx: Tx, letter: DeadLetterRow): Promise<boolean> {
  const { stage } = letter
  switch (stage) {
    case 'ingest': {
      const data = JobData.ingest.parse(letter.data)
      const message = await getInboxKey(tx, data.inboxId)
      if (message === undefined || message.handled) return false
      const key = message.externalId ?? data.inboxId
      await deps.queue.send(tx, stage, [{ data, key }])
      return true
    }
    case 'fetch': {
      const data = JobData.fetch.parse(letter.data)
      const { id: key, status, priority } = await getConversation(tx, data.conversationId)
      if (status !== 'ended' && status !== 'live') return false
      await deps.queue.send(tx, stage, [{ data, key, priority }])
      return true
    }
    case 'analyse':
    case 'plan':
    case 'build': {
      if (letter.project_id === null) return false
      const project = await lockProject(tx, letter.project_id)
      if (project.status !== 'failed' && project.status !== 'paused') return false
      const restarted = await act(tx, project, { type: 'retry', from: stage })
      await queueAgain(deps, tx, restarted, stage)
      return true
    }
    default:
      return assertNever(stage)
  }
}

async function tellAudit(
  deps: PipelineDeps,
  tx: Tx,
  principal: Principal,
  letter: DeadLetterRow,
  resolution: LetterResolution,
): Promise<void> {
  const { stage, code, message, attempts, project_id: project } = letter
  await audit(tx, {
    id: deps.id(),
    workspaceId: letter.workspace_id,
    actor: principal.userId,
    action: resolution === 'dismissed' ? 'queue.dismiss' : 'queue.redrive',
    target: letter.id,
    details: { stage, project, code, message, attempts, resolution },
  })
}

/** Does one letter in a transaction of its own; the project is locked before the letter, as everywhere. */
async function redriveOne(
  deps: PipelineDeps,
  principal: Principal,
  letter: DeadLetterRow,
): Promise<boolean> {
  const sent = await transact(deps, async (tx) => {
    if (letter.project_id !== null) await lockProject(tx, letter.project_id)
    // Locked first: of two who send the same letter again, one finds it dealt with.
    if (!(await lockOpenLetter(tx, letter.id))) return false
    const again = await sendAgain(deps, tx, letter)
    const resolution = again ? 'redriven' : 'retried'
    await resolveLetter(tx, letter.id, resolution, deps.clock())
    if (again && letter.project_id !== null) {
      await resolveLettersOf(tx, letter.project_id, 'retried', deps.clock())
    }
    await tellAudit(deps, tx, principal, letter, resolution)
    return again
  })
  if (sent && letter.project_id !== null) deps.committed(letter.project_id)
  if (letter.stage === 'fetch') deps.changed(letter.workspace_id)
  return sent
}

/** What a single letter may fail of without being a reason to stop with the others. */
const ownFaults = new Set(['nothing_to_retry_from', 'wrong_status', 'not_found'])

async function chosen(
  deps: PipelineDeps,
  principal: Principal,
  choice: LetterChoice,
): Promise<DeadLetterRow[]> {
  const { db } = deps.database
  const { workspaceId } = principal
  const { limit, ids, ...filter } = choice
  if (ids !== undefined && (await countLetters(db, workspaceId, ids)) < new Set(ids).size) {
    throw notFound('dead letter')
  }
  return openLetters(db, { workspaceId, ids, ...filter }, limit)
}

/** Letters that were named but are dealt with already. */
function closed(choice: LetterChoice, letters: readonly DeadLetterRow[]): number {
  const { ids, limit } = choice
  return ids === undefined || letters.length === limit ? 0 : new Set(ids).size - letters.length
}

/**
 * Sends open dead letters again, each in a transaction of its own: a project's letter restarts the
 * project from the letter's stage, any other queues the stage's job again.
 *
 * @throws AppError `not_found` when a named letter is not one of the caller's workspace
 */
export async function redrive(
  deps: PipelineDeps,
  principal: Principal,
  choice: LetterChoice,
): Promise<Redriven> {
  const letters = await chosen(deps, principal, choice)
  let redriven = 0
  for (const letter of letters) {
    try {
      if (await redriveOne(deps, principal, letter)) redriven += 1
    } catch (thrown) {
      const { code } = toAppError(thrown)
      if (!ownFaults.has(code)) throw thrown
      deps.log.warn({ letter: letter.id, code }, 'letter.not_redriven')
    }
  }
  return { redriven, skipped: letters.length - redriven + closed(choice, letters) }
}

/** Nobody will handle the message of a dismissed letter: its body goes when it is old enough. */
async function letGo(deps: PipelineDeps, tx: Tx, letter: DeadLetterRow): Promise<void> {
  if (letter.stage !== 'ingest') return
  const { inboxId: id } = JobData.ingest.parse(letter.data)
  const message = await getInboxKey(tx, id)
  if (message === undefined || message.handled) return
  await markHandled(tx, [{ id, outcome: 'dismissed' }], deps.clock())
}

/** Marks open dead letters as needing nothing more; their projects stay as they are. @throws as `redrive` */
export async function dismiss(
  deps: PipelineDeps,
  principal: Principal,
  choice: LetterChoice,
): Promise<Dismissed> {
  const letters = await chosen(deps, principal, choice)
  let dismissed = 0
  for (const letter of letters) {
    const done = await transact(deps, async (tx) => {
      if (!(await resolveLetter(tx, letter.id, 'dismissed', deps.clock()))) return false
      await letGo(deps, tx, letter)
      await tellAudit(deps, tx, principal, letter, 'dismissed')
      return true
    })
    if (done) dismissed += 1
    if (done && letter.stage === 'fetch') deps.changed(letter.workspace_id)
  }
  return { dismissed, skipped: letters.length - dismissed + closed(choice, letters) }
}
