import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimateBuild } from './build-estimate.ts'

const tasks = { required: 10, optional: 2 }
const usd = (amount: number, of: number) => ({ cost: { amount, currency: 'USD' }, tasks: of })
const rate = { low: 0.1, high: 0.5, currency: 'USD' }

describe('what building a plan will probably cost', () => {
  it('is what earlier builds took for a task, times the tasks', () => {
    const earlier = [usd(4, 10), usd(1, 10), usd(6, 20)]
    expect(estimateBuild({ rate, earlier }, tasks)).toEqual({
      basis: 'earlier_builds',
      builds: 3,
      middle: 3,
      cost: { low: 1, high: 4, currency: 'USD' },
      withOptional: { low: 1.2, high: 4.8, currency: 'USD' },
    })
  })

  it('goes by the currency of the newest build', () => {
    const credits = { cost: { amount: 30, currency: 'credits' }, tasks: 10 }
    expect(estimateBuild({ rate: undefined, earlier: [credits, usd(4, 10)] }, tasks)).toMatchObject(
      { builds: 1, cost: { low: 30, high: 30, currency: 'credits' } },
    )
  })

  it('is by the stated rate before there is a build, free where that is 0, else unknown', () => {
    expect(estimateBuild({ rate, earlier: [usd(3, 0)] }, tasks)).toEqual({
      basis: 'stated_rate',
      cost: { low: 1, high: 5, currency: 'USD' },
      withOptional: { low: 1.2, high: 6, currency: 'USD' },
    })
    const free = { low: 0, high: 0, currency: 'USD' }
    expect(estimateBuild({ rate: free, earlier: [usd(4, 10)] }, tasks)).toEqual({ basis: 'free' })
    expect(estimateBuild({ rate: undefined, earlier: [usd(0, 10)] }, tasks)).toEqual({
      basis: 'free',
    })
    expect(estimateBuild({ rate: undefined, earlier: [] }, tasks)).toEqual({
      basis: 'unknown',
      why: 'nothing_known',
    })
  })

  it('holds every build that it rests on, and its middle', () => {
    const build = fc.record({
      cost: fc.record({ amount: fc.integer({ min: 1, max: 1_000 }), currency: fc.constant('USD') }),
      tasks: fc.integer({ min: 1, max: 50 }),
    })
    fc.assert(
      fc.property(fc.array(build, { minLength: 1, maxLength: 20 }), (earlier) => {
        const estimate = estimateBuild({ rate: undefined, earlier }, tasks)
        if (estimate.basis !== 'earlier_builds') throw new Error(estimate.basis)
        const { cost, middle, builds } = estimate
        expect(builds).toBe(earlier.length)
        expect(middle).toBeGreaterThanOrEqual(cost.low)
        expect(middle).toBeLessThanOrEqual(cost.high)
        const inside = earlier.filter((one) => {
          const price = (one.cost.amount / one.tasks) * tasks.required
          return price >= cost.low - 0.0001 && price <= cost.high + 0.0001
        })
        expect(inside).toHaveLength(earlier.length)
      }),
    )
  })
})
