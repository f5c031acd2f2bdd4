import { describe, expect, it } from 'vitest'
import type { BudgetView } from '../../../src/http/usage-views.ts'
import { costWords, leftWords } from './usage-words.ts'

const sum = { calls: 3, costUsd: '1.25', unknownCalls: 0, unknownUsd: '0.00' }

describe('what calls cost, in words', () => {
  it('is the sum where all of it is known', () => {
    expect(costWords(sum)).toBe('$1.25')
  })

  it('is unknown, and never nothing, where nobody knows', () => {
    expect(costWords({ calls: 2, costUsd: null, unknownCalls: 2, unknownUsd: null })).toBe(
      'unknown',
    )
    expect(costWords({ calls: 2, costUsd: null, unknownCalls: 2, unknownUsd: '0.5' })).toBe(
      'unknown, at most $0.50',
    )
  })

  it('names the calls that are not in the sum', () => {
    expect(costWords({ ...sum, unknownCalls: 1, unknownUsd: null })).toBe(
      '$1.25 and 1 call of unknown cost',
    )
  })

  it('says so when no model was called', () => {
    expect(costWords({ ...sum, calls: 0, costUsd: '0.00' })).toBe('nothing: no model was called')
  })
})

it('names the budget that runs out first', () => {
  const budget = (scope: BudgetView['scope'], leftUsd: string | null): BudgetView => ({
    scope,
    period: 'project',
    limitUsd: leftUsd === null ? null : '10.00',
    spentUsd: '1.00',
    unknownCalls: 0,
    unknownUsd: '0.00',
    leftUsd,
    state: 'ok',
  })
  expect(leftWords([budget('project', null), budget('workspace', null)])).toBe('')
  expect(leftWords([budget('project', '9.00'), budget('workspace', '2.50')])).toBe(
    '; $2.50 left of the workspace’s $10.00',
  )
})
