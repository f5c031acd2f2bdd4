import { describe, expect, it } from 'vitest'
import { turnsOf } from '../testing/expected-talk.ts'
import { createOfflineAnalyst } from './analyst.ts'

const analyst = createOfflineAnalyst()

async function statementsOf(...lines: string[]): Promise<string[]> {
  const { items } = await analyst.analyse({ turns: turnsOf(lines) })
  return items.filter(({ kind }) => kind !== 'user').map(({ statement }) => statement)
}

describe('what is told in the present', () => {
  it.each([
    [
      'Cooks put their menus online and families from the village order them.',
      ['Cooks can put their menus online.', 'Families from the village can order their menus.'],
    ],
    [
      'A trainer signs up and describes the course.',
      ['A trainer signs up.', 'A trainer can describe the course.'],
    ],
    [
      'Guests pick a day, and then they only see the boats that are free.',
      ['Guests can pick a day.', 'Guests can only see the boats that are free.'],
    ],
    [
      'If the box is not picked up within two days, the sender gets a message.',
      ['If the box is not picked up within two days, the sender gets a message.'],
    ],
    [
      'After each treatment the nurse writes a short note.',
      ['The nurse can write a short note after each treatment.'],
    ],
    ['Nobody outside the office sees payments.', ['Nobody outside the office can see payments.']],
    [
      'The customer signs on the phone and gets the bill by email.',
      ['The customer signs on the phone.', 'The customer gets the bill by email.'],
    ],
    [
      'My colleague in the shop marks a tool as broken, and from then on nobody can borrow it.',
      [
        'The colleague in the shop can mark a tool as broken.',
        'When a tool is marked as broken, nobody can borrow a tool.',
      ],
    ],
  ])('is what somebody does with the software: %s', async (said, statements) => {
    expect(await statementsOf('A: How does it work?', `C: ${said}`)).toEqual(statements)
  })

  it.each([
    [
      'Guests book a table. We email them a confirmation when they book.',
      'When guests book, the system emails guests a confirmation.',
    ],
    [
      'Riders rent a horse. We take a deposit of 40 euros for each horse.',
      'The business takes a deposit of 40 euros for each horse.',
    ],
    [
      'Makers sell their work. We keep a commission of 8 percent of every sale.',
      'The business keeps a commission of 8 percent of every sale.',
    ],
    ['A canoe is 25 pounds a day.', 'A canoe costs 25 pounds a day.'],
    [
      'Seats in the front two rows cost 3 euros more.',
      'Seats in the front two rows cost 3 euros more.',
    ],
  ])('is a rule of the business: %s', async (said, statement) => {
    expect(await statementsOf('A: How does it work?', `C: ${said}`)).toContain(statement)
  })

  it('is no rule where nothing conditions it', async () => {
    expect(await statementsOf('A: Tell me about you.', 'C: We bake bread and we love it.')).toEqual(
      [],
    )
  })
})

describe('an answer of half a sentence', () => {
  it.each([
    [
      'How many bikes may one person take?',
      'Five at most.',
      'The system limits each user to five bikes.',
    ],
    [
      'How many guests can a table have?',
      'Up to eight.',
      'The system limits each table to eight guests.',
    ],
    [
      'How many books can a member borrow?',
      'Ten, no more.',
      'The system limits each member to ten books.',
    ],
    ['Are auctions planned?', 'Not at all, fixed prices only.', 'Auctions are out of scope.'],
    ['How do buyers find things?', 'By searching for a word.', 'Buyers can search for a word.'],
    [
      'When do you need it?',
      'The fair is in May, so by the end of April.',
      'The software is ready by the end of April.',
    ],
    [
      'What may it cost?',
      'We cannot spend more than 9,000 euros.',
      'The budget is up to 9,000 euros.',
    ],
  ])('%s %s', async (question, answer, statement) => {
    expect(await statementsOf(`A: ${question}`, `C: ${answer}`)).toEqual([statement])
  })
})

