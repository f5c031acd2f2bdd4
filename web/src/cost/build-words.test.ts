import { describe, expect, it } from 'vitest'
import { buildCostWords, buildEstimateWords } from './build-words.ts'

const tasks = { required: 12, optional: 0 }
const usd = (low: number, high: number) => ({ low, high, currency: 'USD' })

describe('what a build will probably cost, in words', () => {
  it('says what it rests on', () => {
    const priced = { agent: 'claude', cost: usd(1.2, 3.4), withOptional: usd(1.3, 3.68) }
    const onBuilds = { basis: 'earlier_builds', builds: 4, middle: 2, ...priced } as const
    expect(buildEstimateWords(onBuilds, tasks)).toBe(
      '$1.20 to $3.40 for 12 tasks by claude; from 4 completed builds in this workspace, most likely $2.00',
    )
    expect(buildEstimateWords({ ...onBuilds, builds: 1 }, { required: 12, optional: 1 })).toBe(
      '$1.20 to $3.40 for 12 tasks by claude; with 1 optional, $1.30 to $3.68; from 1 completed build in this workspace',
    )
    expect(buildEstimateWords({ basis: 'stated_rate', ...priced }, tasks)).toContain('by the rate')
  })

  it('is nothing where nothing is charged, and says why', () => {
    const free = { basis: 'free', agent: 'scaffolder' } as const
    expect(buildEstimateWords(free, tasks)).toBe('nothing: the built-in builder uses no model')
    expect(buildEstimateWords({ ...free, agent: 'mine' }, tasks)).toBe(
      'nothing: mine charges nothing',
    )
  })

  it('is unknown, and says why, where nobody knows', () => {
    const unknown = { basis: 'unknown', agent: 'kiro', why: 'nothing_known' } as const
    expect(buildEstimateWords(unknown, tasks)).toBe(
      'unknown: no completed build by kiro here has told its cost, and no rate is set for it',
    )
    expect(buildEstimateWords({ ...unknown, agent: null, why: 'unreachable' }, tasks)).toBe(
      'unknown: no builder answers at the moment',
    )
  })
})

describe('what a build cost, in words', () => {
  const build = { agent: 'scaffolder', progress: null, finishedAt: '2026-11-28T12:00:00Z' }
  const told = (amount: number) => ({ done: 1, total: 1, cost: { amount, currency: 'USD' } })

  it('is nothing by the built-in builder, and never unknown as nothing', () => {
    expect(buildCostWords({ ...build, progress: told(0) })).toContain('uses no model')
    expect(buildCostWords({ ...build, agent: 'claude', progress: told(0.5) })).toBe('$0.50')
    expect(buildCostWords({ ...build, agent: 'claude' })).toBe('unknown: claude did not tell')
    expect(buildCostWords({ ...build, finishedAt: null })).toBe('not told yet')
  })
})
