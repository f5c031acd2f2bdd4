import { describe, expect, it } from 'vitest'
import { possibleCapabilities } from './capability-candidates.ts'
import { wordingsOf } from './capability-wording.ts'
import { recogniseCapability } from './recognise-capability.ts'
import type { EntityModel } from './data-models.ts'
import { parseDataModels, renderDataModels } from './data-models.ts'
import { renderEars } from './ears.ts'

const entities: EntityModel[] = [
  {
    name: 'Yoga Class',
    fields: [
      { name: 'name', type: 'text', required: true, options: [] },
      { name: 'startsAt', type: 'datetime', required: true, options: [] },
      { name: 'places', type: 'number', required: true, options: [] },
    ],
  },
  {
    name: 'Booking',
    fields: [
      { name: 'yogaClass', type: 'reference', required: true, options: ['Yoga Class'] },
      { name: 'day', type: 'date', required: false, options: [] },
      { name: 'status', type: 'choice', required: true, options: ['booked', 'cancelled'] },
    ],
  },
]

const meant = (text: string) => recogniseCapability({ text }, entities)

const every = entities.flatMap((entity) => {
  const fields = entity.fields.map(({ name }) => name).join(' ')
  return possibleCapabilities([entity, ...entities], `${entity.name} ${fields} starts at class 12`)
})

describe('a capability', () => {
  it('is recognised in each of its wordings', () => {
    const kinds = new Set(every.map(({ kind }) => kind))
    expect(kinds.size).toBe(21)
    for (const capability of every) {
      for (const { condition, response } of wordingsOf(capability, entities, 'the front desk')) {
        const { keyword } = condition
        const conditions = keyword === undefined ? [] : [{ keyword, text: condition.text }]
        const text = renderEars({ conditions, system: 'Studio', response })
        expect({ text, meant: meant(text) }).toEqual({ text, meant: capability })
      }
    }
  })

  it('is recognised whatever the articles, plurals and plain synonyms', () => {
    const booking = { kind: 'create', entity: 'Booking' }
    expect(meant('WHEN members book yoga classes, THE Studio SHALL save the booking.')).toEqual(
      booking,
    )
    expect(meant('WHEN a member books a yoga class, THE Studio SHALL save the booking.')).toEqual(
      booking,
    )
    expect(meant('WHEN a guest creates bookings, THE Studio SHALL store a new booking')).toEqual(
      booking,
    )
    expect(
      meant('WHEN someone opens the list of bookings, THE S SHALL display every booking'),
    ).toEqual({ kind: 'list', entity: 'Booking' })
    expect(meant('THE S SHALL store the places and the name for each yoga class')).toBe(undefined)
    expect(meant('THE S SHALL keep the places and name of each yoga class')).toEqual({
      kind: 'keep',
      entity: 'Yoga Class',
      fields: ['places', 'name'],
    })
  })

  it.each([
    'WHEN a payment fails, THE Studio SHALL store the booking',
    'WHEN a member books a yoga class for a friend abroad, THE Studio SHALL store the booking',
    'WHEN a member books a yoga class, THE Studio SHALL store the booking and send an email',
    'THE Studio SHALL store the booking',
    'WHILE it rains, WHEN a member adds a booking, THE Studio SHALL store the booking',
    'WHEN a member cancels a booking, THE Studio SHALL set the status of the booking to "booked"',
    'WHEN a class starts, THE Studio SHALL set the status of the booking to "cancelled"',
    'THE Studio SHALL accept at most many bookings for each yoga class',
    'THE Studio SHALL keep the name and the colour of each yoga class',
    'THE Studio SHALL sync the bookings with a calendar',
    'Members book classes.',
    '',
  ])('is not recognised where more or something else is asked: %s', (text) => {
    expect(meant(text)).toBe(undefined)
  })

  it('keeps the number of a limit and the hours of a deadline', () => {
    expect(meant('THE S SHALL accept at most 12 bookings for each yoga class')).toBe(undefined)
    expect(
      meant(
        'THE S SHALL accept at most 12 bookings for each yoga class, those with the status "cancelled" not counted',
      ),
    ).toMatchObject({ kind: 'limit', max: 12, without: { field: 'status', value: 'cancelled' } })
    const late =
      'IF a member tries to set the status of a booking to "cancelled" less than 24 hours before the starts at of the yoga class, THEN THE S SHALL leave the booking as before and say that the change is possible up to 24 hours before'
    expect(meant(late)).toMatchObject({ kind: 'deadline', hours: 24, value: 'cancelled' })
    expect(meant(late.replace('24', '12'))).toBe(undefined)
  })

  it('takes time in proportion to a hostile text', () => {
    expect(meant(`WHEN a member ${'books '.repeat(50_000)}, THE S SHALL store`)).toBe(undefined)
    expect(meant(`WHEN ${'a, '.repeat(300)}THE S SHALL store the booking`)).toBe(undefined)
  })
})

it('reads data models back as they were written', () => {
  const hostile: EntityModel[] = [
    ...entities,
    {
      name: '# | `x` *y*',
      fields: [
        {
          name: 'kind',
          type: 'choice',
          required: true,
          options: ['a|b', '\\', '<i>', '1. x', '- y'],
        },
      ],
    },
  ]
  expect(parseDataModels(renderDataModels(hostile))).toEqual(hostile)
})
