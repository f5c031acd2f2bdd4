import { Webhook } from 'standardwebhooks'

/** What one attempt at a webhook came to. */
export type Attempt = { type: 'taken' } | { type: 'gone' } | { type: 'again'; reason: string }

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
  send: typeof fetch,
  signal: AbortSignal,
): Promise<Attempt> {
  try {
    const response = await send(message.url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(attemptTimeoutMs)]),
      headers: {
        'content-type': 'application/json',
        'user-agent': 'talkwright-runner/1',
        'webhook-id': message.id,
        'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
        'webhook-signature': new Webhook(secret).sign(message.id, now, message.body),
      },
      body: message.body,
    })
    await response.body?.cancel()
    if (response.ok) return { type: 'taken' }
    return response.status === 410
      ? { type: 'gone' }
      : { type: 'again', reason: `status ${response.status}` }
  } catch (error) {
    return { type: 'again', reason: error instanceof Error ? error.message : String(error) }
  }
}
