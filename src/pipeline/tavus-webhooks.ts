import { assertNever } from '../domain/assert-never.ts'
import { AppError } from '../domain/errors.ts'
import { parseTavusBody, type TavusBody } from '../sources/tavus/webhook.ts'
import { redactWebhookUrl, tavusDedupeKey } from '../sources/tavus/redact.ts'
import { type ConversationRow, ensureConversation, markEnded } from '../store/conversations.ts'
import type { Tx } from '../store/database.ts'
import { getInbox, markHandled } from '../store/inbox.ts'
import { storableJson } from '../store/jsonb.ts'
import type { PipelineDeps } from './deps.ts'
import type { Acceptance } from './inbox-writer.ts'
import type { Attempt } from './queue/queue.ts'
import { receiveTranscript } from './receive.ts'
import { transact } from './transact.ts'

/** Where conversations from Tavus come from, in the database. */
export const tavusSource = 'tavus'

/** A transcript that did not come by itself this long after the end is fetched. */
const fetchDelaySeconds = 90

function conversationOf(body: TavusBody): string | undefined {
  return 'conversationId' in body ? body.conversationId : undefined
}

type ActingBody = Extract<TavusBody, { kind: 'joined' | 'ended' | 'transcript' }>

/** Whether a message changes anything here; the others are kept for the record at most. */
function acts(body: TavusBody): body is ActingBody {
  return body.kind === 'joined' || body.kind === 'ended' || body.kind === 'transcript'
}

/**
 * Keeps a Tavus webhook body and queues its handling, both in one commit, so that an accepted
 * message is on disk and is acted on. A repeat does nothing. Bodies that are not about a
 * conversation are answered and dropped.
 *
 * @throws AppError `invalid_body` when a known event lacks what it must have, and what the inbox throws.
 */
export async function acceptTavusWebhook(
  deps: Pick<PipelineDeps, 'inbox' | 'id'>,
  raw: unknown,
): Promise<Acceptance> {
  const body = parseTavusBody(raw)
  if (body.kind === 'not_a_conversation') return 'ignored'
  const redacted = redactWebhookUrl(raw)
  return deps.inbox.write({
    id: deps.id(),
    source: tavusSource,
    dedupeKey: tavusDedupeKey(redacted),
    externalId: conversationOf(body) ?? null,
    eventType: body.kind === 'other' ? body.eventType : body.kind,
    body: storableJson(redacted),
    outcome: acts(body) ? null : 'ignored',
  })
}

async function conversationFor(
  deps: PipelineDeps,
  tx: Tx,
  externalId: string,
): Promise<ConversationRow> {
  const conversation = await ensureConversation(tx, {
    id: deps.id(),
    source: tavusSource,
    externalId,
    title: null,
    approval: deps.approval,
  })
  if (conversation === undefined) {
    throw new AppError('no_workspace', 'There is no workspace yet. Start the server once first.')
  }
  return conversation
}

async function handleEnd(
  deps: PipelineDeps,
  tx: Tx,
  conversation: ConversationRow,
  reason: string,
): Promise<void> {
  await markEnded(tx, conversation, reason, deps.clock())
  if (deps.tavus === undefined || conversation.status !== 'live') return
  const { id: key, priority } = conversation
  const data = { conversationId: key }
  const job = { data, key, priority, delaySeconds: fetchDelaySeconds }
  await deps.queue.send(tx, 'fetch', [job])
}

interface Handled {
  /** What the inbox says became of it. */
  outcome: string
  projectId?: string
}

async function handleBody(deps: PipelineDeps, tx: Tx, body: ActingBody): Promise<Handled> {
  const conversation = await conversationFor(deps, tx, body.conversationId)
  switch (body.kind) {
    case 'joined':
      return { outcome: 'conversation' }
    case 'ended':
      await handleEnd(deps, tx, conversation, body.rawReason)
      return { outcome: 'conversation' }
    case 'transcript': {
      const reception = await receiveTranscript(deps, tx, conversation, body.turns)
      if (reception.kind !== 'project') return { outcome: reception.kind }
      return { outcome: 'project', projectId: reception.projectId }
    }
    default:
      return assertNever(body)
  }
}

/** Acts on a kept message; its outcome and the completion of the job commit together. */
export async function handleTavusWebhook(
  deps: PipelineDeps,
  attempt: Attempt<'ingest'>,
): Promise<void> {
  const { inboxId } = attempt.data
  const projectId = await transact(deps, async (tx) => {
    await deps.queue.complete(tx, attempt)
    const message = await getInbox(tx, inboxId)
    if (message === undefined || message.handled) return undefined
    const body = parseTavusBody(message.body)
    const handled = acts(body) ? await handleBody(deps, tx, body) : { outcome: 'ignored' }
    await markHandled(tx, inboxId, handled.outcome, deps.clock())
    return 'projectId' in handled ? handled.projectId : undefined
  })
  if (projectId !== undefined) deps.committed(projectId)
}