describe('a question and its answer', () => {
  it.each([
    ['Who may publish a plan?', 'Only the editor.', 'Only the editor can publish a plan.'],
    ['Who may put up events?', 'Just captains.', 'Only captains can put up events.'],
    [
      'How long do you keep jobs?',
      'Ten years, the law wants that.',
      'The system keeps jobs for ten years.',
    ],
    [
      'What do you want to know each month?',
      'How many hours each mover worked.',
      'Users can see how many hours each mover worked.',
    ],
    [
      'How many people fit in a boat?',
      'Six at the very most.',
      'The system limits each boat to six people.',
    ],
    [
      'What happens when a match is called off?',
      'The captain gets a message.',
      'When a match is called off, the captain gets a message.',
    ],
    [
      'What if the oven is full?',
      'Then the system should refuse the order.',
      'If the oven is full, the system refuses the order.',
    ],
  ])('say one thing together: %s %s', async (question, answer, statement) => {
    expect(await statementsOf(`A: ${question}`, `C: ${answer}`)).toEqual([statement])
  })
})

describe('what the business sends and keeps', () => {
  it.each([
    [
      'Once a month we send parents the invoice.',
      'The system sends parents the invoice once a month.',
    ],
    ['We keep recordings for one year.', 'The system keeps recordings for one year.'],
    [
      'When somebody leaves the club we wipe their data within a month.',
      'When somebody leaves the club, the system wipes their data within a month.',
    ],
    [
      'We throw away the data of guests who left after two years.',
      'The system deletes the data of guests who left after two years.',
    ],
  ])('is sent and kept by the system: %s', async (said, statement) => {
    expect(await statementsOf('A: How is that?', `C: ${said}`)).toEqual([statement])
  })
})

describe('what stands around a wish', () => {
  it.each([
    [
      'One of us has to approve a cook before anything of theirs can be seen.',
      ['The business must approve a cook before anything of theirs can be seen.'],
    ],
    [
      'Diners should be able to rate a dish after they have eaten it.',
      ['Diners can rate a dish after they have eaten it.'],
    ],
    [
      'The usher has to scan the ticket, and a ticket that was scanned once has to be refused.',
      ['The usher can scan the ticket.', 'The system refuses a ticket that was scanned once.'],
    ],
    [
      "If a boat isn't back by six, we'd like a text message so that we can phone the guest.",
      ['If a boat is not back by six, the system sends the business a text message.'],
    ],
    [
      'Visitors choose a film today. What they ask for is to pick their seats.',
      ['Visitors can pick their seats.'],
    ],
    [
      'The receipt goes out late. Send it right away, please.',
      ['The system sends the receipt right away.'],
    ],
    ["I'd rather not have ratings.", ['Ratings are out of scope.']],
  ])('belongs to it or is left out: %s', async (said, statements) => {
    expect(await statementsOf(`C: ${said}`)).toEqual(statements)
  })

  it('is what two clients disagree about', async () => {
    const { contradictions } = await analyst.analyse({
      turns: turnsOf([
        'C: Buyers should be able to rate a piece.',
        'D: Buyers should not be able to rate anything.',
      ]),
    })
    expect(contradictions).toHaveLength(1)
  })
})

it('lists how many there are, with their limit and their values', async () => {
  const { entities, items } = await analyst.analyse({
    turns: turnsOf([
      'A: What belongs to a boat?',
      'C: A name, at most four pictures and how many seats it has. And a status: free, rented or in repair.',
    ]),
  })
  expect(entities).toMatchObject([
    {
      name: 'Boat',
      fields: [
        { name: 'name', type: 'text' },
        { name: 'pictures' },
        { name: 'seats', type: 'number' },
        { name: 'status', type: 'choice', options: ['free', 'rented', 'in repair'] },
      ],
    },
  ])
  expect(items.map(({ statement }) => statement)).toContain(
    'The system limits each boat to four pictures.',
  )
})

describe('what cannot be put cleanly', () => {
  it.each([
    ['We have to take a look right now.'],
    ['The system must keep adding.'],
    ['Users can put in there.'],
    ['Users can cover B with plastic.'],
    ["If the guests don't have, they can book a table."],
  ])('is never put all the same: %s', async (said) => {
    expect(await statementsOf(`C: ${said}`)).toEqual([])
  })

  it('ends where it trails off', async () => {
    expect(
      await statementsOf(
        'C: The league should set the day of the match, and many other things that it wants.',
      ),
    ).toEqual(['The league sets the day of the match.'])
  })
})
