import { describe, expect, it } from 'vitest'
import { userSpeaker } from '../../domain/turn.ts'
import { turnsOf } from '../testing/expected-talk.ts'
import { createOfflineAnalyst } from './analyst.ts'

// The tagger is dear to load, and the same for all.
const analyst = createOfflineAnalyst()

const pairs = [
  ['At most 10 books per member.', 'No, actually at most 5 books per member.'],
  ['The system sends reminders by email.', 'Actually no, the system sends reminders by SMS.'],
  ['The system sends reminders by email.', 'No, please send reminders by text message instead.'],
] as const

describe('a client who takes back', () => {
  it.each(pairs)('their own words has changed their mind: %s %s', async (first, second) => {
    const { items, ledger, contradictions } = await analyst.analyse({
      turns: turnsOf([`C: ${first}`, `C: ${second}`]),
    })
    expect(items.filter(({ kind }) => kind !== 'user')).toHaveLength(1)
    expect(ledger[0]).toEqual({ turn: 't1', outcome: 'superseded', by: 't2' })
    expect(contradictions).toEqual([])
  })

  it.each(pairs)('what another one said disagrees with them: %s %s', async (first, second) => {
    const { items, ledger, contradictions } = await analyst.analyse({
      turns: turnsOf([`C: ${first}`, `D: ${second}`]),
    })
    expect(items.filter(({ kind }) => kind !== 'user')).toHaveLength(2)
    expect(ledger.map(({ outcome }) => outcome)).toEqual(['used', 'used'])
    expect(contradictions).toMatchObject([{ citations: [{ turn: 't1' }, { turn: 't2' }] }])
  })

  it('what a client said decides it, where it is a user who answers after the talk', async () => {
    const [first, second] = pairs[0]
    const [said, answer] = turnsOf([`C: ${first}`, `D: ${second}`])
    const speaker = userSpeaker('0a0a0a0a-0000-4000-8000-000000000001')
    const turns = said && answer ? [said, { ...answer, speaker }] : []
    const { ledger, contradictions } = await analyst.analyse({ turns })
    expect(ledger[0]).toEqual({ turn: 't1', outcome: 'superseded', by: 't2' })
    expect(contradictions).toEqual([])
  })
})

describe('an answer that leaves it to the agent', () => {
  const offered = 'A: Shall customers collect points with every order?'

  it.each([
    'Yeah, I guess.',
    'I guess so, yeah.',
    'Sure, if you think so.',
    'Hm, whatever you think.',
    'Up to you.',
  ])('is no yes: what was offered stays a question: %s', async (said) => {
    const { items, openQuestions } = await analyst.analyse({
      turns: turnsOf(['C: We need a shop.', offered, `C: ${said}`]),
    })
    expect(items.filter(({ statement }) => statement.includes('points'))).toEqual([])
    expect(openQuestions).toMatchObject([
      { question: 'Shall customers collect points with every order?' },
    ])
  })

  it('is a yes where they agree', async () => {
    const { items } = await analyst.analyse({
      turns: turnsOf(['C: We need a shop.', offered, "C: Yes, let's do that."]),
    })
    expect(items.some(({ statement }) => statement.includes('points'))).toBe(true)
  })
})
