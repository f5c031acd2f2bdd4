import { describe, expect, it } from 'vitest'
import type { BriefItem, Clause } from '../../domain/brief.ts'
import { item, workshopBrief } from '../testing/briefs.ts'
import { criterionOf } from './criteria.ts'
import { plannedEntities } from './entities.ts'
import { interpret } from './interpret.ts'

const entities = plannedEntities(workshopBrief())

const clause = (verb: string, more: Partial<Clause> = {}): Clause => ({
  actor: 'customer',
  verb,
  negated: false,
  ...more,
})
const asked = (statement: string, said: Clause): BriefItem =>
  item('R1', 'requirement', statement, said)
const text = (statement: string, said: Clause): string =>
  criterionOf(asked(statement, said), 'Shop', entities).text

describe('a statement', () => {
  it.each([
    ['Customers can book a slot.', clause('book', { object: 'slot' }), 'create'],
    ['Customers can see bikes.', clause('see', { object: 'bike' }), 'list'],
    ['Customers can change a bike.', clause('change', { object: 'bike' }), 'edit'],
    [
      'Customers can see the weekly schedule.',
      clause('see', { object: 'weekly schedule' }),
      'schedule',
    ],
    ['Customers can cancel an appointment.', clause('cancel', { object: 'appointment' }), 'choice'],
    [
      'Customers can cancel up to one day before the slot starts.',
      clause('cancel', { rest: 'up to one day before the slot starts' }),
      'deadline',
    ],
    [
      'Nobody can book a slot that is already full.',
      { verb: 'book', object: 'slot', rest: 'that is already full', negated: true },
      'full',
    ],
    [
      'Users can see who is coming to a slot.',
      clause('see', { rest: 'who is coming to a slot' }),
      'filter',
    ],
    [
      'Users can export the bikes as a CSV file.',
      clause('export', { object: 'bike', rest: 'as a CSV file' }),
      'export',
    ],
  ])('is understood: %s', (statement, said, kind) => {
    expect(interpret(asked(statement, said), entities)?.kind).toBe(kind)
    expect(criterionOf(asked(statement, said), 'Shop', entities).capability?.kind).toBe(kind)
  })

  it.each([
    ['Only the owner can delete a bike.', clause('delete', { object: 'bike' })],
    ['Customers can add a bike by voice.', clause('add', { object: 'bike', rest: 'by voice' })],
    ['Customers cannot delete a bike.', clause('delete', { object: 'bike', negated: true })],
    ['Customers can see the colour of bikes.', clause('see', { object: 'colour of bikes' })],
    ['Customers can export bikes.', clause('export', { object: 'bike' })],
    ['Customers can cancel a bike.', clause('cancel', { object: 'bike' })],
    [
      'If it rains, customers can add a bike.',
      clause('add', { object: 'bike', condition: { kind: 'if', text: 'it rains' } }),
    ],
    [
      'The system limits each slot to 3 hours.',
      { verb: 'limit', object: 'slot', rest: 'to 3 hours', negated: false },
    ],
  ])('is not taken for something simpler: %s', (statement, said) => {
    expect(interpret(asked(statement, said), entities)).toBe(undefined)
    expect(criterionOf(asked(statement, said), 'Shop', entities).capability).toBe(undefined)
  })
})

describe('a criterion', () => {
  it('lets people do what they may, and requires what they must', () => {
    expect(text('Customers can rate a repair.', clause('rate', { object: 'repair' }))).toBe(
      'THE Shop SHALL let customers rate a repair',
    )
    expect(text('Customers must sign a form.', clause('sign', { object: 'form' }))).toBe(
      'THE Shop SHALL require customers to sign a form',
    )
  })

  it('refuses what nobody may do, and what others may not', () => {
    const said = { verb: 'delete', object: 'repair', negated: true }
    expect(text('Nobody can delete a repair.', said)).toBe(
      'IF a user tries to delete a repair, THEN THE Shop SHALL refuse the attempt and say why',
    )
    expect(
      text('Only the owner can see prices.', clause('see', { actor: 'owner', object: 'price' })),
    ).toBe(
      'IF a user who is not the owner tries to see prices, THEN THE Shop SHALL refuse the attempt and say why',
    )
  })

  it('keeps the condition and the number of a quality', () => {
    const said: Clause = {
      verb: 'warn',
      object: 'mechanic',
      condition: { kind: 'if', text: 'a part is missing' },
      negated: false,
    }
    expect(text('If a part is missing, the system warns the mechanic.', said)).toBe(
      'IF a part is missing, THEN THE Shop SHALL warn the mechanic',
    )
    const quality: Clause = { verb: 'load', rest: 'in 2 seconds', negated: false }
    expect(text('The pages load in 2 seconds.', quality)).toBe(
      'THE Shop SHALL make sure that the pages load in 2 seconds',
    )
  })
})
