import { describe, expect, it } from 'vitest'
import type { Brief } from '../../domain/brief.ts'
import { turnsOf } from '../testing/expected-talk.ts'
import { createOfflineAnalyst } from './analyst.ts'

const analyst = createOfflineAnalyst()
const opening = [
  'A: Hello, tell me about your school.',
  'C: We are a music school and we need a program for the instruments.',
]

function briefOf(...lines: string[]): Promise<Brief> {
  return analyst.analyse({ turns: turnsOf([...opening, ...lines]) })
}

async function madeOf(...lines: string[]): Promise<string[]> {
  const { items } = await briefOf(...lines)
  return items
    .filter(({ kind }) => kind !== 'user' && kind !== 'goal')
    .map(({ statement }) => statement)
}

describe('a fragment says something together with its question', () => {
  it.each([
    [
      "Should drivers see the customer's number?",
      'Only on the day of the delivery.',
      "Drivers can only see the customer's number on the day of the delivery.",
    ],
    [
      "Should the members see each other's results?",
      'Only their own.',
      'The members can only see their own results.',
    ],
    [
      'What do applicants have to upload?',
      'A letter and two references.',
      'Applicants can upload a letter and two references.',
    ],
    [
      'How often should the list be refreshed?',
      'Every ten minutes.',
      'The system refreshes the list every ten minutes.',
    ],
    [
      'What happens if nobody signs?',
      'A red flag next to the name.',
      'If nobody signs, the system shows a red flag next to the name.',
    ],
    [
      'What happens if nobody signs?',
      'The manager hears about it the next morning.',
      'If nobody signs, the manager hears about it the next morning.',
    ],
    [
      "What if a parent doesn't react?",
      'Then one more message after two weeks.',
      'If a parent does not react, the system sends one more message after two weeks.',
    ],
    [
      'What do you want to see on the first page?',
      'All open orders.',
      'The first page shows all open orders.',
    ],
    [
      'How big can the files be?',
      'Twenty megabytes at most.',
      'The system limits each file to twenty megabytes.',
    ],
    ['Do you need a history?', 'Ten years.', 'The system keeps a history for ten years.'],
    [
      'Who can see the recordings?',
      'Everyone in the school, on a map.',
      'Everyone in the school can see the recordings on a map.',
    ],
    [
      'Who may see who is coming?',
      'Just me and the conductor.',
      'Only the client and the conductor can see who is coming.',
    ],
    ['Do pupils choose the times themselves?', 'Yes.', 'Pupils can choose the times.'],
    [
      'Is there anything that we should leave as it is?',
      'The seat plan, please.',
      'The seat plan stays as it is.',
    ],
    [
      'How does the driver know what to pack?',
      'A list per van.',
      'The driver gets a list per van.',
    ],
  ])('%s – %s', async (asked, said, statement) => {
    expect(await madeOf(`A: ${asked}`, `C: ${said}`)).toContain(statement)
  })

  it('is out of scope where it turns the question down', async () => {
    for (const said of ["Let's not.", 'Nice idea, but no.', "I'd leave that for next year."])
      expect(await madeOf('A: Should we add a chat?', `C: ${said}`)).toEqual([
        'A chat is out of scope.',
      ])
  })

  it('is what was said last, where it is put right in the same breath', async () => {
    const asked = 'A: How long should a booking be held?'
    const brief = await briefOf(asked, 'C: Fifteen minutes. Hmm, make it twenty.')
    expect(brief.items.map(({ statement }) => statement)).toContain(
      'The system keeps a booking for twenty minutes.',
    )
    expect(brief.needs).toContainEqual(
      expect.objectContaining({ quote: 'Fifteen minutes.', outcome: 'rejected' }),
    )
  })

  it('makes no wish of what bothers somebody', async () => {
    const said = 'C: That I have to type every address twice.'
    expect(await madeOf('A: What bothers you most?', said)).toEqual([])
  })
})

