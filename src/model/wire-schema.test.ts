import { expect, it } from 'vitest'
import { z } from 'zod'
import { schemaFault } from './testing/wire-formats.ts'
import { toWireSchema } from './wire-schema.ts'

it('keeps what all providers take and says the rest in words', () => {
  const schema = z.object({
    title: z.string().min(1).max(80).describe('a name'),
    count: z.int().min(2),
    kind: z.enum(['a', 'b']),
    // Properties may be called like keywords.
    pattern: z.string().nullable(),
    parts: z.array(z.object({ maxLength: z.number() })).max(9),
    either: z.discriminatedUnion('is', [
      z.object({ is: z.literal('x'), x: z.string() }),
      z.object({ is: z.literal('y'), y: z.boolean() }),
    ]),
  })
  const wire = toWireSchema(schema)
  expect(schemaFault({ ...wire, properties: undefined })).toBeUndefined()
  expect(wire).toMatchObject({
    type: 'object',
    additionalProperties: false,
    required: ['title', 'count', 'kind', 'pattern', 'parts', 'either'],
    properties: {
      title: {
        type: 'string',
        description: 'a name; at least this many characters: 1; at most this many characters: 80',
      },
      count: { type: 'integer', description: 'not below: 2' },
      kind: { enum: ['a', 'b'] },
      pattern: { anyOf: [{ type: 'string' }, { type: 'null' }] },
      parts: { items: { properties: { maxLength: { type: 'number' } } } },
      either: { anyOf: [{ additionalProperties: false }, { additionalProperties: false }] },
    },
  })
  expect(JSON.stringify(wire)).not.toMatch(/"(?:minLength|maxItems|minimum|oneOf|\$schema)":/)
})

it.each([
  ['optional properties', z.object({ a: z.string().optional() }), 'nullable: a'],
  ['defaults', z.object({ inner: z.object({ a: z.string().default('') }) }), 'nullable: a'],
  ['maps', z.object({ a: z.record(z.string(), z.string()) }), 'not maps'],
  ['a list on top', z.array(z.string()), 'object on top'],
])('turns down %s, which strict output does not take', (_what, schema, why) => {
  expect(() => toWireSchema(schema)).toThrow(why)
})
