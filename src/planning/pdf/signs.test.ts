import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { openSigns } from './signs.ts'

const font = (file: string) => fileURLToPath(import.meta.resolve(`dejavu-fonts-ttf/ttf/${file}`))
const open = () =>
  openSigns({ plain: font('DejaVuSans.ttf'), mono: font('DejaVuSansMono.ttf') }, 'plain')

it('keeps what a typeface has, and borrows what the plain one has', () => {
  const signs = open()
  expect(signs.pieces('a → Ω', 'mono')).toEqual([{ text: 'a → Ω', face: 'mono' }])
  expect(signs.pieces('x😀y', 'mono')).toEqual([
    { text: 'x', face: 'mono' },
    { text: '😀', face: 'plain' },
    { text: 'y', face: 'mono' },
  ])
  expect(signs.replaced()).toBe(false)
})

it('writes the number of a sign that none of them has, and remembers it', () => {
  const signs = open()
  expect(signs.written('日 and 𝕏 and a')).toMatch(/^\[U\+65E5\] and .+ and a$/)
  expect(signs.replaced()).toBe(true)
})
