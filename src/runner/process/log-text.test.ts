import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanLine, cleanLines, joinLines } from './log-text.ts'

test.each([
  ['\u001b[1;31mred\u001b[0m', 'red'],
  ['\u001b]8;;https://example.com\u0007link\u001b]8;;\u0007', 'link'],
  ['\u001b]0;a title\u001b\\text', 'text'],
  ['a\u0000b\u0008c\u009b31md', 'abc31md'],
  ['right\u202eto left', 'rightto left'],
  ['tab\tstays  ', 'tab\tstays'],
])('cleans %j', (dirty, clean) => {
  expect(cleanLine(dirty)).toBe(clean)
})

test('bounds a line and never cuts a character in half', () => {
  expect(cleanLine('😀'.repeat(4_000))).toHaveLength(4_000)
  expect(cleanLine('😀'.repeat(4_000)).isWellFormed()).toBe(true)
})

test('gives no control character whatever comes in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      for (const line of cleanLines(text))
        expect(line).not.toMatch(/[\u0000-\u0008\u000a-\u001f\u007f]/)
    }),
  )
})

test('joins chunks to the lines that they were cut from', () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { maxLength: 8 }),
      fc.array(fc.nat(6), { maxLength: 30 }),
      (lines, cuts) => {
        const joiner = joinLines()
        const found: string[] = []
        let rest = lines.map((line) => `${line}\n`).join('')
        for (const cut of cuts) {
          found.push(...joiner.push(rest.slice(0, cut)))
          rest = rest.slice(cut)
        }
        found.push(...joiner.push(rest), ...joiner.flush())
        expect(found).toEqual(lines)
      },
    ),
  )
})

test('does not hold an endless line', () => {
  const joiner = joinLines()
  expect(joiner.push('x'.repeat(9_000))).toHaveLength(1)
  expect(joiner.flush()).toEqual([])
})
