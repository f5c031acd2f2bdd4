import fc from 'fast-check'
import { expect, it } from 'vitest'
import { extractJson } from './extract-json.ts'

it.each([
  '{"a":[1,"}"]}',
  ' \n{"a":[1,"}"]}\n',
  '```json\n{"a":[1,"}"]}\n```',
  'Here you are: {"a":[1,"}"]} I hope that helps {:',
  '<think>Maybe {"a":2}?</think>\n{"a":[1,"}"]}',
  'Of {all} things, {"a":[1,"}"]}',
])('finds the object in %j', (text) => {
  expect(extractJson(text)).toEqual({ value: { a: [1, '}'] } })
})

it.each(['', 'No.', '{"a":', '{{{{', 'null and void', '<think>{"a":1}'.slice(0, 12)])(
  'finds none in %j',
  (text) => {
    expect(extractJson(text)).toBeUndefined()
  },
)

it('finds any object between lines of prose', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const text = JSON.stringify(value)
      expect(extractJson(`Sure!\n${text}\nDone.`)).toEqual({ value: JSON.parse(text) })
    }),
  )
})

it('ends on a text of nothing but brackets', () => {
  expect(extractJson('{['.repeat(500_000))).toBeUndefined()
})
