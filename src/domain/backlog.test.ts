import fc from 'fast-check'
import { expect, it } from 'vitest'
import { backlogOf, expectedWait, type StageLoad } from './backlog.ts'

function load(of: Partial<StageLoad>): StageLoad {
  return { stage: 'analyse', ready: 0, oldestSeconds: 0, active: 0, perSecond: 0, ...of }
}

it('expects a wait by the rate at which jobs were finished lately', () => {
  expect(expectedWait(0, load({ perSecond: 1 }))).toBe(0)
  expect(expectedWait(1, load({ perSecond: 50 }))).toBe(1)
  expect(expectedWait(30, load({ perSecond: 0.9 }))).toBe(35)
  expect(expectedWait(1_000, load({ perSecond: 2 }))).toBe(540)
})

it('expects the wait of the oldest as long as nothing was finished', () => {
  expect(expectedWait(10, load({ oldestSeconds: 42 }))).toBe(45)
  expect(expectedWait(10, load({ oldestSeconds: 0 }))).toBe(1)
})

it('never expects less than nothing, more than a day or a shorter wait for a longer queue', () => {
  const amount = fc.nat({ max: 1_000_000 })
  fc.assert(
    fc.property(amount, amount, fc.double({ min: 0, max: 1e4, noNaN: true }), (a, b, perSecond) => {
      const of = load({ perSecond, oldestSeconds: 7 })
      const [less, more] = [Math.min(a, b), Math.max(a, b)].map((n) => expectedWait(n, of))
      expect(less).toBeLessThanOrEqual(more ?? -1)
      expect(more).toBeLessThanOrEqual(86_400)
      expect(Number.isInteger(less)).toBe(true)
    }),
  )
})

it('is busy above either threshold and not at it', () => {
  const busy = { depth: 10, age: 60 }
  const stages = (of: Partial<StageLoad>) => [load(of), load({ stage: 'plan', ready: 4 })]
  expect(backlogOf(stages({ ready: 6, oldestSeconds: 60 }), busy)).toMatchObject({
    state: 'ok',
    depth: 10,
    oldestSeconds: 60,
  })
  expect(backlogOf(stages({ ready: 7 }), busy).state).toBe('busy')
  expect(backlogOf(stages({ ready: 1, oldestSeconds: 61 }), busy).state).toBe('busy')
  expect(backlogOf([], busy)).toEqual({
    state: 'ok',
    depth: 0,
    oldestSeconds: 0,
    expectedWaitSeconds: 0,
  })
})
