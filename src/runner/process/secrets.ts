/** A value that must not be told, and the name that it goes by. */
export interface Secret {
  name: string
  value: string
}

const tellsSecret = /KEY|TOKEN|SECRET|PASS|CREDENTIAL|AUTH/i

/** Shorter ones turn up by chance. */
const minLength = 6

/** The password of an address such as `postgres://user:password@host`. */
function passwordIn(value: string): string {
  const password = URL.parse(value)?.password ?? ''
  try {
    return decodeURIComponent(password)
  } catch {
    return password
  }
}

/** The secrets of an environment: values of names that tell so, and passwords in addresses. */
export function secretsOf(env: Readonly<Record<string, string>>): Secret[] {
  return Object.entries(env)
    .map(([name, value]) => ({
      name,
      value: tellsSecret.test(name) ? value : passwordIn(value),
    }))
    .filter(({ value }) => value.length >= minLength)
}

/** The forms in which a value commonly shows, the longest first. */
export function formsOf({ value }: Secret): string[] {
  const bytes = Buffer.from(value)
  const forms = [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    bytes.toString('base64').replaceAll('=', ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
  ]
  return [...new Set(forms)].sort((a, b) => b.length - a.length)
}

const shown = '[secret]'

export type Mask = (text: string) => string

/** Hides secrets in a text; it never gets longer by that. */
export function createMask(secrets: readonly Secret[]): Mask {
  const forms = secrets.flatMap(formsOf).sort((a, b) => b.length - a.length)
  return (text) =>
    forms.reduce((masked, form) => masked.replaceAll(form, shown.slice(0, form.length)), text)
}

/** The same value with every text in it masked. */
export function maskAll<T>(value: T, mask: Mask): T {
  const walk = (one: unknown): unknown => {
    if (typeof one === 'string') return mask(one)
    if (Array.isArray(one)) return one.map(walk)
    if (typeof one !== 'object' || one === null) return one
    return Object.fromEntries(Object.entries(one).map(([name, inner]) => [name, walk(inner)]))
  }
  return walk(value) as T
}
