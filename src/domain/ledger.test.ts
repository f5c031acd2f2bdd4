import { describe, expect, it } from 'vitest'
import type { Need } from './brief.ts'
import { coverageOf, ledgerOf, withNeeds } from './ledger.ts'

const words = (turn: string, quote: string) => ({ turn, quote })

describe('the ledger of turns', () => {
  it('sums up what became of the words of each turn, in the order of the talk, the use last', () => {
    const needs: Need[] = [
      { ...words('t10', 'no ads'), outcome: 'missed', items: ['O2'] },
      { ...words('t2', 'book a court'), outcome: 'used', items: ['R1', 'U1'] },
      { ...words('t2', 'cancel it'), outcome: 'used', items: ['R2', 'U1'] },
      { ...words('t2', 'at most ten'), outcome: 'superseded', by: 't10' },
      { ...words('t2', 'maybe pay'), outcome: 'open', items: ['O1'] },
      { ...words('t2', 'we call them'), outcome: 'rejected', reason: 'Done today.' },
    ]
    expect(ledgerOf(needs)).toEqual([
      { turn: 't2', outcome: 'rejected', reason: 'Done today.' },
      { turn: 't2', outcome: 'superseded', by: 't10' },
      { turn: 't2', outcome: 'open', items: ['O1'] },
      { turn: 't2', outcome: 'used', items: ['R1', 'U1', 'R2'] },
      { turn: 't10', outcome: 'open', items: ['O2'] },
    ])
  })

  it('has no entry for a turn of which nothing was made and nobody asks', () => {
    expect(ledgerOf([{ ...words('t1', 'no ads'), outcome: 'missed', items: [] }])).toEqual([])
  })
})

describe('coverage', () => {
  it('is the share of words that are not missed, asked about or not', () => {
    const used: Need = { ...words('t1', 'a'), outcome: 'used', items: ['R1'] }
    const needs: Need[] = [
      used,
      { ...words('t1', 'a'), outcome: 'superseded', by: 't2' },
      { ...words('t1', 'b'), outcome: 'missed', items: ['O1'] },
      { ...words('t2', 'b'), outcome: 'missed', items: [] },
      { ...words('t2', 'c'), outcome: 'open', items: ['O1'] },
    ]
    expect(coverageOf(needs)).toBe(0.5)
    expect(withNeeds([used])).toMatchObject({ coverage: 1, needs: [used] })
  })

  it('is whole where there is nothing to cover', () => {
    expect(coverageOf([])).toBe(1)
  })
})
