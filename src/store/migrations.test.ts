import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'

it('gives every migration a number of its own, as Supabase keeps them by their numbers', () => {
  const names = readdirSync(new URL('../../supabase/migrations/', import.meta.url))
  const numbers = names.map((name) => name.slice(0, 14))
  expect(numbers.filter((number, index) => numbers.indexOf(number) !== index)).toEqual([])
})
