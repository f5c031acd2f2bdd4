/** A value that JSON can carry. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** What stands in JSON as it is; most keys do. */
const plainKey = /^[\w.-]*$/

/** JSON with object keys in code-unit order and no white space: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  // Whole webhook bodies come through here, so it makes no arrays of parts.
  let text = ''
  if (Array.isArray(value)) {
    for (const inner of value) text += `${text === '' ? '' : ','}${canonicalJson(inner)}`
    return `[${text}]`
  }
  const members = value as Readonly<Record<string, unknown>>
  for (const key of Object.keys(members).sort()) {
    if (members[key] === undefined) continue
    text += `${text === '' ? '' : ','}${nameOf(key)}:${canonicalJson(members[key])}`
  }
  return `{${text}}`
}

function nameOf(key: string): string {
  return plainKey.test(key) ? `"${key}"` : JSON.stringify(key)
}

/** The canonical text of each member of an object, by its key, in code-unit order of the keys. */
export function canonicalMembers(value: object): Map<string, string> {
  const members = new Map<string, string>()
  for (const key of Object.keys(value).sort()) {
    const inner: unknown = Reflect.get(value, key)
    if (inner !== undefined) members.set(key, canonicalJson(inner))
  }
  return members
}

/** The object of these members, whose values are canonical text in code-unit order of their keys. */
export function joinMembers(members: Iterable<readonly [string, string]>): string {
  let text = ''
  for (const [key, inner] of members) text += `${text === '' ? '' : ','}${nameOf(key)}:${inner}`
  return `{${text}}`
}

/** Lower-case hexadecimal SHA-256 of a text's UTF-8 bytes (64 characters). */
export async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
