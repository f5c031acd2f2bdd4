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
})
