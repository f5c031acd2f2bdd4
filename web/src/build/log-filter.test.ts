import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LogLine } from '../live/live-project.ts'
import { linesThatFit, piecesAround, readLogFilter } from './log-filter.ts'

const line = (seq: number, kind: LogLine['kind'], text: string): LogLine => ({
  seq,
  at: '2026-01-01T00:00:00Z',
  kind,
  text,
})
const lines = [line(1, 'agent', 'I read'), line(2, 'test', '12 Passed'), line(3, 'file', 'a.js')]

describe('the filter of a log', () => {
  it('shows all when nothing is said', () => {
    expect(linesThatFit(lines, readLogFilter(new URLSearchParams()))).toBe(lines)
  })

  it('shows the kinds that are named and the text that is looked for', () => {
    const seqs = (search: string) =>
      linesThatFit(lines, readLogFilter(new URLSearchParams(search))).map(({ seq }) => seq)
    expect(seqs('log=agent,file')).toEqual([1, 3])
    expect(seqs('find=passed')).toEqual([2])
    expect(seqs('log=agent&find=passed')).toEqual([])
    expect(seqs('log=nothing')).toEqual([1, 2, 3])
  })

  it('marks each place in whatever case', () => {
    expect(piecesAround('Ab ab', 'AB')).toEqual(['', 'Ab', ' ', 'ab', ''])
    expect(piecesAround('İx', 'x')).toEqual(['İx'])
  })

  it('loses no letter of a text', () => {
    const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[ab]*$/))
    fc.assert(
      fc.property(text, text, (whole, looked) => {
        expect(piecesAround(whole, looked).join('')).toBe(whole)
      }),
    )
  })
})
