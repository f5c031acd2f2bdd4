import { describe, expect, it } from 'vitest'
import type { Brief, BriefItem, LedgerEntry } from '../domain/brief.ts'
import type { PlanDraft } from '../domain/plan.ts'
import { createOfflinePlanner } from '../planning/offline/planner.ts'
import { item, said, workshopBrief } from '../planning/testing/briefs.ts'
import { holdsOf } from './standing-approval.ts'

const planner = createOfflinePlanner()
const draft: PlanDraft = await planner.plan({ brief: workshopBrief(), specId: crypto.randomUUID() })

/** An item of these turns. */
function restingOn(id: string, statement: string, ...turns: string[]): BriefItem {
  const citations = turns.map((turn) => ({ turn, quote: 'words' }))
  return { ...item(id, 'requirement', statement), citations }
}

function briefOf(items: BriefItem[], ledger: LedgerEntry[]): Brief {
  return { ...workshopBrief(), items, ledger, contradictions: [] }
}

const used = (turn: string, ...items: string[]): LedgerEntry => ({ turn, outcome: 'used', items })
const takenBack = (turn: string, by: string): LedgerEntry => ({ turn, outcome: 'superseded', by })

const weekly = 'The system sends a weekly report.'
const monthly = 'The system sends a monthly report.'

describe('what was taken back', () => {
  it('is clear when what came instead is in the brief', () => {
    const items = [restingOn('R1', monthly, 't3', 't9')]
    const ledger = [used('t3', 'R1'), takenBack('t3', 't9'), used('t9', 'R1')]
    expect(holdsOf(briefOf(items, ledger), draft)).toEqual([])
  })

  it('is clear when it was taken back twice, and the last word is in the brief', () => {
    const items = [restingOn('R1', monthly, 't12')]
    const ledger = [takenBack('t3', 't9'), takenBack('t9', 't12'), used('t12', 'R1')]
    expect(holdsOf(briefOf(items, ledger), draft)).toEqual([])
  })

  it('is clear when the turn asked for something else besides', () => {
    const book = restingOn('R1', 'Members can book a room.', 't3')
    const cancel = restingOn('R3', 'Members can cancel a room.', 't9')
    const items = [
      { ...book, clause: said('member', 'book', 'room') },
      { ...cancel, clause: said('member', 'cancel', 'room') },
      restingOn('R2', monthly, 't9'),
    ]
    const ledger = [used('t3', 'R1'), takenBack('t3', 't9'), used('t9', 'R2', 'R3')]
    expect(holdsOf(briefOf(items, ledger), draft)).toEqual([])
  })

  it('waits for a person when nothing says what holds instead', () => {
    const [hold, ...others] = holdsOf(briefOf([], [takenBack('t3', 't9')]), draft)
    expect(hold?.code).toBe('unclear_change')
    expect(hold?.message).toContain('(t3)')
    expect(others).toEqual([])
  })

  it('waits for a person when it still stands beside what came instead', () => {
    const items = [restingOn('R1', weekly, 't3'), restingOn('R2', monthly, 't9')]
    const ledger = [used('t3', 'R1'), takenBack('t3', 't9'), used('t9', 'R2')]
    expect(holdsOf(briefOf(items, ledger), draft)).toMatchObject([{ code: 'unclear_change' }])
  })
})

it('waits for a person when nothing compared the parts of a long talk', () => {
  const parameters = { parts: 3, uncompared: 3 }
  const manifest = { tools: {}, prompts: [], models: [], parameters, repairs: 0 }
  const [hold, ...others] = holdsOf({ ...briefOf([], []), manifest }, draft)
  expect(hold?.code).toBe('not_compared')
  expect(hold?.message).toContain('3 parts')
  expect(others).toEqual([])
})

it('names every reason, and no more of a long list than can be read', () => {
  const contradictions = Array.from({ length: 13 }, (_, at) => ({
    id: `K${at + 1}`,
    statement: 'It is open, and it is closed.',
    citations: [
      { turn: 't1', quote: 'open' },
      { turn: 't2', quote: 'closed' },
    ],
  }))
  const trace = [{ ref: '1', items: [], citations: [], inferred: 'A guess.', tasks: [] }]
  const holds = holdsOf({ ...briefOf([], []), contradictions }, { ...draft, trace })
  expect(holds.map(({ code }) => code)).toEqual(['not_asked_for', 'contradiction'])
  expect(holds[1]?.message).toContain('K10 and 3 more')
})
