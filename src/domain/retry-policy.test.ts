import fc from 'fast-check'
import { expect, it } from 'vitest'
import { AppError } from './errors.ts'
import { decideRetry, defaultRetryPolicy as policy } from './retry-policy.ts'

const passing = new AppError('busy', 'Busy.', { retryable: true })
const lasting = new AppError('refused', 'No.')
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const attempt = fc.integer({ min: 1, max: 50 })

function asking(seconds: number): AppError {
  return new AppError('busy', 'Busy.', {
    retryable: true,
    details: { retryAfterSeconds: seconds },
  })
}

it('gives up at once on an error that cannot pass', () => {
  fc.assert(
    fc.property(attempt, random, (number, r) => {
      expect(decideRetry(policy, lasting, number, r)).toEqual({ kind: 'give_up' })
    }),
  )
})

it('tries an error that may pass exactly as often as the policy says', () => {
  fc.assert(
    fc.property(attempt, random, (number, r) => {
      const { kind } = decideRetry(policy, passing, number, r)
      expect(kind).toBe(number < policy.attempts ? 'again' : 'give_up')
    }),
  )
})

it('waits longer each time, between half of the doubled wait and all of it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: policy.attempts - 1 }), random, (number, r) => {
      const verdict = decideRetry(policy, passing, number, r)
      const ceiling = Math.min(policy.maxSeconds, policy.baseSeconds * 2 ** (number - 1))
      if (verdict.kind !== 'again') throw new Error('It must be tried again.')
      expect(verdict.afterSeconds).toBeGreaterThanOrEqual(ceiling / 2)
      expect(verdict.afterSeconds).toBeLessThanOrEqual(ceiling)
    }),
  )
})

it('never comes back before a Retry-After that is within the limit', () => {
  const asked = fc.double({ min: 0, max: 1e9, noNaN: true })
  fc.assert(
    fc.property(asked, random, (seconds, r) => {
      const verdict = decideRetry(policy, asking(seconds), 1, r)
      if (verdict.kind !== 'again') throw new Error('It must be tried again.')
      const floor = Math.min(seconds, policy.maxRetryAfterSeconds)
      expect(verdict.afterSeconds).toBeGreaterThanOrEqual(floor)
      expect(verdict.afterSeconds).toBeLessThanOrEqual(floor + policy.baseSeconds)
    }),
  )
})

it('takes a Retry-After that is no number of seconds for none', () => {
  for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, 'soon', null]) {
    const error = new AppError('busy', 'Busy.', {
      retryable: true,
      details: { retryAfterSeconds: wrong },
    })
    expect(error.retryAfterSeconds).toBeUndefined()
  }
})
