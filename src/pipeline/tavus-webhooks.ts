import { keepableTavusBody } from '../sources/tavus/redact.ts'
import { identifyTavusBody, type TavusBody } from '../sources/tavus/webhook.ts'
import { storableText } from '../store/jsonb.ts'
import type { PipelineDeps } from './deps.ts'
import type { Acceptance } from './inbox.ts'

/** Where conversations from Tavus come from, in the database. */
export const tavusSource = 'tavus'

type ActingKind = 'joined' | 'ended' | 'transcript'
export type ActingBody = Extract<TavusBody, { kind: ActingKind }>

/** Whether a message changes anything here; the others are kept for the record at most. */
export function acts<B extends { kind: TavusBody['kind'] }>(
  body: B,
): body is Extract<B, { kind: ActingKind }> {
  return body.kind === 'joined' || body.kind === 'ended' || body.kind === 'transcript'
}

/**
 * Keeps a Tavus webhook body and queues its handling, both in one commit, so that an accepted
 * message is on disk and is acted on; what was said is read when it is handled. A repeat does
 * nothing. Bodies that are not about a conversation are answered and dropped.
 *
 * @throws AppError `invalid_body` when a known event lacks what it must have, and what the inbox throws.
 */
export async function acceptTavusWebhook(
  deps: Pick<PipelineDeps, 'inbox' | 'id'>,
  raw: unknown,
): Promise<Acceptance> {
  const head = identifyTavusBody(raw)
  if (head.kind === 'not_a_conversation') return 'ignored'
  const { dedupeKey, json } = keepableTavusBody(raw)
  return deps.inbox.write({
    id: deps.id(),
    source: tavusSource,
    dedupeKey,
    externalId: head.conversationId ?? null,
    eventType: head.eventType ?? head.kind,
    body: storableText(json),
    outcome: acts(head) ? null : 'ignored',
  })
}
