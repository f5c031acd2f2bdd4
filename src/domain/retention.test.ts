import { expect, it } from 'vitest'
import { cutoff, defaultRetention, deleteAfterSeconds, parseRetention } from './retention.ts'

it('keeps the defaults of what a policy does not name', () => {
  expect(parseRetention('')).toEqual(defaultRetention)
  expect(parseRetention('events=365d, inbox_bodies=72h jobs=never')).toEqual({
    ...defaultRetention,
    events: 365 * 86_400,
    inbox_bodies: 72 * 3_600,
    jobs: 'never',
  })
})

it.each(['events', 'events=', 'events=3', 'events=0h', 'events=-1d', 'events=1.5d', 'all=1d'])(
  'refuses %s and says what may stand there',
  (text) => {
    expect(() => parseRetention(text)).toThrow(/must be one of jobs, inbox_bodies/)
  },
)

it('refuses a name that objects have by themselves', () => {
  expect(() => parseRetention('constructor=1d')).toThrow(/must be one of/)
})

it('counts an age back from now and has no cutoff for what is kept for good', () => {
  const now = new Date('2030-01-02T00:00:00.000Z')
  expect(cutoff(86_400, now)).toEqual(new Date('2030-01-01T00:00:00.000Z'))
  expect(cutoff('never', now)).toBeUndefined()
})

it('tells the job engine never by its own word for it', () => {
  expect(deleteAfterSeconds(defaultRetention)).toBe(604_800)
  expect(deleteAfterSeconds({ ...defaultRetention, jobs: 'never' })).toBe(0)
})
