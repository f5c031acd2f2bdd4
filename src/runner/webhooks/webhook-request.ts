import { Webhook } from 'standardwebhooks'
import { retryAfterSeconds } from '../../domain/retry-after.ts'
import type { GuardedHttp } from '../egress/guarded-http.ts'

/** What one attempt at a webhook came to. */
export type Attempt =
  | { type: 'taken' }
  | { type: 'gone' }
  /** `waitMs`: how long the receiver asked to be left alone. */
  | { type: 'again'; reason: string; waitMs?: number }

export interface WebhookMessage {
  url: string
  /** Unchanged across attempts; free of dots, because it is signed as `id.timestamp.body`. */
  id: string
  body: string
}

const attemptTimeoutMs = 15_000

/**
 * Posts a webhook once, signed as Standard Webhooks says: 2xx is taken, 410 stops delivery, and
 * everything else, redirects included, is tried again.
 */
export async function postWebhook(
  message: WebhookMessage,
  secret: string,
  now: Date,
  http: GuardedHttp,
  signal: AbortSignal,
): Promise<Attempt> {
  try {
    const answer = await http.send({
      method: 'POST',
      url: message.url,
      timeoutMs: attemptTimeoutMs,
      signal,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'talkwright-runner/1',
        'webhook-id': message.id,
        'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
        'webhook-signature': new Webhook(secret).sign(message.id, now, message.body),
      },
      body: message.body,
    })
    const { status } = answer
    if (status >= 200 && status < 300) return { type: 'taken' }
    if (status === 410) return { type: 'gone' }
    const seconds = retryAfterSeconds(answer.header('retry-after') ?? null, now)
    const waitMs = seconds === undefined ? {} : { waitMs: seconds * 1_000 }
    return { type: 'again', reason: `status ${status}`, ...waitMs }
  } catch (error) {
    return { type: 'again', reason: error instanceof Error ? error.message : String(error) }
  }
}
