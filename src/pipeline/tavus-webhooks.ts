import { AppError } from '../domain/errors.ts'
import { parseTavusBody, type TavusBody } from '../sources/tavus/webhook.ts'
import { redactWebhookUrl, tavusDedupeKey } from '../sources/tavus/redact.ts'
import { ensureConversation, markEnded } from '../store/conversations.ts'
import type { Tx } from '../store/database.ts'
import { getInbox, insertInbox, markHandled } from '../store/inbox.ts'
import { firstWorkspace } from '../store/workspaces.ts'
import type { PipelineDeps } from './deps.ts'
import type { Attempt } from './queue.ts'
import { receiveTranscript } from './receive.ts'

/** Where conversations from Tavus come from, in the database. */
export const tavusSource = 'tavus'

/** What the sender is told; every one of them is a 2xx. */
export type Acceptance = 'accepted' | 'repeat' | 'ignored'

/** A transcript that did not come by itself this long after the end is fetched. */
const fetchDelaySeconds = 90

function conversationOf(body: TavusBody): string | undefined {
  return 'conversationId' in body ? body.conversationId : undefined
}

/** Whether a message changes anything here; the others are kept for the record at most. */
function acts(body: TavusBody): boolean {
  return body.kind === 'joined' || body.kind === 'ended' || body.kind === 'transcript'
}

/**
 * Keeps a Tavus webhook body and queues its handling, both in one commit, so that an accepted
 * message is on disk and is acted on. A repeat does nothing. Bodies that are not about a
 * conversation are answered and dropped.
 *
 * @throws AppError `invalid_body` when a known event lacks what it must have.
 */
export async function acceptTavusWebhook(deps: PipelineDeps, raw: unknown): Promise<Acceptance> {
  const body = parseTavusBody(raw)
  if (body.kind === 'not_a_conversation') return 'ignored'
  const dedupeKey = await tavusDedupeKey(raw)
  const inboxId = deps.id()
  return deps.database.db.transaction().execute(async (tx) => {
    const externalId = conversationOf(body) ?? null
    const fresh = await insertInbox(tx, {
      id: inboxId,
      source: tavusSource,
      dedupeKey,
      externalId,
      eventType: body.kind === 'other' ? body.eventType : body.kind,
      body: redactWebhookUrl(raw),
    })
    if (!fresh) return 'repeat'
    if (!acts(body)) {
      await markHandled(tx, inboxId, 'ignored', deps.clock())
      return 'ignored'
    }
    await deps.queue.send(tx, 'ingest', { inboxId }, { key: externalId ?? inboxId })
    return 'accepted'
  })
}

async function handleBody(
  deps: PipelineDeps,
  tx: Tx,
  body: TavusBody,
): Promise<{ outcome: string; projectId?: string }> {
  if (body.kind !== 'joined' && body.kind !== 'ended' && body.kind !== 'transcript') {
    return { outcome: 'ignored' }
  }
  const workspace = await firstWorkspace(tx)
  if (workspace === undefined) {
    throw new AppError('no_workspace', 'There is no workspace yet. Start the server once first.')
  }
  const conversation = await ensureConversation(tx, {
    id: deps.id(),
    workspaceId: workspace.id,
    source: tavusSource,
    externalId: body.conversationId,
    title: null,
    approval: deps.approval,
  })
  switch (body.kind) {
    case 'joined':
      return { outcome: 'conversation' }
    case 'ended': {
      await markEnded(tx, conversation, body.rawReason, deps.clock())
      if (deps.tavus !== undefined && conversation.status === 'live') {
        await deps.queue.send(
          tx,
          'fetch',
          { conversationId: conversation.id },
          { key: conversation.id, delaySeconds: fetchDelaySeconds },
        )
      }
      return { outcome: 'conversation' }
    }
    case 'transcript': {
      const reception = await receiveTranscript(deps, tx, conversation, body.turns)
      return reception.kind === 'project'
        ? { outcome: 'project', projectId: reception.projectId }
        : { outcome: reception.kind }
    }
  }
}

/** Acts on a kept message; its outcome and the completion of the job commit together. */
export async function handleTavusWebhook(
  deps: PipelineDeps,
  attempt: Attempt<'ingest'>,
): Promise<void> {
  const { inboxId } = attempt.data
  const projectId = await deps.database.db.transaction().execute(async (tx) => {
    await deps.queue.complete(tx, attempt)
    const message = await getInbox(tx, inboxId)
    if (message === undefined || message.handled) return undefined
    const handled = await handleBody(deps, tx, parseTavusBody(message.body))
    await markHandled(tx, inboxId, handled.outcome, deps.clock())
    return handled.projectId
  })
  if (projectId !== undefined) deps.committed(projectId)
}
