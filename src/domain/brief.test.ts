import { describe, expect, it } from 'vitest'
import { Brief } from './brief.ts'

/** A brief as versions before needs stored it. */
const old = {
  title: 'Library Loans',
  feature: 'library-loans',
  summary: '',
  language: { code: 'en', supported: true },
  items: [],
  entities: [],
  openQuestions: [],
  contradictions: [],
  ledger: [{ turn: 't2', outcome: 'rejected', reason: 'Tells how things are done today.' }],
  coverage: 1,
  faithfulness: 1,
  dropped: [],
  madeBy: { kind: 'offline', name: 'offline analyst' },
}

describe('a stored brief', () => {
  it('is read as it was, also without needs', () => {
    expect(Brief.parse(old)).toEqual(old)
  })

  it('has needs of five outcomes, and no other', () => {
    const words = { turn: 't2', quote: 'no ads' }
    const needs = [
      { ...words, outcome: 'used', items: ['X1'] },
      { ...words, outcome: 'superseded', by: 't4' },
      { ...words, outcome: 'rejected', reason: 'It addresses the machine.' },
      { ...words, outcome: 'open', items: ['O1'] },
      { ...words, outcome: 'missed', items: [] },
    ]
    expect(Brief.parse({ ...old, needs }).needs).toEqual(needs)
    const lost = { ...words, outcome: 'lost' }
    const unused = { ...words, outcome: 'used', items: [] }
    for (const wrong of [lost, unused])
      expect(Brief.safeParse({ ...old, needs: [wrong] }).success).toBe(false)
  })
})
