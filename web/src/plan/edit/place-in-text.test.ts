import { expect, it } from 'vitest'
import { placeInText } from './place-in-text.ts'

it('finds lines and columns, and stays within the text', () => {
  expect(placeInText('ab\ncd\n', 1, 1)).toBe(0)
  expect(placeInText('ab\ncd\n', 2, 2)).toBe(4)
  expect(placeInText('ab\ncd\n', 2, 90)).toBe(5)
  expect(placeInText('ab\ncd\n', 90, 1)).toBe(6)
  expect(placeInText('', 1, 1)).toBe(0)
})
