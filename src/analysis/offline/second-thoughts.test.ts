import { describe, expect, it } from 'vitest'
import { turnsOf } from '../testing/expected-talk.ts'
import { createOfflineAnalyst } from './analyst.ts'

const analyst = createOfflineAnalyst()

function briefOf(...lines: string[]) {
  return analyst.analyse({ turns: turnsOf(lines) })
}

async function saidOf(...lines: string[]): Promise<string[]> {
  const { items } = await briefOf(...lines)
  return items.filter(({ kind }) => kind !== 'user').map(({ statement }) => statement)
}

describe('what is said later', () => {
  it('takes the place of what it names', async () => {
    const { items, ledger } = await briefOf(
      'C: The owner needs a weekly report about the sales.',
      'A: Every week?',
      'C: About the report: actually, make it monthly.',
    )
    expect(items[0]).toMatchObject({
      statement: 'The system provides a monthly report about the sales for the owner.',
      citations: [{ turn: 't1' }, { turn: 't3' }],
    })
    expect(ledger).toContainEqual({ turn: 't1', outcome: 'superseded', by: 't3' })
  })

  it.each([
    [
      'The system sends a code by SMS.',
      'Let us do the code by email instead of SMS.',
      'The system sends a code by email.',
    ],
    [
      'A parcel may stay for at most 3 days.',
      "Let's say 5 days instead of 3.",
      'The system limits each parcel to 5 days.',
    ],
    [
      'Guests can book a room.',
      'Guests must not book a room after all.',
      'Guests cannot book a room.',
    ],
  ])('turns “%s” by “%s” into “%s”', async (first, then, now) => {
    expect(await saidOf(`C: ${first}`, 'A: Sure?', `C: ${then}`)).toEqual([now])
  })

  it('changes nothing when it speaks of something else', async () => {
    expect(
      await saidOf('C: Members can book a court.', 'A: Ok?', 'C: Actually, make it so.'),
    ).toEqual(['Members can book a court.'])
  })
})

describe('clients who disagree', () => {
  it.each([
    [
      'a deed that one of them refuses',
      'C: Guests can cancel a lesson for free until the evening before.',
      'D: Guests must not cancel a lesson for free.',
    ],
    [
      'a right that only some shall have',
      'C: Only the harbour master may change a reservation.',
      'D: The skippers should be able to change a reservation themselves.',
    ],
    [
      'a thing that one of them leaves out',
      'C: Skippers must pay a deposit.',
      'D: No, no deposit.',
    ],
    ['a number', 'C: A group has at most 25 people.', 'D: No, 20. At most 20 people per group.'],
  ])('both keep their say about %s', async (_, first, second) => {
    const { items, contradictions, ledger } = await briefOf(first, second)
    expect(items.filter(({ kind }) => kind !== 'user')).toHaveLength(2)
    expect(contradictions.map(({ citations }) => citations.map(({ turn }) => turn))).toEqual([
      ['t1', 't2'],
    ])
    expect(ledger.map(({ outcome }) => outcome)).toEqual(['used', 'used'])
  })

  it('agree where a rule only narrows what is allowed', async () => {
    const { contradictions } = await briefOf(
      'C: Customers can order a cake.',
      'D: Customers must not order a cake after six.',
    )
    expect(contradictions).toEqual([])
  })
})

describe('the ideas of an agent', () => {
  it.each([
    [
      'There should be a chart with the sales of each month.',
      'Okay.',
      'The system provides a chart with the sales of each month.',
    ],
    [
      'I would also add a forum where members can talk.',
      'No, thank you.',
      'A forum where members can talk is out of scope.',
    ],
    [
      'Would you like members to get a message before the course?',
      'Yes, by email.',
      'Members get a message before the course by email.',
    ],
  ])('“%s” and “%s” give “%s”', async (idea, answer, statement) => {
    expect(await saidOf(`A: ${idea}`, `C: ${answer}`)).toEqual([statement])
  })

  it.each([
    ['Can you describe the booking flow?', 'Sure.'],
    ['So you want a shop with payments, correct?', 'No.'],
    ['Any preferences for the technology?', 'Not really.'],
    ['I suggest that we build it on a blockchain.', 'I do not understand that.'],
  ])('“%s” and “%s” give nothing', async (idea, answer) => {
    expect(await saidOf(`A: ${idea}`, `C: ${answer}`)).toEqual([])
  })
})
