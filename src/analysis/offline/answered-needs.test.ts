import { describe, expect, it } from 'vitest'
import { createNeedFinder } from '../model/needs.ts'
import { turnsOf } from '../testing/expected-talk.ts'

// The tagger is dear to load, and the same for all.
const find = createNeedFinder()

function needsIn(...lines: string[]): string[] {
  return find(turnsOf(lines)).map(({ quote }) => quote)
}

describe('an answer carries something', () => {
  it.each([
    ['A: Can they extend it?', 'C: Once, yeah. But only if nobody is waiting for it.'],
    ['A: Who can waive the fee?', 'C: Nobody. Unless students are sick, then the instructor can.'],
    ['A: What is noted down?', 'C: The species, how many there were, the place, and a photo.'],
    ['A: What is a matter?', 'C: One case. It has a file number, a client and an hourly rate.'],
    ['A: Who checks it?', 'C: A warden. Until then it is shown in grey.'],
    ['A: And where do readings go?', 'C: They are passed on to the billing program.'],
    ['A: When does it open?', 'C: In May. It should be open for bookings earlier.'],
    ['A: Shall guests collect points?', "C: Let's leave the points out."],
    ['A: And the next time?', 'C: The system should remember that for the next time.'],
  ])('that asks for nothing in so many words: %s %s', (asked, said) => {
    const last = said
      .slice(3)
      .split(/(?<=\.) /)
      .at(-1)
    expect(needsIn(asked, said)).toContain(last)
  })

  it.each([
    ['A: How is business?', 'C: On Mondays the house is closed.'],
    ['A: How did that go?', 'C: The shoes were lost in the pit, the piano and the cellar.'],
    ['A: Is that right?', 'C: That should be fine.'],
    ['A: Anything else?', 'C: We had tea, cake and a long evening.'],
  ])('but not where it only talks: %s %s', (asked, said) => {
    expect(needsIn(asked, said)).toEqual([])
  })

  it('and the same words do not where nobody had asked', () => {
    expect(needsIn('A: I see.', 'C: Tea, cake and a long evening.')).toEqual([])
  })
})
