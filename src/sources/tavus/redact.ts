import { canonicalJson, sha256 } from '../../domain/json.ts'

/** The fields in which Tavus echoes our callback URL, whose path or query holds the token. */
const urlFields: ReadonlySet<string> = new Set(['webhook_url', 'callback_url'])

function originOf(url: unknown): unknown {
  if (typeof url !== 'string') return url === null ? null : '[redacted]'
  const parsed = URL.parse(url)
  return parsed !== null && parsed.origin !== 'null' ? parsed.origin : '[redacted]'
}

/**
 * A copy of the body in which every `webhook_url` and `callback_url`, however deep, is cut to
 * scheme and host: a stored body then holds no token. Call it on bodies that parseTavusBody took,
 * which bounds how deep they nest.
 */
export function redactWebhookUrl(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(redactWebhookUrl)
  if (body === null || typeof body !== 'object') return body
  return Object.fromEntries(
    Object.entries(body).map(([key, value]: [string, unknown]) => [
      key,
      urlFields.has(key) ? originOf(value) : redactWebhookUrl(value),
    ]),
  )
}

/** Fields that may differ between two sendings of one message. */
function withoutDelivery(body: object): object {
  return Object.fromEntries(
    Object.entries(body).filter(([key]) => key !== 'webhook_url' && key !== 'timestamp'),
  )
}

/**
 * The same 64 hexadecimal characters for every sending of one message. Tavus gives no event id, so
 * the key is over conversation, event and properties; a body without those is taken whole.
 */
export function tavusDedupeKey(body: unknown): Promise<string> {
  const redacted = redactWebhookUrl(body)
  if (redacted === null || typeof redacted !== 'object' || Array.isArray(redacted)) {
    return sha256(canonicalJson(redacted))
  }
  if (!('event_type' in redacted)) return sha256(canonicalJson(redacted))
  if (!('properties' in redacted)) return sha256(canonicalJson(withoutDelivery(redacted)))
  return sha256(
    canonicalJson({
      conversation_id: 'conversation_id' in redacted ? redacted.conversation_id : null,
      event_type: redacted.event_type,
      properties: redacted.properties,
    }),
  )
}
