import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseConnections } from '../domain/connections.ts'
import { AppError } from '../domain/errors.ts'
import { createConnectionLimits } from './connection-limits.ts'

function attempt<T>(take: () => T): T | undefined {
  try {
    return take()
  } catch (error) {
    if (error instanceof AppError && error.code === 'too_many_connections') return undefined
    throw error
  }
}

describe('limits on live connections', () => {
  it('let as many in as have a place, whatever comes and goes', () => {
    const owner = fc.record({
      user: fc.constantFrom('ada', 'ben', undefined),
      address: fc.constantFrom('192.0.2.1', '192.0.2.2', undefined),
    })
    const step = fc.record({ owner, leaves: fc.boolean() })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const quota = { user: 3, address: 4 }
        const limits = createConnectionLimits(quota)
        const open: { owner: (typeof steps)[number]['owner']; giveBack: () => void }[] = []
        const count = (kind: 'user' | 'address', who: string | undefined) =>
          who === undefined ? -1 : open.filter((one) => one.owner[kind] === who).length
        for (const { owner, leaves } of steps) {
          if (leaves) {
            const gone = open.shift()
            gone?.giveBack()
            gone?.giveBack()
            continue
          }
          const fits =
            count('user', owner.user) < quota.user &&
            count('address', owner.address) < quota.address
          const taken = attempt(() => limits.take(owner))
          expect(taken === undefined).toBe(!fits)
          if (taken !== undefined) open.push({ owner, giveBack: taken })
        }
      }),
    )
  })

  it('are read from a setting, which may leave all of them out', () => {
    expect(parseConnections('user=2')).toMatchObject({ user: 2, address: 2_000 })
    expect(createConnectionLimits(parseConnections('off')).take({ user: 'ada' })()).toBeUndefined()
    expect(() => parseConnections('people=2')).toThrow('user=50')
  })
})
