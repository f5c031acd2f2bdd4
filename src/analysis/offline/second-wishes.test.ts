import { describe, expect, it } from 'vitest'
import { turnsOf } from '../testing/expected-talk.ts'
import { createOfflineAnalyst } from './analyst.ts'

const analyst = createOfflineAnalyst()

function briefOf(...lines: string[]) {
  return analyst.analyse({ turns: turnsOf(lines) })
}

/** What was made of a talk, each item as `kind | statement`. */
async function madeOf(...lines: string[]): Promise<string[]> {
  const { items } = await briefOf(...lines)
  return items
    .filter(({ kind }) => kind !== 'user')
    .map(({ kind, statement }) => `${kind} | ${statement}`)
}

describe('a second wish of a turn', () => {
  it.each([
    [
      'what the software does when something has not happened',
      "Guests can rent a boat. If a boat hasn't come back by six, the app messages the owner.",
      [
        'requirement | Guests can rent a boat.',
        'requirement | If a boat has not come back by six, the app messages the owner.',
      ],
    ],
    [
      'what the software notes of a deed',
      'The porter scans a suitcase, and the system stores which shelf holds the suitcase.',
      [
        'requirement | The porter can scan a suitcase.',
        'requirement | The system stores which shelf holds the suitcase.',
      ],
    ],
    [
      'what goes with a deed',
      'Parents should be able to register a child, with a photo and an emergency number.',
      ['requirement | Parents can register a child, with a photo and an emergency number.'],
    ],
    [
      'several things that are refused',
      'Tenants can report a leak. No chat, no newsletter, and no advertising.',
      [
        'requirement | Tenants can report a leak.',
        'out_of_scope | A chat is out of scope.',
        'out_of_scope | A newsletter is out of scope.',
        'out_of_scope | Advertising is out of scope.',
      ],
    ],
    [
      'what is left as it is',
      'Please add a field for the nickname. Leave the ranking alone, and don’t touch the old results.',
      [
        'requirement | The system adds a field for the nickname.',
        'requirement | The ranking stays as it is.',
        'requirement | The old results do not change.',
      ],
    ],
    [
      'how much of the time it has to be there',
      'Nurses must be able to see the roster. And it should be available 99.95% of the time.',
      [
        'requirement | Nurses can see the roster.',
        'quality | The system is available 99.95% of the time.',
      ],
    ],
  ])('is heard: %s', async (_, text, expected) => {
    expect((await madeOf(`C: ${text}`)).toSorted()).toEqual(expected.toSorted())
    expect((await briefOf(`C: ${text}`)).coverage).toBe(1)
  })

  it('is heard after a price', async () => {
    expect(
      await madeOf(
        'C: A locker costs 1.50 euros a day and staff should be able to change the price.',
      ),
    ).toEqual([
      'requirement | Staff can change the price.',
      'constraint | A locker costs 1.50 euros a day.',
    ])
  })
})

describe('prices', () => {
  it.each([
    ['What does a lane cost?', '18 pounds per hour.', 'A lane costs 18 pounds per hour.'],
    ['How much do you charge?', '$5 for each guest.', 'The price is $5 for each guest.'],
    ['And then?', 'We charge about 40 francs a night.', 'The price is about 40 francs a night.'],
    ['And then?', 'Members pay 12 euros a month.', 'Members pay 12 euros a month.'],
    ['And then?', 'The deposit is 200 dollars.', 'The deposit is 200 dollars.'],
  ])('“%s” and “%s” give “%s”', async (question, answer, statement) => {
    expect(await madeOf(`A: ${question}`, `C: ${answer}`)).toEqual([`constraint | ${statement}`])
  })

  it.each([
    ['And your budget?', 'About 9,000 euros.', ['budget | The budget is about 9,000 euros.']],
    ['How was it?', 'Last week we lost 300 dollars.', []],
    ['How are you?', 'Fine, I found 20 euros.', []],
  ])('are not what is spoken of in “%s” and “%s”', async (question, answer, made) => {
    expect(await madeOf(`A: ${question}`, `C: ${answer}`)).toEqual(made)
  })
})

