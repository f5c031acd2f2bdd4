import { digest } from '../../access/digest.ts'
import { canonicalJson, canonicalMembers, joinMembers } from '../../domain/json.ts'

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

/** A body as it may be kept, and what tells it from others. */
export interface KeepableBody {
  /** The same 64 hexadecimal characters for every sending of one message. */
  dedupeKey: string
  /** JSON text without callback addresses. */
  json: string
}

/** What tells one message from another: Tavus gives no event id. */
const identity = ['conversation_id', 'event_type', 'properties']

/** Fields that may differ between two sendings of one message. */
const delivery: ReadonlySet<string> = new Set(['webhook_url', 'timestamp'])

function tellingMembers(members: ReadonlyMap<string, string>): Iterable<readonly [string, string]> {
  if (!members.has('event_type')) return members
  if (members.has('properties')) {
    return identity.map((key) => [key, members.get(key) ?? 'null'] as const)
  }
  return [...members].filter(([key]) => !delivery.has(key))
}

/**
 * The body as it may be kept. Its key is over conversation, event and properties; a body without
 * those is taken whole. Whole transcripts come through here, so they are written once for both.
 */
export function keepableTavusBody(body: unknown): KeepableBody {
  const redacted = redactWebhookUrl(body)
  if (redacted === null || typeof redacted !== 'object' || Array.isArray(redacted)) {
    const json = canonicalJson(redacted)
    return { dedupeKey: digest(json), json }
  }
  const members = canonicalMembers(redacted)
  return { dedupeKey: digest(joinMembers(tellingMembers(members))), json: joinMembers(members) }
}
