import fc from 'fast-check'
import { expect, it } from 'vitest'
import { citationFault, turnsById } from '../../domain/citation.ts'
import type { Turn } from '../../domain/turn.ts'
import { checkQuotes } from './quotes.ts'

function found(text: string, quote: string): string | undefined {
  const turn: Turn = { id: 't1', speaker: 'client', role: 'client', text }
  const { found: all } = checkQuotes([{ turn: 't1', quote, english: null }], turnsById([turn]))
  const faults = all.map((one) => citationFault(one, turnsById([turn])))
  expect(faults.filter((fault) => fault !== undefined)).toEqual([])
  return all[0]?.quote
}

const menu = 'Wir brauchen ein Café-Menü für Gäste.'

it.each([
  [menu.normalize('NFD'), 'ein Café-Menü für Gäste', 'ein Café-Menü für Gäste'.normalize('NFD')],
  [menu, 'ein Café-Menü für Gäste'.normalize('NFD'), 'ein Café-Menü für Gäste'],
  ['We need it… well, a list.', 'We need it... well', 'We need it… well'],
  ['We need the ﬁle export.', 'the file export', 'the ﬁle export'],
  ['We book ＡＢＣ　rooms.', 'book ABC rooms', 'book ＡＢＣ　rooms'],
  ['We need 😀 reactions.', 'need 😀 reactions', 'need 😀 reactions'],
])('gives the letters of the turn for another form of them: %s', (text, quote, own) => {
  expect(found(text, quote)).toBe(own)
})

it.each([
  ['We need 😀 reactions.', 'We need \ud83d reactions'],
  ['We need a résumé upload.', 'We need a resume upload'],
  ['We need a list.', '…'],
  ['We need a list.', '\u0301'],
])('finds nothing that was not said: %s, %s', (text, quote) => {
  expect(found(text, quote)).toBeUndefined()
})

it('gives only words that stand in the turn, and finds every passage of two words in any form', () => {
  const words = fc.array(fc.stringMatching(/^[a-zé…ﬁü😀'-]{2,6}$/u), { minLength: 2, maxLength: 8 })
  fc.assert(
    fc.property(words, fc.constantFrom('NFC', 'NFD', 'NFKC', 'NFKD'), (said, form) => {
      const text = said.join(' ')
      expect(found(text, text.normalize(form).toUpperCase().toLowerCase())).toBeDefined()
    }),
  )
  fc.assert(
    fc.property(fc.string(), fc.string(), (text, quote) => {
      expect(text).toContain(found(text, quote) ?? '')
    }),
  )
})
