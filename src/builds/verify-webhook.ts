import { Webhook } from 'standardwebhooks'
import { z } from 'zod'
import { BuildWebhook } from '../domain/build.ts'
import { AppError, invalidInput } from '../domain/errors.ts'
import { deriveBuildSecret } from './build-secret.ts'

const Named = z.object({ data: z.object({ metadata: z.object({ build: z.uuid() }) }) })

export interface VerifiedWebhook {
  /** The same on every attempt: what repeats are told by. */
  id: string
  webhook: BuildWebhook
}

/** The secret of the build that an unverified body names: only who knows it can have signed so. */
async function secretNamedIn(rawBody: string, secret: string): Promise<string | undefined> {
  try {
    const named = Named.safeParse(JSON.parse(rawBody)).data
    return named && (await deriveBuildSecret(secret, named.data.metadata.build))
  } catch {
    return undefined
  }
}

function isSigned(rawBody: string, headers: Headers, secret: string): boolean {
  try {
    new Webhook(secret).verify(rawBody, Object.fromEntries(headers), { jsonParse: false })
    return true
  } catch {
    return false
  }
}

/**
 * Checks a build webhook's signature over its raw body (Standard Webhooks, `v1`, five minutes of
 * tolerance) and reads it. It may be signed by the secret of its build or, by a builder that knows
 * none, with `secret` itself.
 *
 * @throws AppError `invalid_signature` (401), `invalid_body` (422)
 */
export async function verifyBuildWebhook(
  rawBody: string,
  headers: Headers,
  secret: string,
): Promise<VerifiedWebhook> {
  const id = headers.get('webhook-id') ?? ''
  if (!isSigned(rawBody, headers, secret)) {
    const own = await secretNamedIn(rawBody, secret)
    if (own === undefined || !isSigned(rawBody, headers, own)) {
      throw new AppError(
        'invalid_signature',
        'The webhook is signed neither with the webhook_secret of its build nor with KIRO_WEBHOOK_SECRET, or its time is off by over five minutes.',
        { status: 401 },
      )
    }
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
