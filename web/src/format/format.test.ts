import { describe, expect, it } from 'vitest'
import { count, percent } from './count.ts'
import { formatAge, formatClock, formatDuration, millisecondsBetween } from './time.ts'

describe('lengths of time', () => {
  it.each([
    [-5, '0.0 s'],
    [420, '0.4 s'],
    [9_949, '9.9 s'],
    [9_950, '10 s'],
    [59_499, '59 s'],
    [59_500, '1 min 00 s'],
    [65_000, '1 min 05 s'],
    [3_599_600, '1 h 00 min'],
    [7_380_000, '2 h 03 min'],
  ])('writes %i ms as %s', (ms, words) => {
    expect(formatDuration(ms)).toBe(words)
  })

  it.each([
    [7.9, '0:07'],
    [760, '12:40'],
    [3_723, '1:02:03'],
    [-1, '0:00'],
  ])('writes second %d as %s', (seconds, words) => {
    expect(formatClock(seconds)).toBe(words)
  })

  it('measures only between times that are there', () => {
    expect(millisecondsBetween('2026-01-01T00:00:00Z', '2026-01-01T00:00:02Z')).toBe(2_000)
    expect(millisecondsBetween(undefined, '2026-01-01T00:00:02Z')).toBeUndefined()
    expect(millisecondsBetween('soon', '2026-01-01T00:00:02Z')).toBeUndefined()
  })
})

describe('ages', () => {
  const now = Date.parse('2026-05-10T12:00:00Z')

  it.each([
    ['2026-05-10T11:59:30Z', 'just now'],
    ['2026-05-10T12:00:09Z', 'just now'],
    ['2026-05-10T11:55:00Z', '5 min ago'],
    ['2026-05-10T09:10:00Z', '3 h ago'],
    ['2026-05-09T11:00:00Z', 'yesterday'],
    ['2026-04-28T12:00:00Z', '12 days ago'],
    ['nonsense', ''],
  ])('says of %s %j', (at, words) => {
    expect(formatAge(at, now)).toBe(words)
  })
})

describe('numbers', () => {
  it('puts the noun in its form', () => {
    expect([count(1, 'task'), count(2, 'task'), count(0, 'entry', 'entries')]).toEqual([
      '1 task',
      '2 tasks',
      '0 entries',
    ])
  })

  it('calls only a full share a hundred per cent', () => {
    expect([percent(0.999), percent(1), percent(0)]).toEqual(['99 %', '100 %', '0 %'])
  })
})
