import { expect, it } from 'vitest'
import { type BudgetStanding, budgetState, checkBudgets, monthStart, mustWarn } from './budget.ts'
import { noCost } from './money.ts'

const at = new Date('2026-11-30T23:59:59.999Z')

function standing(limit: number, micros: number, more: Partial<BudgetStanding> = {}) {
  const spent = { ...noCost, micros }
  return { scope: 'workspace', limit, spent, warnedFor: null, ...more } as const
}

it.each([
  [100, 79, 'ok'],
  [100, 80, 'warned'],
  [100, 99, 'warned'],
  [100, 100, 'exceeded'],
  [100, 101, 'exceeded'],
  [0, 0, 'exceeded'],
] as const)('of %d with %d spent it is %s', (limit, micros, state) => {
  expect(budgetState(standing(limit, micros))).toBe(state)
})

it('warns once in a period', () => {
  expect(mustWarn(standing(100, 79), at)).toBe(false)
  expect(mustWarn(standing(100, 80), at)).toBe(true)
  expect(mustWarn(standing(100, 80, { warnedFor: '2026-11' }), at)).toBe(false)
  expect(mustWarn(standing(100, 80, { warnedFor: '2026-10' }), at)).toBe(true)
  expect(mustWarn(standing(100, 99, { scope: 'project', warnedFor: 'project' }), at)).toBe(false)
  expect(monthStart(at)).toBe('2026-11-01')
})

const call = { model: 'openai/gpt-5.2', range: { low: 1, high: 20 } }

it('lets through what fits also when it costs as much as it may', () => {
  expect(() => checkBudgets([], { ...call, range: null })).not.toThrow()
  expect(() => checkBudgets([standing(100, 80)], call)).not.toThrow()
  expect(() => checkBudgets([standing(100, 81)], call)).toThrow('next call')
  expect(() => checkBudgets([standing(100, 0), standing(10, 0)], call)).toThrow('next call')
})

it('says how much is left, of what, and what to do', () => {
  const project = standing(1_000_000, 970_000, { scope: 'project' })
  expect(() => checkBudgets([project], { ...call, range: { low: 1, high: 120_000 } })).toThrow(
    "The project's budget of $1.00 has $0.03 left, and the next call of openai/gpt-5.2 may cost up to $0.12. Raise the budget, then retry from this stage.",
  )
})

it('makes no call of unknown price where there is a budget to keep', () => {
  expect(() => checkBudgets([standing(100, 0)], { ...call, range: null })).toThrow(
    'TALKWRIGHT_PRICES',
  )
})

it('counts what calls of unknown cost may have cost', () => {
  const spent = { ...noCost, micros: 60, unknownCalls: 2, unknownMicros: 30 }
  expect(budgetState({ limit: 100, spent })).toBe('warned')
  expect(budgetState({ limit: 90, spent })).toBe('exceeded')
  expect(() => checkBudgets([standing(110, 60, { spent })], call)).not.toThrow()
  expect(() => checkBudgets([standing(109, 60, { spent })], call)).toThrow(
    'has $0.000019 left (beside $0.00003 that calls of unknown cost may have taken)',
  )
})
