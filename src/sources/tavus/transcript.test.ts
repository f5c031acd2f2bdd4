import { expect, test } from 'vitest'
import { spokenEntries } from './transcript.ts'

const startsOf = (entries: unknown[]) => spokenEntries(entries).map(({ start }) => start)

test('prefers the seconds from the start that Tavus gives', () => {
  expect(
    startsOf([{ role: 'user', content: 'a', seconds_from_start: 4.2, timestamp: 99 }]),
  ).toEqual([4.2])
})

test('measures from the first time, written as text or as epoch seconds', () => {
  expect(
    startsOf([
      { role: 'system', content: 'prompt', timestamp: '2026-03-10T14:00:00.000000Z' },
      { role: 'user', content: 'a', timestamp: '2026-03-10T14:00:02.500000Z' },
      { role: 'assistant', content: 'b', timestamp: 1773151205.25 },
      { role: 'user', content: 'c', timestamp: 1773151206250 },
      { role: 'user', content: 'd', timestamp: '2026-03-10 14:00:07' },
      { role: 'user', content: 'e', timestamp: 'later' },
    ]),
  ).toEqual([2.5, 5.25, 6.25, 7, undefined])
})

test('counts from the start of the talk when only some turns give their seconds', () => {
  expect(
    startsOf([
      { role: 'user', content: 'a', timestamp: 1773151210, seconds_from_start: 10 },
      { role: 'user', content: 'b', timestamp: 1773151215 },
    ]),
  ).toEqual([10, 15])
})

test('reads content that comes in parts and passes over content that is none', () => {
  const entries = [
    {
      role: 'user',
      content: [{ type: 'text', text: 'one' }, { type: 'image' }, { type: 'text', text: 'two' }],
    },
    { role: 'user', content: null },
    { role: 'user' },
    { role: 'user', content: { text: 'no' } },
    'user: no',
    null,
  ]
  expect(spokenEntries(entries).map(({ text }) => text)).toEqual(['one\ntwo', '', '', ''])
})