describe('a wish that is put another way', () => {
  it.each([
    [
      'What I picture is that a pupil picks a free slot on the website.',
      'A pupil can pick a free slot on the website.',
    ],
    [
      'It would be much better if the pupils scanned a code on the wall.',
      'The pupils can scan a code on the wall.',
    ],
    [
      'It would already help if I could print a label for each case.',
      'Users can print a label for each case.',
    ],
    [
      "I'd be glad of an export of all loans of a month.",
      'The system provides an export of all loans of a month.',
    ],
    ['We could do with a list of all open bills.', 'The system provides a list of all open bills.'],
    ['It must be possible to undo a return.', 'Users can undo a return.'],
    [
      'The parents sign a contract, that has to be stored with the instrument.',
      'The system stores the contract with the instrument.',
    ],
    ['It should cope with 1,500 pupils.', 'The system copes with 1,500 pupils.'],
    [
      'The whole thing must be usable by people who are seventy.',
      'The system is usable by people who are seventy.',
    ],
    ['No instrument goes out without a deposit.', 'No instrument goes out without a deposit.'],
    ['Refrigerated goods can only go to dock one.', 'Refrigerated goods can only go to dock one.'],
    ['A lesson needs a room.', 'A lesson needs a room.'],
    [
      'Everything must be wiped four weeks after the evening.',
      'The system wipes everything four weeks after the evening.',
    ],
    [
      'There have to be at least five minutes between two lessons.',
      'There are at least five minutes between two lessons.',
    ],
    [
      'If the truck is more than thirty minutes late, it loses its slot.',
      'If the truck is more than thirty minutes late, the truck loses its slot.',
    ],
    [
      'Nobody outside of the school gets to see the names of the children.',
      'Nobody outside the school can see the names of the children.',
    ],
    [
      'I send the farmer a list at the moment, that should happen by itself.',
      'The system sends the farmer a list automatically.',
    ],
    [
      'It has to be in German, and English for the Americans.',
      'The system is available in German and English.',
    ],
  ])('%s', async (said, statement) => {
    expect(await madeOf(`C: ${said}`)).toContain(statement)
  })

  it('means the things that were named, and no people, by those that something is done to', async () => {
    expect(
      await madeOf('C: There are readings that are too low. Those must be marked in red.'),
    ).toContain('The system marks readings that are too low in red.')
  })
})

describe('asked what is wrong, a client tells it', () => {
  it.each([
    ['The search ignores umlauts.', 'To be mended: The search ignores umlauts.'],
    [
      'You enter a date and it turns into the day before.',
      'To be mended: When users enter a date, the date turns into the day before.',
    ],
    [
      'Whenever I sort the table, the selection jumps to another row.',
      'To be mended: When users sort the table, the selection jumps to another row.',
    ],
  ])('%s', async (said, defect) => {
    const { items } = await analyst.analyse({
      turns: turnsOf(['A: What exactly is wrong with the program?', `C: ${said}`]),
    })
    expect(items.map(({ statement }) => statement)).toContain(defect)
  })
})

describe('a list of fields', () => {
  it.each([
    [
      'What do you keep about a dog?',
      'Name, breed, weight, the date of the last check-up and which vet it belongs to.',
      ['name', 'breed', 'weight', 'date', 'vet'],
    ],
    [
      'What do you note about a game?',
      'So there is the title, how many players, how long it takes and the minimum age.',
      ['title', 'players', 'length', 'minimumAge'],
    ],
    [
      'What do you record about a boat?',
      'Name, length, who may take it and the number of seats.',
      ['name', 'length', 'seats'],
    ],
  ])('goes on over a question within it: %s – %s', async (asked, said, fields) => {
    const { entities } = await briefOf(`A: ${asked}`, `C: ${said}`)
    expect(entities.flatMap((entity) => entity.fields.map(({ name }) => name))).toEqual(fields)
  })
})
