import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EntityModel, FieldModel } from '../../../kiro/data-models.ts'
import { readPlan, understand } from './understand.ts'

const field = (name: string, type: FieldModel['type'] = 'text', options: string[] = []) => ({
  name,
  type,
  required: true,
  options,
})

const entities: EntityModel[] = [
  { name: 'Room', fields: [field('name'), field('seats', 'number'), field('rent', 'money')] },
  {
    name: 'Viewing',
    fields: [
      field('room', 'reference', ['Room']),
      field('visitor'),
      field('startsAt', 'datetime'),
      field('feedback', 'long_text'),
      field('agreedPrice', 'money'),
      field('status', 'choice', ['open', 'confirmed']),
    ],
  },
]

const meant = (text: string) => understand(text, entities)

describe('what people are let do', () => {
  it.each([
    ['let the manager add a room', 'manager', { kind: 'create', entity: 'Room' }],
    ['let visitors request a viewing', 'visitor', { kind: 'create', entity: 'Viewing' }],
    ['let users see a list of all rooms', undefined, { kind: 'list', entity: 'Room' }],
    ['let clerks delete rooms', 'clerk', { kind: 'delete', entity: 'Room' }],
    ['let clerks change a room', 'clerk', { kind: 'edit', entity: 'Room' }],
    ['let people search rooms', undefined, { kind: 'search', entity: 'Room' }],
    [
      'let people search for a room by name',
      undefined,
      { kind: 'search_by', entity: 'Room', fields: ['name'] },
    ],
    [
      'let visitors filter rooms by rent and by number of seats',
      'visitor',
      { kind: 'range', entity: 'Room', fields: ['rent', 'seats'] },
    ],
    [
      'let the mechanic change the status of a viewing',
      'mechanic',
      { kind: 'set_field', entity: 'Viewing', field: 'status' },
    ],
    [
      'let the agents write down feedback after the viewing',
      'agent',
      { kind: 'set_field', entity: 'Viewing', field: 'feedback' },
    ],
    [
      'let the desk move a viewing to another day',
      'desk',
      { kind: 'set_field', entity: 'Viewing', field: 'startsAt' },
    ],
    [
      'let agents confirm a viewing',
      'agent',
      { kind: 'choice', entity: 'Viewing', field: 'status', value: 'confirmed' },
    ],
    [
      'let agents mark a room as empty',
      'agent',
      { kind: 'mark', entity: 'Room', field: 'empty', mark: 'empty' },
    ],
    [
      'let both the agent and the visitor comment on a viewing',
      undefined,
      { kind: 'comment', entity: 'Viewing Comment', by: 'viewing' },
    ],
    [
      'let employees reserve a room for one hour',
      'employee',
      {
        kind: 'reserve',
        entity: 'Room Booking',
        by: 'room',
        times: { from: 'from', until: 'until' },
      },
    ],
  ] as const)('%s', (response, actor, ability) => {
    const understood = meant(`THE Agency SHALL ${response}`)
    expect(understood).toEqual({ ability, ...(actor !== undefined && { actor }) })
  })

  it.each([
    'let visitors book a room with a view of the sea',
    'let the manager publish a room',
    'let the manager add a photo to a room',
    'let the manager export all rooms to Excel',
    'let visitors see their own viewings',
    'let visitors search rooms by colour',
    'let visitors filter rooms by name',
    'let visitors cancel a viewing until the day before',
    'let visitors cancel a viewing and send the agent an email',
    'let visitors pay',
    'let',
    'send visitors a reminder',
    'make sure that rooms are clean',
  ])('leaves open: %s', (response) => {
    expect(meant(`THE Agency SHALL ${response}`)).toBe(undefined)
  })
})

describe('who may do what', () => {
  const refuse = (what: string) =>
    meant(`IF ${what}, THEN THE Agency SHALL refuse the attempt and say why`)?.ability

  it('is understood of records, of fields and of moments', () => {
    expect(refuse('a user who is not the owner tries to set the price')).toEqual({
      kind: 'right',
      entity: 'Viewing',
      deed: { action: 'field', field: 'agreedPrice' },
      allowed: { only: 'owner' },
    })
    expect(refuse('a guest tries to add rooms')).toEqual({
      kind: 'right',
      entity: 'Room',
      deed: { action: 'create' },
      allowed: { never: 'guest' },
    })
    expect(refuse('a user tries to delete viewings')).toMatchObject({ allowed: { nobody: true } })
    expect(refuse('a user tries to book two viewings at the same time')).toEqual({
      kind: 'apart',
      entity: 'Viewing',
      field: 'startsAt',
    })
    expect(
      meant('THE Agency SHALL make sure that only the managers change rooms')?.ability,
    ).toMatchObject({ deed: { action: 'edit' }, allowed: { only: 'manager' } })
  })

  it.each([
    'a guest tries to see who has paid',
    'a guest tries to add rooms at night',
    'a user who is not the owner tries to set the colour',
    'a nobody but the therapist tries to delete rooms',
    'it rains',
  ])('leaves open: %s', (what) => {
    expect(refuse(what)).toBe(undefined)
  })
})

it('reads what is said of bookings, wherever the bookings themselves are asked for', () => {
  const criteria = new Map([
    ['1.1', 'IF a guest tries to book a room, THEN THE A SHALL refuse the attempt and say why'],
    ['2.1', 'THE A SHALL let employees book a room'],
    ['3.1', 'THE A SHALL let agents mark a room as empty'],
    ['4.1', 'THE A SHALL let agents mark a room as empty'],
  ])
  const { models, added, meanings } = readPlan(criteria, entities)
  expect([...added].sort()).toEqual(['Room Booking', 'Room.empty'])
  expect(models.map(({ name }) => name)).toEqual(['Room', 'Viewing', 'Room Booking'])
  expect(meanings.get('1.1')?.ability).toMatchObject({ kind: 'right', entity: 'Room Booking' })
  expect(meanings.get('4.1')).toEqual(meanings.get('3.1'))
})

it('takes time in proportion to a hostile text', () => {
  const words = fc.array(
    fc.constantFrom('let', 'a', 'room', 'by', 'as', 'and', 'tries', 'to', 'book'),
    {
      maxLength: 300,
    },
  )
  fc.assert(
    fc.property(words, (list) => {
      understand(`THE S SHALL let ${list.join(' ')}`, entities)
      understand(`IF ${list.join(' ')}, THEN THE S SHALL refuse the attempt and say why`, entities)
    }),
  )
  expect(meant(`THE S SHALL let members ${'book '.repeat(100_000)}`)).toBe(undefined)
})
