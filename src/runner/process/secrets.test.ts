import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMask, formsOf, maskAll, secretsOf } from './secrets.ts'

test('takes values of names that tell so for secrets, and passwords in addresses', () => {
  const env = {
    KIRO_API_KEY: 'abcdef123',
    LANG: 'en_GB.UTF-8',
    A_TOKEN: 'x',
    DATABASE_URL: 'postgres://user:p%40ssword@host/db',
    HOMEPAGE: 'https://example.org',
  }
  expect(secretsOf(env)).toEqual([
    { name: 'KIRO_API_KEY', value: 'abcdef123' },
    { name: 'DATABASE_URL', value: 'p@ssword' },
  ])
})

test('hides a secret in each of its forms, and makes no text longer', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 6, maxLength: 60 }), fc.string(), (value, around) => {
      const mask = createMask([{ name: 'A_KEY', value }])
      for (const form of formsOf({ name: 'A_KEY', value })) {
        const masked = mask(`${around}${form}${around}`)
        expect(masked.length).toBeLessThanOrEqual(around.length * 2 + form.length)
        expect('[secret]'.includes(value) || !masked.includes(value)).toBe(true)
      }
    }),
  )
})

test('hides secrets wherever a value holds texts', () => {
  const mask = createMask([{ name: 'A_KEY', value: 's3cret-value' }])
  const masked = maskAll({ a: ['s3cret-value'], b: { c: 'x s3cret-value' }, d: 1, e: null }, mask)
  expect(masked).toEqual({ a: ['[secret]'], b: { c: 'x [secret]' }, d: 1, e: null })
})
