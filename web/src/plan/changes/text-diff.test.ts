import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffTexts } from './text-diff.ts'

const textOf = (all: readonly string[]) => all.map((line) => `${line}\n`).join('')
const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 30 })

describe('the difference of two texts', () => {
  it('names the lines that went and came, with their numbers', () => {
    expect(diffTexts('a\nb\nc\n', 'a\nB\nc\n')).toEqual([
      [
        { kind: 'same', text: 'a', before: 1, after: 1 },
        { kind: 'removed', text: 'b', before: 2, after: undefined },
        { kind: 'added', text: 'B', before: undefined, after: 2 },
        { kind: 'same', text: 'c', before: 3, after: 3 },
      ],
    ])
  })

  it('is empty for equal texts', () => {
    expect(diffTexts('a\n', 'a\n')).toEqual([])
  })

  it('gives each line the place that it has in its text', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const hunks = diffTexts(textOf(before), textOf(after)) ?? []
        const inPlace = hunks
          .flat()
          .every(
            (line) =>
              (line.before === undefined || before[line.before - 1] === line.text) &&
              (line.after === undefined || after[line.after - 1] === line.text),
          )
        expect(inPlace).toBe(true)
        const gone = hunks.flat().filter(({ kind }) => kind === 'removed').length
        const come = hunks.flat().filter(({ kind }) => kind === 'added').length
        expect(before.length - gone + come).toBe(after.length)
      }),
    )
  })
})
