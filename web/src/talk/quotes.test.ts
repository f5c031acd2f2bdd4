import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lightQuotes } from './quotes.ts'

describe('lighting quotes', () => {
  it('lights exactly the quoted letters', () => {
    expect(lightQuotes('We need it by May, please.', ['by May'])).toEqual([
      { text: 'We need it ', lit: false },
      { text: 'by May', lit: true },
      { text: ', please.', lit: false },
    ])
  })

  it('lights what two quotes share once', () => {
    expect(lightQuotes('one two three', ['one two', 'two three'])).toEqual([
      { text: 'one two three', lit: true },
    ])
  })

  it('lights nothing for a quote that does not stand there', () => {
    expect(lightQuotes('one', ['two', ''])).toEqual([{ text: 'one', lit: false }])
  })

  it('takes a quote letter for letter, not as a pattern', () => {
    expect(lightQuotes('a.b axb', ['.b'])).toContainEqual({ text: '.b', lit: true })
  })

  it('gives the text again, whatever is quoted', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', ' ') })
    fc.assert(
      fc.property(letters, fc.array(letters), (text, quotes) => {
        const stretches = lightQuotes(text, quotes)
        expect(stretches.map((stretch) => stretch.text).join('')).toBe(text)
        const lit = stretches.filter((stretch) => stretch.lit).map((stretch) => stretch.text)
        for (const quote of quotes) {
          const stands = quote !== '' && text.includes(quote)
          expect(!stands || lit.some((stretch) => stretch.includes(quote))).toBe(true)
        }
      }),
    )
  })
})
