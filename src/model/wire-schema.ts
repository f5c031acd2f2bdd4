import { z } from 'zod'

/** A JSON Schema in the part of the language that all providers take. */
export type WireSchema = Readonly<Record<string, unknown>>

/** Left to zod: some providers turn a schema down that has them. */
const bounds: Readonly<Record<string, string>> = {
  minLength: 'at least this many characters',
  maxLength: 'at most this many characters',
  minItems: 'at least this many entries',
  maxItems: 'at most this many entries',
  minimum: 'not below',
  maximum: 'not above',
  exclusiveMinimum: 'above',
  exclusiveMaximum: 'below',
  multipleOf: 'a multiple of',
  pattern: 'in the form of the regular expression',
  format: 'in the format',
}
const dropped = new Set([
  ...Object.keys(bounds),
  '$schema',
  'default',
  'propertyNames',
  'additionalProperties',
])

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function describe(schema: Record<string, unknown>): string | undefined {
  // The bounds of a safe integer say nothing to a model.
  const told = Object.entries(bounds).filter(
    ([key]) =>
      schema[key] !== undefined && Math.abs(Number(schema[key])) !== Number.MAX_SAFE_INTEGER,
  )
  const lines = [
    ...(typeof schema['description'] === 'string' ? [schema['description']] : []),
    ...told.map(([key, words]) => `${words}: ${String(schema[key])}`),
  ]
  return lines.length === 0 ? undefined : lines.join('; ')
}

function checkObject(schema: Record<string, unknown>): void {
  if (!isRecord(schema['properties'])) {
    throw new Error('A schema for models needs objects with named properties, not maps.')
  }
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  const missing = Object.keys(schema['properties']).filter((name) => !required.includes(name))
  if (missing.length > 0) {
    throw new Error(
      `A schema for models has no optional properties; make nullable: ${missing.join(', ')}`,
    )
  }
}

function narrow(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(narrow)
  if (!isRecord(value)) return value
  if (value['type'] === 'object') checkObject(value)
  const description = describe(value)
  const kept = Object.entries(value)
    .filter(([key]) => !dropped.has(key) && key !== 'description')
    .map(([key, inner]): [string, unknown] => {
      // One of several plain types; not every provider takes a list of them.
      if (key === 'type' && Array.isArray(inner)) return ['anyOf', inner.map((type) => ({ type }))]
      if (key === 'oneOf') return ['anyOf', narrow(inner)]
      // The names of properties are no keywords.
      if ((key === 'properties' || key === '$defs') && isRecord(inner)) {
        const entries = Object.entries(inner).map(([name, part]) => [name, narrow(part)])
        return [key, Object.fromEntries(entries)]
      }
      return [key, key === 'enum' || key === 'const' ? inner : narrow(inner)]
    })
  if (value['type'] === 'object') kept.push(['additionalProperties', false])
  return Object.fromEntries(
    description === undefined ? kept : [['description', description], ...kept],
  )
}

/**
 * The schema as providers take it: every property required, nothing beside them, bounds as words.
 *
 * @throws Error when the schema has optional properties, maps, or something else than an object on
 *   top, which strict output does not take; the one who wrote it has to mend it.
 */
export function toWireSchema(schema: z.ZodType): WireSchema {
  const json = z.toJSONSchema(schema, { io: 'input', reused: 'inline' })
  const narrowed = narrow(json)
  if (!isRecord(narrowed) || narrowed['type'] !== 'object') {
    throw new Error('A schema for models is an object on top.')
  }
  return narrowed
}
