import { digest } from '../../access/digest.ts'
import { canonicalJson } from '../../domain/json.ts'

/** The fields in which Tavus echoes our callback URL, whose path or query holds the token. */
const urlFields: ReadonlySet<string> = new Set(['webhook_url', 'callback_url'])

function originOf(url: unknown): unknown {
  if (typeof url !== 'string') return url === null ? null : '[redacted]'
  const parsed = URL.parse(url)
  return parsed !== null && parsed.origin !== 'null' ? parsed.origin : '[redacted]'
}

/**
 * The body with every `webhook_url` and `callback_url`, however deep, cut to scheme and host: a
 * stored body then holds no token. What holds none is shared and not copied. Call it on bodies that
 * parseTavusBody took, which bounds how deep they nest.
 */
export function redactWebhookUrl(body: unknown): unknown {
  if (body === null || typeof body !== 'object') return body
  if (Array.isArray(body)) return redactList(body)
  let copy: Map<string, unknown> | undefined
  for (const key of Object.keys(body)) {
    const value: unknown = Reflect.get(body, key)
    const redacted = urlFields.has(key) ? originOf(value) : redactWebhookUrl(value)
    if (redacted === value) continue
    copy ??= new Map(Object.entries(body))
    copy.set(key, redacted)
  }
  return copy === undefined ? body : Object.fromEntries(copy)
}

function redactList(list: readonly unknown[]): readonly unknown[] {
  let copy: unknown[] | undefined
  for (const [index, value] of list.entries()) {
    const redacted = redactWebhookUrl(value)
    if (redacted === value) continue
    copy ??= [...list]
    copy[index] = redacted
  }
  return copy ?? list
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
export function tavusDedupeKey(body: unknown): string {
  const redacted = redactWebhookUrl(body)
  if (redacted === null || typeof redacted !== 'object' || Array.isArray(redacted)) {
    return digest(canonicalJson(redacted))
  }
  if (!('event_type' in redacted)) return digest(canonicalJson(redacted))
  if (!('properties' in redacted)) return digest(canonicalJson(withoutDelivery(redacted)))
  return digest(
    canonicalJson({
      conversation_id: 'conversation_id' in redacted ? redacted.conversation_id : null,
      event_type: redacted.event_type,
      properties: redacted.properties,
    }),
  )
}
