import { Webhook } from 'standardwebhooks'
import { BuildWebhook } from '../domain/build.ts'
import { AppError, invalidInput } from '../domain/errors.ts'

export interface VerifiedWebhook {
  /** The same on every attempt: what repeats are told by. */
  id: string
  webhook: BuildWebhook
}

/**
 * Checks a build webhook's signature over its raw body (Standard Webhooks, `v1`, five minutes of
 * tolerance) and reads it.
 *
 * @throws AppError `invalid_signature` (401), `invalid_body` (422)
 */
export async function verifyBuildWebhook(
  rawBody: string,
  headers: Headers,
  secret: string,
): Promise<VerifiedWebhook> {
  const id = headers.get('webhook-id') ?? ''
  const webhook = new Webhook(secret)
  try {
    webhook.verify(rawBody, Object.fromEntries(headers), { jsonParse: false })
  } catch (error) {
    throw new AppError(
      'invalid_signature',
      'The webhook is not signed with KIRO_WEBHOOK_SECRET, or its time is off by over five minutes.',
      { status: 401, cause: error },
    )
  }
  return { id, webhook: readWebhook(rawBody) }
}

function readWebhook(rawBody: string): BuildWebhook {
  try {
    const webhook = BuildWebhook.parse(JSON.parse(rawBody))
    if (webhook.type === webhook.data.event.type) return webhook
  } catch {
    // Answered below, like a type that contradicts its event.
  }
  throw invalidInput('invalid_body', 'The webhook is signed, but its body is no build event.')
}
