import { AppError } from '../domain/errors.ts'
import { completeOne } from './queue/complete-one.ts'
import {
  conversationsWithoutTranscript,
  getConversation,
  lockConversation,
  markAsked,
  markAskedAgain,
  markEnded,
} from '../store/conversations.ts'
import type { PipelineDeps } from './deps.ts'
import type { Attempt } from './queue/queue.ts'
import { receiveTranscript } from './receive.ts'
import { transact } from './transact.ts'
import { tavusSource } from './tavus-webhooks.ts'

/** Tavus promises no delivery: for three days it is asked again, every hour, then given up. */
export const askAgainMs = 60 * 60 * 1000
export const maxAsked = 72
/** A transcript that did not come by itself this long after the end is fetched. */
export const fetchDelayMs = 90_000
const batch = 20

/** Fetches the transcript of a conversation that has none yet, from Tavus's own record. */
export async function fetchTranscript(
  deps: PipelineDeps,
  attempt: Attempt<'fetch'>,
): Promise<void> {
  const conversation = await getConversation(deps.database.db, attempt.data.conversationId)
  const { tavus } = deps
  const wanted = conversation.status === 'ended' || conversation.status === 'live'
  const externalId = conversation.external_id
  const found =
    wanted && tavus !== undefined && externalId !== null
      ? await tavus.getConversation(externalId)
      : undefined
  const projectId = await transact(deps, async (tx) => {
    await completeOne(deps.queue, tx, attempt)
    if (found === undefined) return undefined
    await markAsked(tx, conversation.id, deps.clock())
    const locked = await lockConversation(tx, conversation.id)
    if (found.status === 'ended' && locked.status === 'live') {
      await markEnded(tx, locked, found.shutdownReason ?? 'unknown', deps.clock())
    }
    if (found.transcript === undefined) return undefined
    const reception = await receiveTranscript(deps, tx, locked, found.transcript)
    return reception.kind === 'project' ? reception.projectId : undefined
  })
  if (projectId !== undefined) deps.committed(projectId)
  if (found !== undefined) deps.changed(conversation.workspace_id)
}

/**
 * Asks again for the transcripts of conversations that ended and never sent one, or whose end itself
 * was never sent, and gives how many it asked for.
 */
export async function askForMissingTranscripts(deps: PipelineDeps): Promise<number> {
  if (deps.tavus === undefined) return 0
  const before = new Date(deps.clock().getTime() - askAgainMs)
  const waiting = await conversationsWithoutTranscript(
    deps.database.db,
    tavusSource,
    before,
    batch,
    maxAsked,
  )
  for (const conversation of waiting) {
    await transact(deps, async (tx) => {
      await markAskedAgain(tx, conversation.id, deps.clock())
      const data = { conversationId: conversation.id }
      const { id: key, priority } = conversation
      await deps.queue.send(tx, 'fetch', [{ data, key, priority }])
    })
    deps.changed(conversation.workspace_id)
  }
  return waiting.length
}

/** @throws AppError `no_tavus_key` when conversations cannot be created. */
export function requireTavus(deps: PipelineDeps): NonNullable<PipelineDeps['tavus']> {
  if (deps.tavus === undefined) {
    throw new AppError(
      'no_tavus_key',
      'Creating a Tavus call needs a key. Set TAVUS_API_KEY and start again, or upload a transcript.',
      { status: 409 },
    )
  }
  return deps.tavus
}
