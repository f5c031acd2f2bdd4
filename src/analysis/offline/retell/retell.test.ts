import { describe, expect, it } from 'vitest'
import { createTagger } from '../words.ts'
import { inItsQuestion } from './answers.ts'
import { partsOf } from './clause-parts.ts'
import { clausesOf } from './clauses-of.ts'
import { statementsOf } from './state-parts.ts'

const tag = createTagger()

function told(said: string): string[] {
  return clausesOf(tag(said)).flatMap((clause) => {
    const parts = partsOf(clause)
    return parts === undefined ? [] : statementsOf(parts, undefined).map(({ text }) => text)
  })
}

describe('a clause that no rule reads', () => {
  it.each([
    [
      'Whoever picks up the phone has to hear the greeting.',
      'Whoever picks up the phone must hear the greeting.',
    ],
    [
      'I want the florist to weigh the roses at the bench, on a scale.',
      'The florist must weigh the roses at the bench, on a scale.',
    ],
    [
      'If the hall is full they go on the waiting list.',
      'If the hall is full, users go on the waiting list.',
    ],
    [
      'Three years after a case is closed the file has to vanish.',
      'The file vanishes three years after a case is closed.',
    ],
    [
      "A letter mustn't leave the house if there was a payment.",
      'If there was a payment, a letter does not leave the house.',
    ],
    [
      "I'd like a board, like an airport, where the most urgent flight is on top.",
      'The system provides a board where the most urgent flight is on top.',
    ],
    [
      'The parents need somewhere to look up the fixtures.',
      'The parents can look up the fixtures.',
    ],
    ['First letters go out on the same day.', 'First letters go out on the same day.'],
    ['A map in the hall would be great.', 'The system provides a map in the hall.'],
    ['Never sell a seat twice.', 'The system does not sell a seat twice.'],
  ])('is told again: %s', (said, statement) => {
    expect(told(said)[0]).toBe(statement)
  })

  it('gives one statement for each of its verbs', () => {
    expect(
      told('A debtor should be able to look up the balance and pay the rest by card.'),
    ).toEqual(['A debtor can look up the balance.', 'A debtor can pay the rest by card.'])
  })

  it.each([
    'Yesterday it happened twice.',
    "We're seven people.",
    "That's the law.",
    'You can imagine.',
    'Because the regulator comes once a year.',
    'That would help me.',
    'If the car is not registered.',
    'I hate those calls.',
  ])('says nothing where nothing is asked for: %s', (said) => {
    expect(told(said)).toEqual([])
  })
})

describe('half a sentence in its question', () => {
  it.each([
    ['How many people use it at once?', 'Up to thirty.', 'up to thirty people use it at once.'],
    [
      'What does the creditor get at the end?',
      'A statement every month.',
      'the creditor gets a statement every month  at the end.',
    ],
    [
      'Where do they see it?',
      'On a screen in the canteen.',
      'they see it on a screen in the canteen.',
    ],
    ['Who should get into it?', 'My wife.', 'my wife should get into it.'],
  ])('answers %s', (asked, answer, whole) => {
    expect(inItsQuestion(tag(answer), tag(asked))?.replace(/ {2,}/g, ' ')).toBe(
      whole.replace(/ {2,}/g, ' '),
    )
  })

  it('leaves alone what asks for no part of a sentence', () => {
    expect(inItsQuestion(tag('Nothing else.'), tag('Shall we stop here?'))).toBeUndefined()
  })
})
