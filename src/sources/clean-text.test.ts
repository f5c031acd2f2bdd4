import { expect, test } from 'vitest'
import { cleanText } from './clean-text.ts'

test('removes control characters and invisible code points and keeps the words', () => {
  const hidden = String.fromCodePoint(0xe0041, 0xe007f, 0xfe0f, 0x200b, 0x200d, 0x2060, 0xfeff)
  expect(cleanText(`bo${hidden}ok\u0000 a\u001b[31m cl\u009fass`)).toBe('book a[31m class')
})

test.each([
  ['tags', 0xe0000, 0xe007f],
  ['variation selectors', 0xfe00, 0xfe0f],
  ['more variation selectors, which can carry any bytes', 0xe0100, 0xe01ef],
  ['zero width space, joiners and direction marks', 0x200b, 0x200f],
  ['embeddings and overrides of direction', 0x202a, 0x202e],
  ['word joiner, invisible operators and isolates', 0x2060, 0x206f],
  ['the Arabic letter mark', 0x061c, 0x061c],
  ['the soft hyphen', 0xad, 0xad],
  ['the Hangul fillers', 0x115f, 0x1160],
])('removes %s', (_, from, to) => {
  const all = Array.from({ length: to - from + 1 }, (_, at) => String.fromCodePoint(from + at))
  expect(cleanText(all.join('x'))).toBe('x'.repeat(to - from))
})

test('keeps the letters of every script and whole emoji', () => {
  const text = 'Grüße, Привет, 你好, こんにちは, مرحبا, 한국어, हिन्दी 🙂'
  expect(cleanText(text)).toBe(text)
})

test('keeps tabs and writes every line end as a line feed', () => {
  expect(cleanText('a\tb\r\nc\rd\u2028e\u0085f')).toBe('a\tb\nc\nd\ne\nf')
})

test('replaces lone surrogates, which no database takes', () => {
  expect(cleanText('a\ud800b').isWellFormed()).toBe(true)
})

test('writes a letter with its marks as one, as models and search do, and stays as it is then', () => {
  const text = 'Café-Menü, Ångström, Việt'
  const hidden = 'Cafe\u200b\u0301'
  expect(cleanText(text.normalize('NFD'))).toBe(text.normalize('NFC'))
  expect(cleanText(hidden)).toBe('Café'.normalize('NFC'))
  expect(cleanText(cleanText(hidden))).toBe(cleanText(hidden))
})
