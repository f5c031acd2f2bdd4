import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { covers, parseHostRule } from './host-list.ts'

test.each([
  ['api.example.org', { host: 'api.example.org', port: 443, anyBelow: false }],
  ['API.Example.org:8443', { host: 'api.example.org', port: 8443, anyBelow: false }],
  ['*.example.org', { host: 'example.org', port: 443, anyBelow: true }],
  ['10.0.0.5:8000', { host: '10.0.0.5', port: 8000, anyBelow: false }],
  ['[::1]:8000', { host: '::1', port: 8000, anyBelow: false }],
])('reads %s', (text, rule) => {
  expect(parseHostRule(text)).toEqual(rule)
})

test.each(['', '*', '*.', 'https://example.org', 'a b', 'example.org:0', 'x:99999', '*.10.0.0.1'])(
  'refuses %j as a host',
  (text) => {
    expect(() => parseHostRule(text)).toThrow(/is no host/)
  },
)

test('a star covers the names below and not the name itself, nor one that ends alike', () => {
  const rule = parseHostRule('*.example.org')
  expect(covers(rule, 'a.example.org', 443)).toBe(true)
  expect(covers(rule, 'a.b.example.org', 443)).toBe(true)
  expect(covers(rule, 'example.org', 443)).toBe(false)
  expect(covers(rule, 'badexample.org', 443)).toBe(false)
  expect(covers(rule, 'a.example.org', 80)).toBe(false)
})

test('a rule without a star covers one host alone', () => {
  fc.assert(
    fc.property(fc.domain(), fc.domain(), (listed, asked) => {
      const rule = parseHostRule(listed)
      expect(covers(rule, asked, 443)).toBe(asked === listed)
    }),
  )
})
