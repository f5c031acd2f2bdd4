import { describe, expect, it } from 'vitest'
import type { Clause } from '../../domain/brief.ts'
import { parseEars } from '../../kiro/ears.ts'
import type { EntityModel } from '../../kiro/data-models.ts'
import { item } from '../testing/briefs.ts'
import { criterionOf } from './criteria.ts'

function said(statement: string, clause: Omit<Clause, 'negated'> & { negated?: boolean }): string {
  const { text } = criterionOf(
    item('R1', 'requirement', statement, { negated: false, ...clause }),
    'Shop',
    entities,
  )
  expect(parseEars(text)).toBeDefined()
  return text
}

const field = (name: string, type: 'text' | 'date') => ({ name, type, required: true, options: [] })
const entities: EntityModel[] = [
  { name: 'Room', fields: [field('name', 'text')] },
  { name: 'Pickup', fields: [field('day', 'date')] },
]

describe('a statement becomes a criterion that says who does what', () => {
  it.each<[string, Omit<Clause, 'negated'> & { negated?: boolean }, string]>([
    [
      'Another clerk confirms the change.',
      { actor: 'clerk', verb: 'confirm', object: 'change' },
      'THE Shop SHALL let another clerk confirm the change',
    ],
    [
      'Guests participate in one tour.',
      { actor: 'guest', verb: 'participate', rest: 'in one tour' },
      'THE Shop SHALL make sure that guests participate in one tour',
    ],
    [
      'Residents get a bill at the end of every month.',
      { verb: 'get', object: 'bill', rest: 'at the end of every month' },
      'THE Shop SHALL send residents a bill at the end of every month',
    ],
    [
      'When the kennel is full, the system does not accept a booking.',
      {
        verb: 'accept',
        object: 'booking',
        negated: true,
        condition: { kind: 'when', text: 'the kennel is full' },
      },
      'WHEN the kennel is full, THE Shop SHALL NOT accept a booking',
    ],
    [
      'When they bring a tool back late, customers get an email.',
      {
        actor: 'customer',
        verb: 'get',
        object: 'email',
        condition: { kind: 'when', text: 'they bring a tool back late.' },
      },
      'WHEN customers bring a tool back late, THE Shop SHALL send customers an email',
    ],
    [
      'Patients can move an appointment before it starts.',
      { actor: 'patient', verb: 'move', object: 'appointment', rest: 'before it starts' },
      'THE Shop SHALL let patients move an appointment before the appointment starts',
    ],
    [
      'The system works on phones.',
      { verb: 'work', rest: 'on phones' },
      'THE Shop SHALL offer every function on phones',
    ],
    [
      'The colours stay the same.',
      { verb: 'stay', object: 'same' },
      'THE Shop SHALL CONTINUE TO keep the colours as before',
    ],
    [
      'Guests can book a room.',
      { actor: 'guest', verb: 'book', object: 'room' },
      'THE Shop SHALL let guests book a room',
    ],
    [
      'Guests can book a pickup.',
      { actor: 'guest', verb: 'book', object: 'pickup' },
      'WHEN a guest books a pickup, THE Shop SHALL store the pickup and show the pickup in the list of pickups',
    ],
  ])('%s', (statement, clause, criterion) => {
    expect(said(statement, clause)).toBe(criterion)
  })
})
