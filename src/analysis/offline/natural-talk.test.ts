import { describe, expect, it } from 'vitest'
import { citationFault, turnsById } from '../../domain/citation.ts'
import { turnsOf } from '../testing/expected-talk.ts'
import { createOfflineAnalyst } from './analyst.ts'

const analyst = createOfflineAnalyst()

/** What is made of some lines, but who uses the software; every quote stands in its turn. */
async function madeOf(...lines: string[]): Promise<string[]> {
  const turns = turnsOf(lines)
  const { items } = await analyst.analyse({ turns })
  const byId = turnsById(turns)
  const cited = items.flatMap(({ citations }) => citations)
  expect(cited.flatMap((citation) => citationFault(citation, byId) ?? [])).toEqual([])
  return items.filter(({ kind }) => kind !== 'user').map(({ statement }) => statement)
}

describe('an answer that is no sentence is read with its question', () => {
  it.each([
    [
      'How do people pay?',
      'With a card or on account.',
      'People can pay with a card or on account.',
    ],
    ['How often is the stock counted?', 'Once a week.', 'The system counts the stock once a week.'],
    [
      'Where should it run?',
      'On an iPad in the kitchen.',
      'The system runs on an iPad in the kitchen.',
    ],
    [
      'Who enters the scores?',
      'The referee does, right after the match.',
      'The referee can enter the scores right after the match.',
    ],
    [
      'Who can see the plans?',
      'The trainers, on their tablet.',
      'The trainers can see the plans on their tablet.',
    ],
    ['iPhone or Android?', 'Both.', 'The system supports iPhone and Android.'],
    [
      'Can a form be changed later?',
      'By the clerk, until it is signed.',
      'The clerk can change a form until it is signed.',
    ],
  ])('“%s” – “%s”', async (asked, said, statement) => {
    expect(await madeOf(`A: ${asked}`, `C: ${said}`)).toEqual([statement])
  })

  it.each([
    ['Where are you based?', 'In Leeds.'],
    ['How do people find you?', 'Through the neighbours.'],
    ['How do you do that now?', 'With a paper list.'],
    ['When would you like to have it?', 'Soon.'],
  ])(
    'and is nothing where the business itself is asked about: “%s” – “%s”',
    async (asked, said) => {
      expect(await madeOf(`A: ${asked}`, `C: ${said}`)).toEqual([])
    },
  )
})

describe('a yes or no with what is added to it', () => {
  it.each([
    [
      'Can tenants move a date?',
      'Yes, up to 24 hours before.',
      ['Tenants can move a date up to 24 hours before.'],
    ],
    [
      'Can a tenant cancel?',
      'Only if the flat is let.',
      ['If the flat is let, a tenant can cancel.'],
    ],
    [
      'May customers change the order?',
      'As long as it has not been packed.',
      ['While the order has not been packed, customers can change the order.'],
    ],
    [
      'Can a tenant cancel?',
      'Not after the contract is signed.',
      ['A tenant cannot cancel after the contract is signed.'],
    ],
    [
      'Should everybody be able to see the salaries?',
      'God no, just HR.',
      ['Only HR can see the salaries.'],
    ],
    [
      'Can the drivers see the names of the customers?',
      "They shouldn't. Only the address.",
      [
        'The drivers can only see the address.',
        'The drivers cannot see the names of the customers.',
      ],
    ],
    ['Shall we let guests cancel a stay?', 'Yes.', ['Guests can cancel a stay.']],
  ])('“%s” – “%s”', async (asked, said, statements) => {
    expect(await madeOf(`A: ${asked}`, `C: ${said}`)).toEqual(statements)
  })

  it('is put off, however kindly', async () => {
    const lines = [
      'A: Would you like video calls?',
      "C: Lovely. But it's not for the first version.",
    ]
    expect(await madeOf(...lines)).toEqual(['Video calls are out of scope.'])
  })
})

describe('a question of a client', () => {
  it('is a wish, put carefully', async () => {
    const { items } = await analyst.analyse({
      turns: turnsOf(['C: Can customers also pay by card?']),
    })
    expect(items.filter(({ kind }) => kind === 'requirement')).toMatchObject([
      { statement: 'Customers can pay by card.', priority: { level: 'could' } },
    ])
  })

  it('that is not understood is asked back in its own words, and the ledger has it', async () => {
    const said = 'Could the thing do that whole dance with the numbers by itself?'
    const { openQuestions, needs } = await analyst.analyse({ turns: turnsOf([`C: ${said}`]) })
    expect(openQuestions).toMatchObject([{ question: said }])
    expect(needs).toMatchObject([{ quote: said, outcome: 'missed' }])
  })

  it.each(['Could you repeat that?', 'Can I ask something?', 'Can we go over that again?'])(
    'to the others asks for nothing: %s',
    async (said) => {
      expect(await madeOf(`C: ${said}`)).toEqual([])
    },
  )
})

describe('speech', () => {
  it.each([
    [
      'If a room is broken, it must not be sold until it is mended.',
      ['If a room is broken, the room cannot be sold until it is mended.'],
    ],
    [
      'Records have to be saved on the phone and sent once there is a connection again.',
      [
        'The system saves records on the phone.',
        'When there is a connection again, the system sends records.',
      ],
    ],
    [
      'The shifts that were entered before Monday have to stay as they are.',
      ['The shifts that were entered before Monday stay as they are.'],
    ],
    [
      "Guests mustn't notice anything of the change.",
      ['Guests must not notice anything of the change.'],
    ],
    ['A slot is 45 minutes long.', ['A slot is 45 minutes long.']],
    ['No visits after eight in the evening.', ['There are no visits after eight in the evening.']],
    ['Families who have booked are told.', ['The system tells families who have booked.']],
    ["I'd like every nurse to see the list.", ['Every nurse can see the list.']],
    [
      'A lawyer may only see the cases that he or she works on.',
      ['A lawyer can only see the cases that he or she works on.'],
    ],
    ['Guests do not need an account, but staff do.', ['Guests do not need an account.']],
    [
      "When there are fewer than ten left, Marek gets a warning, and it's Marek who orders.",
      ['When there are fewer than ten left, Marek gets a warning.'],
    ],
  ])('is written down as a rule: %s', async (said, statements) => {
    expect(await madeOf(`C: ${said}`)).toEqual(statements)
  })

  it('never makes a permission of a denial', async () => {
    const lines = ['A: Can an entry be changed?', 'C: After that nobody may touch it.']
    expect((await madeOf(...lines)).join()).not.toMatch(/the nobody/i)
  })

  it('names nothing that is missing without a name', async () => {
    expect(await madeOf('A: What is wrong?', 'C: Ones are missing.')).toEqual([])
  })
})
