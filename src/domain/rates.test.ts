import fc from 'fast-check'
import { expect, it } from 'vitest'
import { defaultRates, parseRates, rateKinds } from './rates.ts'

it('reads the rates that are named and keeps the others', () => {
  expect(parseRates('key=600, sign_in=5')).toEqual({ ...defaultRates, key: 600, sign_in: 5 })
  expect(parseRates('off')).toEqual({})
})

it.each(['key', 'key=', 'key=0', 'key=-1', 'keys=5', 'key=1.5', 'key=99999999', 'off key=1'])(
  'refuses %j and says what fits',
  (text) => {
    expect(() => parseRates(text)).toThrow(/must be one of key, user, address, sign_in/)
  },
)

it('reads back whatever it is given in its own form', () => {
  const rates = fc.record(
    Object.fromEntries(rateKinds.map((kind) => [kind, fc.integer({ min: 1, max: 9_999_999 })])),
  )
  fc.assert(
    fc.property(rates, (wanted) => {
      const text = Object.entries(wanted).map(([kind, count]) => `${kind}=${count}`)
      expect(parseRates(text.join(' '))).toEqual(wanted)
    }),
  )
})
