import { expect, test } from 'vitest'
import { cleanText } from './clean-text.ts'

test('removes control characters and invisible code points and keeps the words', () => {
  const hidden = String.fromCodePoint(0xe0041, 0xe007f, 0xfe0f, 0x200b, 0x200d, 0x2060, 0xfeff)
  expect(cleanText(`bo${hidden}ok\u0000 a\u001b[31m cl\u009fass`)).toBe('book a[31m class')
})

test('keeps tabs and writes every line end as a line feed', () => {
  expect(cleanText('a\tb\r\nc\rd\u2028e\u0085f')).toBe('a\tb\nc\nd\ne\nf')
})

test('replaces lone surrogates, which no database takes', () => {
  expect(cleanText('a\ud800b').isWellFormed()).toBe(true)
})
