import { expect, it } from 'vitest'
import { givenTitle } from './given-title.ts'

it.each([
  ['Yoga studio booking'],
  ['Meeting room planner'],
  ['Call centre'],
  ['Wartungsbuch'],
  ['Die Übergabe'],
])('takes “%s” for the name of the software', (title) => {
  expect(givenTitle(`  ${title} `)).toBe(title)
})

it.each([
  ['Call with Anna, take 2'],
  ['Interview 3'],
  ['Discovery call'],
  ['Follow-up about the shop'],
  ['Meeting notes'],
  ['recording-2026-03-01.vtt'],
  ['03.01.2026 10:30'],
  ['Can you build an app?'],
  ['So what we want is something for the bees'],
  ['  '],
  [undefined],
])('names no software after “%s”', (title) => {
  expect(givenTitle(title)).toBe('Untitled Software')
})
