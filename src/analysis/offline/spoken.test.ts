import { describe, expect, it } from 'vitest'
import type { ItemKind } from '../../domain/brief.ts'
import { turnsOf } from '../testing/expected-talk.ts'
import { createOfflineAnalyst } from './analyst.ts'

const analyst = createOfflineAnalyst()

function briefOf(...lines: string[]) {
  return analyst.analyse({ turns: turnsOf(lines) })
}

async function saidOf(...lines: string[]): Promise<[ItemKind, string][]> {
  const { items } = await briefOf(...lines)
  return items
    .filter(({ kind }) => kind !== 'user')
    .map(({ kind, statement }): [ItemKind, string] => [kind, statement])
}

describe('dates and sums', () => {
  it.each<[asked: string, said: string, kind: ItemKind, statement: string]>([
    [
      'Is there a deadline?',
      'By the first of March, please.',
      'timeline',
      'The software is ready by the first of March.',
    ],
    [
      'Anything else?',
      'It has to be ready by the end of May.',
      'timeline',
      'The software is ready by the end of May.',
    ],
    ['How urgent is it?', 'We need the fix by Friday.', 'timeline', 'The fix is ready by Friday.'],
    [
      'What about the timeline?',
      "We'd want it before the fall season, so by September 1st.",
      'timeline',
      'The software is ready by September 1st.',
    ],
    [
      'What about the budget?',
      "It's tight, like five thousand dollars max.",
      'budget',
      'The budget is at most five thousand dollars.',
    ],
  ])('“%s” – “%s” is of the kind %s', async (asked, said, kind, statement) => {
    expect(await saidOf(`A: ${asked}`, `C: ${said}`)).toEqual([[kind, statement]])
  })
})

describe('defects and today', () => {
  it('notes what is to be mended as a goal, which nobody builds', async () => {
    expect(
      await saidOf(
        'A: What happens?',
        'C: When a customer has a discount, the invoice shows the wrong total.',
      ),
    ).toEqual([
      ['goal', 'To be mended: When a customer has a discount, the invoice shows the wrong total.'],
    ])
  })

  it('takes what cannot be done today for no rule', async () => {
    const { items, ledger } = await briefOf(
      'C: Right now patients book online. But they cannot move an appointment, they have to call us.',
    )
    expect(items.filter(({ kind }) => kind === 'requirement')).toEqual([])
    expect(ledger).toEqual([
      { turn: 't1', outcome: 'rejected', reason: 'Tells how things are done today.' },
    ])
  })

  it('reads today as a day where something is asked for', async () => {
    expect(await saidOf('C: The carers need to see which dogs arrive today.')).toEqual([
      ['requirement', 'The carers can see which dogs arrive today.'],
    ])
  })
})

describe('speech as it is', () => {
  it.each<[what: string, said: string, statements: string[]]>([
    [
      'a run-on without stops',
      'yeah because in the garage there is no signal so it must work offline and every member should be able to report a defect from the phone',
      ['Every member can report a defect from the phone.', 'The system works offline.'],
    ],
    [
      'a condition without a comma',
      'if a disease is found the inspector has to be notified immediately',
      ['If a disease is found, the system notifies the inspector immediately.'],
    ],
    [
      'what may be done but not undone',
      'Appointments can be cancelled but not deleted.',
      ['Appointments can be cancelled.', 'Users cannot delete appointments.'],
    ],
    [
      'a time that is named first',
      'Three days before the stay the owner should get a reminder.',
      ['The owner gets a reminder three days before the stay.'],
    ],
    [
      'a time that follows a comma',
      'Patients should be able to move an appointment, at least 24 hours before it starts.',
      ['Patients can move an appointment, at least 24 hours before it starts.'],
    ],
    [
      'a verb and a role that no list has',
      'Dramaturges should be able to annotate a script.',
      ['Dramaturges can annotate a script.'],
    ],
    [
      'somebody who needs to know',
      'If somebody cancels, the coordinator needs to know immediately.',
      ['If somebody cancels, the system informs the coordinator immediately.'],
    ],
  ])('reads %s', async (_, said, statements) => {
    expect((await saidOf(`C: ${said}`)).map(([, statement]) => statement)).toEqual(statements)
  })

  it('puts half a sentence together with its question', async () => {
    expect(
      await saidOf('A: What do you need?', 'C: A page that shows which room is free.'),
    ).toEqual([['requirement', 'The page shows which room is free.']])
    expect(await saidOf('A: Which database?', 'C: PostgreSQL.')).toEqual([
      ['preference', 'The system uses PostgreSQL as the database.'],
    ])
  })

  it('cites the words that a pronoun means', async () => {
    const { items } = await briefOf(
      "C: The bakers need to see a list of the cakes. It'd be helpful if they could print it.",
    )
    const print = items.find(
      ({ kind, statement }) => kind === 'requirement' && statement.includes('print'),
    )
    expect(print?.citations.map(({ quote }) => quote)).toEqual([
      "It'd be helpful if they could print it.",
      'The bakers need to see a list of the cakes.',
    ])
  })
})
