import { expect, it } from 'vitest'
import { defaultSlots, parseBusy, parseLimits, parseSlots } from './capacity.ts'

it('reads slots and keeps the default of a stage that is not named', () => {
  expect(parseSlots('analyse=8, build=0')).toEqual({ ...defaultSlots, analyse: 8, build: 0 })
  expect(parseSlots('')).toEqual(defaultSlots)
})

it('tells the limits of stages from those of providers', () => {
  expect(parseLimits('analyse=20 openai=30')).toEqual({
    stages: { analyse: 20 },
    providers: { openai: 30 },
  })
})

it.each(['analyse', 'analyse=-1', 'analyse=many', '=4', 'analyse=99999', 'a b=1'])(
  'refuses "%s" and says how it is written',
  (text) => {
    expect(() => parseSlots(text)).toThrow(/must be a name/)
  },
)

it('reads from where on the queue is busy', () => {
  expect(parseBusy('depth=50')).toEqual({ depth: 50, age: 300 })
  expect(parseBusy('age=60, depth=0')).toEqual({ depth: 0, age: 60 })
  expect(() => parseBusy('length=3')).toThrow(/none of depth and age/)
})

it('refuses slots of a stage that there is not, and a limit that would stop everything', () => {
  expect(() => parseSlots('openai=3')).toThrow(/is no stage/)
  expect(() => parseLimits('openai=0')).toThrow(/stop it for good/)
})
