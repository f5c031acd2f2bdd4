import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addTokens, estimateTokens } from './tokens.ts'

// Common English words and stops are a token each, whatever the tokenizer.
it.each([
  ['hello world', 2],
  ['We need an app where members can book rooms.', 10],
])('takes in what a tokenizer counts: %s', (text, tokens) => {
  const { low, high } = estimateTokens(text)
  expect(low).toBeLessThanOrEqual(tokens)
  expect(high).toBeGreaterThanOrEqual(tokens)
})

it('grows with the text and adds up', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
      const [one, both] = [estimateTokens(a), estimateTokens(a + b)]
      expect(one.low).toBeLessThanOrEqual(one.high)
      expect(both.low).toBeGreaterThanOrEqual(one.low)
      expect(both.high).toBeGreaterThanOrEqual(one.high)
      expect(addTokens(one, estimateTokens(b)).high).toBeGreaterThanOrEqual(both.high)
    }),
  )
  expect(estimateTokens('')).toEqual({ low: 0, high: 0 })
})
