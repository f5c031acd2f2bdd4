import { describe, expect, it } from 'vitest'
import { defectOf, jobOf } from '../../domain/job.ts'
import { turnsOf } from '../testing/expected-talk.ts'
import { createOfflineAnalyst } from './analyst.ts'

const analyst = createOfflineAnalyst()
const briefOf = (...lines: string[]) => analyst.analyse({ turns: turnsOf(lines) })

async function defectsIn(...lines: string[]): Promise<string[]> {
  const { items } = await briefOf(...lines)
  return items.flatMap((item) => defectOf(item) ?? [])
}

describe('a defect that no word names', () => {
  it.each([
    ['The export only has the first page.', ['The export only has the first page.']],
    ['The receipt shows 12 instead of 12.40.', ['The receipt shows 12 instead of 12.40.']],
    ['The printout cuts long names off.', ['The printout cuts long names off.']],
    [
      'It cuts off the last line of the address.',
      ['The system cuts off the last line of the address.'],
    ],
    [
      'The overview should contain every open order, it shows the closed ones instead.',
      ['The overview shows the closed ones instead.'],
    ],
    ['Some parcels appear two times.', ['Some parcels appear two times.']],
  ])('is heard in “%s” alone', async (said, defects) => {
    expect(await defectsIn(`C: ${said}`)).toEqual(defects)
  })

  it.each([
    [
      'The calendar on the phone shows every lesson an hour late.',
      'The calendar on the phone shows every lesson an hour late.',
    ],
    ['The reminder comes twice.', 'The reminder comes twice.'],
    ["The map doesn't load on old tablets.", 'The map does not load on old tablets.'],
    ["The button can't be clicked on a phone.", 'The button cannot be clicked on a phone.'],
    ['The file ends after sixty rows.', 'The file ends after sixty rows.'],
    ['The list is not sorted by date.', 'The list is not sorted by date.'],
    [
      'When I save a contact, I get an error message.',
      'When users save a contact, users get an error message.',
    ],
    ['The start page crashes.', 'The start page crashes.'],
  ])('is heard in “%s” where the talk is about one', async (said, defect) => {
    const lines = ['A: You reported a bug. What is it?', `C: ${said}`]
    expect(await defectsIn(...lines)).toEqual([defect])
  })

  it('is one for each clause, and an “it” means what was spoken of', async () => {
    expect(
      await defectsIn(
        'A: Is anything else wrong with the file?',
        'C: Yes, the column for the weight shows 2 instead of 2.25, it cuts off everything after the comma.',
      ),
    ).toEqual([
      'The column for the weight shows 2 instead of 2.25.',
      'The column for the weight cuts off everything after the comma.',
    ])
  })

  it('says more than that something is broken, and cites both', async () => {
    const { items } = await briefOf(
      'A: What happens?',
      'C: The search is broken. The search only finds the first ten houses.',
    )
    expect(items.filter(({ kind }) => kind === 'goal')).toMatchObject([
      {
        statement: 'To be mended: The search only finds the first ten houses.',
        citations: [
          { quote: 'The search only finds the first ten houses.' },
          { quote: 'The search is broken.' },
        ],
      },
    ])
  })
})

describe('what is wrong for somebody', () => {
  it.each([
    [
      'On my tablet the reading list jumps back to the top each time I tick something off.',
      'The reading list jumps back to the top each time users tick something off.',
    ],
    [
      "My wife doesn't see what I add until she restarts the app.",
      'Another user does not see what users add until she restarts the app.',
    ],
  ])('is wrong for users: %s', async (said, defect) => {
    expect(await defectsIn('A: What is wrong with the app?', `C: ${said}`)).toEqual([defect])
  })

  it('is right as it is told when the agent asks for that', async () => {
    const { items } = await briefOf(
      'A: What is wrong with the app?',
      'C: Deleted songs come back.',
      'A: What would be right?',
      'C: The list stays where it is when I tick a song off, and deleted songs stay deleted.',
    )
    expect(items.map(({ statement }) => statement)).toEqual([
      'The list stays where it is when users tick a song off.',
      'Deleted songs stay deleted.',
    ])
  })
})

describe('what looks like a defect', () => {
  it.each([
    ['Guests only see the public page.', 'Members can book a lane.'],
    ['The kiosk only shows the next train.', 'Travellers can buy a ticket.'],
    ['The price must not be too high.', 'Buyers can save a search.'],
  ])('is none in a talk that asks for something new: %s', async (said, asked) => {
    const lines = ['A: What should it do?', `C: ${asked}`, 'A: And else?', `C: ${said}`]
    expect(await defectsIn(...lines)).toEqual([])
  })
})

describe('a talk about a defect', () => {
  it('keeps what should be apart from what is, and what must stay', async () => {
    const brief = await briefOf(
      'A: What is wrong with the report?',
      'C: The report only has the last week. It should contain the whole month.',
      'A: What must stay as it is?',
      "C: Please don't touch the order of the rows, and leave the header as it is.",
      'A: By when?',
      'C: The audit is on the 4th of May, it has to be fixed before that.',
    )
    expect(jobOf(brief)).toBe('fix')
    expect(brief.title).toBe('Report')
    expect(brief.items.map(({ statement }) => statement)).toEqual([
      'To be mended: The report only has the last week.',
      'The report contains the whole month.',
      'The order of the rows does not change.',
      'The header stays as it is.',
      'The software is fixed before the 4th of May.',
    ])
  })
})

it.each([
  ['The prices should be left as they are.', 'The prices stay as they are.'],
  ["We don't want to change the database either.", 'The database does not change.'],
  ['Leave the colours alone.', 'The colours stay as they are.'],
  ["The import works, I wouldn't touch it.", 'The import does not change.'],
])('spares what “%s” spares', async (said, statement) => {
  const { items } = await briefOf('A: What must stay?', `C: ${said}`)
  expect(items.map((item) => item.statement)).toEqual([statement])
})
