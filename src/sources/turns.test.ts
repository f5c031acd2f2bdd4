import { expect, test } from 'vitest'
import { invalidInput } from '../domain/errors.ts'
import { Turn } from '../domain/turn.ts'
import { numberTurns, type Utterance } from './turns.ts'

const tooLarge = (message: string) => invalidInput('too_large', message)
const said = (text: string, more: Partial<Utterance> = {}): Utterance => ({
  speaker: 'Client',
  role: 'client',
  text,
  ...more,
})

test('numbers what has words and leaves the rest out', () => {
  const turns = numberTurns([said(' a '), said('\u200b \n'), said('b')], tooLarge)
  expect(turns.map(({ id, text }) => [id, text])).toEqual([
    ['t1', 'a'],
    ['t2', 'b'],
  ])
})

test('gives turns that the domain takes, whatever the speaker and the start are', () => {
  const turns = numberTurns(
    [
      said('a', { speaker: '😀'.repeat(300), start: -5 }),
      said('b', { start: Number.NaN }),
      said('c', { start: 1.23456 }),
      said('d', { start: Number.MAX_VALUE }),
    ],
    tooLarge,
  )
  expect(turns.every((turn) => Turn.safeParse(turn).success)).toBe(true)
  expect(turns.map(({ start }) => start)).toEqual([0, undefined, 1.235, undefined])
})

test('refuses more turns or longer turns than can be kept whole', () => {
  const many = Array.from({ length: 20_001 }, () => said('a'))
  expect(() => numberTurns(many, tooLarge)).toThrow('more than 20000 turns')
  expect(numberTurns(many.slice(1), tooLarge)).toHaveLength(20_000)
  expect(() => numberTurns([said('a'.repeat(100_001))], tooLarge)).toThrow('100000 characters')
})
