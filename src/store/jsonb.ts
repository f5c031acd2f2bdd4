import { type RawBuilder, sql } from 'kysely'
import type { StoredJson } from './columns.ts'

/**
 * JSON text that PostgreSQL takes as jsonb, whatever the value holds: jsonb refuses NUL
 * characters and lone surrogates, both of which hostile JSON can carry.
 */
export function storableJson(value: unknown): string {
  const written = JSON.stringify(value)
  // Both are written as escapes that begin so, and most values have none.
  if (!written.includes('\\u')) return written
  const clean = (text: string) => text.replaceAll('\u0000', '').toWellFormed()
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === 'string') return clean(inner)
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner
    return Object.fromEntries(Object.entries(inner).map(([key, entry]) => [clean(key), entry]))
  })
}

/** Like storableJson, for a value that is JSON text already. */
export function storableText(json: string): string {
  return json.includes('\\u') ? storableJson(JSON.parse(json)) : json
}

/** A value as a jsonb parameter, the same on every driver. */
export function jsonb(value: unknown): RawBuilder<StoredJson> {
  return sql<StoredJson>`${storableJson(value)}::text::jsonb`
}
