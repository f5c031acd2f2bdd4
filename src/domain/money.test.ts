import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addCosts, dollars, noCost, parseDollars, takenBy } from './money.ts'

it.each([
  ['25', 25_000_000],
  [' 0.075 ', 75_000],
  ['0.000001', 1],
  ['999999999.999999', 999_999_999_999_999],
])('reads %j', (text, micros) => {
  expect(parseDollars(text)).toBe(micros)
})

it.each(['', '$5', '-1', '1e3', '1,5', '.5', '1.', '0.0000001', '1000000000', 'NaN', '١'])(
  'takes %j for no amount',
  (text) => {
    expect(() => parseDollars(text)).toThrow('is no amount')
  },
)

it.each([
  [0, '0.00'],
  [25_000_000, '25.00'],
  [12_500, '0.0125'],
  [-1_500_000, '-1.50'],
])('writes %d millionths', (micros, text) => {
  expect(dollars(micros)).toBe(text)
})

it('reads what it writes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999_999_999 }), (micros) => {
      expect(parseDollars(dollars(micros))).toBe(micros)
    }),
  )
})

it('adds costs without rounding and counts the unknown ones', () => {
  const known = { ...noCost, micros: 100_000 }
  const unknown = { ...noCost, unknownCalls: 1, unknownMicros: 5 }
  const unpriced = { ...noCost, unknownCalls: 1, unpricedCalls: 1 }
  const sum = [known, unknown, known, unpriced].reduce(addCosts, noCost)
  expect(sum).toEqual({ micros: 200_000, unknownCalls: 2, unpricedCalls: 1, unknownMicros: 5 })
  expect(takenBy(sum)).toBe(200_005)
})