describe('dates', () => {
  it.each([
    [
      'The prototype in May, and the rest by the end of the year.',
      [
        'The prototype is ready in May.',
        'The rest of the software is ready by the end of the year.',
      ],
    ],
    [
      'The ticket shop by June 1st, everything by autumn.',
      ['The ticket shop is ready by June 1st.', 'The whole software is ready by autumn.'],
    ],
    [
      'The pilot goes live in March and the app in October.',
      ['The pilot goes live in March.', 'The app is ready in October.'],
    ],
  ])('of parts stand each by itself: %s', async (text, statements) => {
    expect(await madeOf('A: When do you need it?', `C: ${text}`)).toEqual(
      statements.map((one) => `timeline | ${one}`),
    )
  })
})

describe('what is said carefully', () => {
  it.each([
    [
      'Guests can book a sauna. They should pick a towel and perhaps also reserve a massage?',
      ['Guests can book a sauna.', 'Guests can pick a towel.', 'Guests can reserve a massage.'],
    ],
    [
      'The map should show all wells, and ideally also the depth.',
      ['The map shows all wells.', 'The map shows the depth.'],
    ],
    [
      'Pupils can borrow an instrument. And maybe also rate the teacher?',
      ['Pupils can borrow an instrument.', 'Pupils can rate the teacher.'],
    ],
  ])('could be: %s', async (text, statements) => {
    const { items } = await briefOf(`C: ${text}`)
    const made = items.filter(({ kind }) => kind !== 'user')
    expect(made.map(({ statement }) => statement).toSorted()).toEqual(statements.toSorted())
    const last = made.find(({ statement }) => statement === statements.at(-1))
    expect(last?.priority.level).toBe('could')
    const first = made.find(({ statement }) => statement === statements[0])
    expect(first?.priority.level).not.toBe('could')
  })

  it.each([
    'Can you hear me?',
    'What do you mean by that?',
    'Is that possible at all?',
    'Maybe I can have your view on that?',
  ])('is no wish when it is a question: %s', async (text) => {
    expect(await madeOf(`C: ${text}`)).toEqual([])
  })
})

describe('words that seem to be talk', () => {
  it.each([
    [
      'Players should be able to say yes or no to a match.',
      'requirement | Players can say yes or no to a match.',
    ],
    [
      'Make sure that guests can tell us about their diet.',
      'requirement | Guests can tell the business about their diet.',
    ],
    [
      'Selling has to be approved by the treasurer.',
      'requirement | The treasurer can approve selling.',
    ],
  ])('ask for something: %s', async (text, item) => {
    expect(await madeOf(`C: ${text}`)).toEqual([item])
  })

  it('set a limit for each of what was counted', async () => {
    expect(await madeOf('C: Up to 3 photos per advert, and none larger than 5 megabytes.')).toEqual(
      [
        'constraint | The system limits each advert to 3 photos.',
        'constraint | The system limits each photo to 5 megabytes.',
      ],
    )
  })
})

describe('what is not understood', () => {
  it.each([
    [
      'Guests can book a boat, and the harbour glows when it rains.',
      ['the harbour glows when it rains'],
    ],
    ['Staff can add a boat. The system should refuse boats beyond that.', ['refuse boats']],
    ['The owner gets a text message. Hmm, actually email is better.', ['email is better']],
  ])('counts as missed and is never said to be used: %s', async (text, words) => {
    const { needs = [], coverage } = await briefOf(`C: ${text}`)
    const missed = needs.filter(({ outcome }) => outcome === 'missed').map(({ quote }) => quote)
    expect(missed).toHaveLength(words.length)
    for (const [at, one] of words.entries()) expect(missed[at]).toContain(one)
    expect(coverage).toBe(1 - missed.length / needs.length)
  })
})
