/** Looks at a value from outside and says whether it may be used. */
export type Check = (value: unknown) => boolean

export const isString: Check = (value) => typeof value === 'string'
export const isNumber: Check = (value) => typeof value === 'number'
export const isBoolean: Check = (value) => typeof value === 'boolean'
export const isObject: Check = (value) => isRecord(value)

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function nullable(check: Check): Check {
  return (value) => value === null || check(value)
}

export function optional(check: Check): Check {
  return (value) => value === undefined || check(value)
}

export function listOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check)
}

export function oneOf(...values: readonly string[]): Check {
  return (value) => typeof value === 'string' && values.includes(value)
}

/** One check for every field of T: the compiler refuses a view whose field is forgotten. */
export type FieldChecks<T> = { readonly [K in keyof T]-?: Check }

/** A guard for a view of the API: every field has the right form. */
export function shapeOf<T>(fields: FieldChecks<T>): (value: unknown) => value is T {
  const checks = Object.entries<Check>(fields)
  return (value): value is T =>
    isRecord(value) && checks.every(([name, check]) => check(value[name]))
}
