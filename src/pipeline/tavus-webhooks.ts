import { parseTavusBody, type TavusBody } from '../sources/tavus/webhook.ts'
import { redactWebhookUrl, tavusDedupeKey } from '../sources/tavus/redact.ts'
import { storableJson } from '../store/jsonb.ts'
import type { PipelineDeps } from './deps.ts'
import type { Acceptance } from './inbox-writer.ts'

/** Where conversations from Tavus come from, in the database. */
export const tavusSource = 'tavus'

function conversationOf(body: TavusBody): string | undefined {
  return 'conversationId' in body ? body.conversationId : undefined
}

export type ActingBody = Extract<TavusBody, { kind: 'joined' | 'ended' | 'transcript' }>

/** Whether a message changes anything here; the others are kept for the record at most. */
export function acts(body: TavusBody): body is ActingBody {
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
