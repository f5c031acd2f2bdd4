import { describe, expect, it } from 'vitest'
import { turnsOf } from '../testing/expected-talk.ts'
import { createOfflineAnalyst } from './analyst.ts'

const analyst = createOfflineAnalyst()

describe('the name of the software', () => {
  it.each([
    ['We run a bike rental by the lake.', 'Bike Rental Software', 'The client runs a bike rental.'],
    ['I have a car wash.', 'Car Wash Software', 'The client runs a car wash.'],
    [
      'I own a bed and breakfast.',
      'Bed and Breakfast Software',
      'The client runs a bed and breakfast.',
    ],
    ['We have a small choir right.', 'Choir Software', 'The client runs a small choir.'],
    ['We have a problem with the printer.', 'Untitled Software', 'The talk asks'],
    ['We are a team of five.', 'Untitled Software', 'The talk asks'],
    ['Our inventory tool is old.', 'Inventory Tool', 'The talk asks'],
    ['We need a new app.', 'Untitled Software', 'The talk asks'],
  ])('is taken from “%s”', async (said, title, summary) => {
    const brief = await analyst.analyse({ turns: turnsOf([`C: ${said}`]) })
    expect(brief.title).toBe(title)
    expect(brief.summary).toContain(summary)
  })

  it('is no name of a call', async () => {
    const turns = turnsOf(['C: Visitors can leave a comment.'])
    const named = await analyst.analyse({ turns, title: 'Call with Maria, take 3' })
    expect(named).toMatchObject({ title: 'Untitled Software', feature: 'untitled-software' })
    expect(await analyst.analyse({ turns, title: 'Guest book' })).toMatchObject({
      title: 'Guest book',
      feature: 'guest-book',
    })
  })

  it.each([
    [['A: What is this about?', 'C: Parents evenings.'], 'Parents Evenings'],
    [
      ['A: Tell me about your driving school.', 'C: We teach people to drive.'],
      'Driving School Software',
    ],
    [['C: We need a program for the instruments.'], 'Instruments Software'],
    [
      [
        'A: What should it do?',
        'C: Carriers should book a slot in advance. The gatekeeper should be able to move a slot.',
      ],
      'Slot Management',
    ],
    [['C: Our booking system is a Laravel application.'], 'Booking System'],
  ])('is found in %j', async (lines, title) => {
    expect(await analyst.analyse({ turns: turnsOf(lines) })).toMatchObject({ title })
  })
})

describe('the name of a person', () => {
  it('is no role, and stays in the statement', async () => {
    const lines = [
      'A: Who uses it?',
      'C: There is Mrs. Lindqvist in accounting. Mrs. Lindqvist should be able to pick a month, and Marek can see the stock. The IFA can define a season.',
    ]
    const { items } = await analyst.analyse({ turns: turnsOf(lines) })
    expect(items.map(({ statement }) => statement)).toContain('Mrs. Lindqvist can pick a month.')
    expect(items.flatMap(({ clause }) => clause?.actor ?? [])).toEqual(
      expect.not.arrayContaining(['Mrs. Lindqvist', 'lindqvist', 'Marek', 'IFA']),
    )
    const users = items.filter(({ kind }) => kind === 'user')
    expect(users.map(({ statement }) => statement)).toEqual([
      'The IFA uses the software to define a season.',
    ])
  })
})
