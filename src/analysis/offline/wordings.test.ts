import { describe, expect, it } from 'vitest'
import { turnsOf } from '../testing/expected-talk.ts'
import { createOfflineAnalyst } from './analyst.ts'

const analyst = createOfflineAnalyst()

function briefOf(lines: readonly string[]) {
  return analyst.analyse({ turns: turnsOf(lines) })
}

describe('needs in other words', () => {
  const cases: readonly (readonly [what: string, lines: string[], statements: string[]])[] = [
    [
      'a clause after the name of the software',
      ['C: I want a website where customers can request a repair.'],
      ['Customers can request a repair.'],
    ],
    [
      'what is told in the present tense',
      ['C: The mechanic changes the status of a repair.'],
      ['The mechanic can change the status of a repair.'],
    ],
    [
      'an it that goes on',
      ['C: Staff can add a tool, edit it and delete it.'],
      ['Staff can add a tool.', 'Staff can edit a tool.', 'Staff can delete a tool.'],
    ],
    [
      'a way for somebody',
      ['C: There has to be a way for customers to order a cake.'],
      ['Customers can order a cake.'],
    ],
    [
      'a permission that is denied',
      ['C: Beginners are not allowed to reserve racing boats.'],
      ['Beginners cannot reserve racing boats.'],
    ],
    [
      'a yes with a condition',
      [
        'C: We share cars.',
        'A: Should residents be able to extend a booking?',
        'C: Yes, if the car is free.',
      ],
      ['If the car is free, residents can extend a booking.'],
    ],
    [
      'a passive that is denied',
      ['C: Damaged tools must not be rented out.'],
      ['Damaged tools cannot be rented out.'],
    ],
    [
      'a limit of its subject',
      ['C: A member can have at most five loans at the same time.'],
      ['The system limits each member to five loans at the same time.'],
    ],
    [
      'a time that is no limit',
      ['C: Parents can cancel a lesson up to 24 hours before it starts.'],
      ['Parents can cancel a lesson up to 24 hours before it starts.'],
    ],
    ['a thing with a no', ['C: No chatbot, please.'], ['A chatbot is out of scope.']],
    [
      'a word that is put right at once',
      ['C: The owner should get a text message, no wait, make that an email.'],
      ['The owner gets an email.'],
    ],
    [
      'those who call, not the one who tells of it',
      ["C: I'm a landlord. Tenants call me at all hours. I want them to report a leak."],
      ['Tenants can report a leak.'],
    ],
    [
      'a they after nobody',
      ['C: Nobody should delete a product. They can archive a product though.'],
      ['Nobody can delete a product.', 'Users can archive a product.'],
    ],
    [
      'a they after no member',
      ['C: No member may delete a post. They can hide a post.'],
      ['No member can delete a post.', 'Members can hide a post.'],
    ],
    [
      'an only that means the one who speaks',
      ['C: Only I should be able to see the revenue report.'],
      ['Only the client can see the revenue report.'],
    ],
    [
      'an only that belongs to the wish',
      ['C: We only want to see the totals.'],
      ['Users can see the totals.'],
    ],
    [
      'who acts after an and',
      ['C: The coordinator should check in the volunteers and the system should add up the hours.'],
      ['The coordinator can check in the volunteers.', 'The system adds up the hours.'],
    ],
  ]

  it.each(cases)('hears %s', async (_, lines, expected) => {
    const brief = await briefOf(lines)
    expect(
      brief.items.filter(({ kind }) => kind !== 'user').map(({ statement }) => statement),
    ).toEqual(expected)
  })

  it.each([
    'C: Parents write to me at ten in the evening.',
    'C: No problem.',
    "C: I think we shouldn't have too many b for my part.",
    'C: No no n',
    'C: We would have a good, solid chance.',
    'C: Yesterday the courier lost a parcel.',
    'C: Right now the teacher writes the names on paper.',
  ])('asks for nothing in: %s', async (line) => {
    const brief = await briefOf([line])
    expect(brief.items.filter(({ kind }) => kind !== 'user')).toEqual([])
  })
})

describe('fields in other words', () => {
  it.each([
    [
      'a yes-or-no field',
      'Each pet has a name and whether it is vaccinated.',
      'vaccinated:boolean',
    ],
    ['a year', 'Each book has a title and a year.', 'year:number'],
    ['a rate', 'Each tutor has a name and an hourly rate.', 'hourlyRate:money'],
    [
      'a time in minutes',
      'Each recipe has a title and a cooking time in minutes.',
      'cookingTime:number',
    ],
    ['a date of birth', 'Each pet has a name and a date of birth.', 'dateOfBirth:date'],
    ['listed values', 'Each pass has a type, monthly or yearly, and a price.', 'type:choice'],
    ['a place', 'Each car has a model and a parking place.', 'parkingPlace:text'],
  ])('reads %s', async (_, line, field) => {
    const { entities } = await briefOf([`C: ${line}`])
    const fields = entities.flatMap((entity) =>
      entity.fields.map(({ name, type }) => `${name}:${type}`),
    )
    expect(fields).toContain(field)
  })

  it.each([
    ['Address, number of rooms and rent.', ['address', 'rooms', 'rent']],
    ['The name, start time and the price.', ['name', 'startTime', 'price']],
  ])('reads a list whose words may be verbs: %s', async (list, fields) => {
    const { entities } = await briefOf(['A: What do you store about a flat?', `C: ${list}`])
    expect(entities.flatMap((entity) => entity.fields.map(({ name }) => name))).toEqual(fields)
  })

  it('refers to what else is kept', async () => {
    const { entities } = await briefOf([
      'C: Each pet has a name and a breed. Each visit has a date and a pet.',
    ])
    const visit = entities.find(({ name }) => name === 'Visit')
    expect(visit?.fields.find(({ name }) => name === 'pet')).toMatchObject({
      type: 'reference',
      options: ['Pet'],
    })
  })

  it('does not take what is counted for fields', async () => {
    const { entities } = await briefOf(['C: Our club has thirty boats and two hundred members.'])
    expect(entities).toEqual([])
  })
})

describe('the title', () => {
  it('says nothing twice', async () => {
    const { title } = await briefOf([
      'C: I run a small dog grooming salon. Each dog has a name and a breed.',
    ])
    expect(title).toBe('Dog Grooming Salon Software')
  })
})

describe('open questions', () => {
  it('asks a whole sentence', async () => {
    const { openQuestions } = await briefOf(['C: Whether we also need French is not decided yet.'])
    expect(openQuestions.map(({ question }) => question)).toEqual([
      'Is it decided whether the business also needs French?',
    ])
  })

  it('asks nothing where speech breaks off', async () => {
    const { openQuestions } = await briefOf([
      "C: I don't know whether whether it's in a is right for every country.",
    ])
    expect(openQuestions).toEqual([])
  })

  it('takes up the last question that can stand alone', async () => {
    const { openQuestions } = await briefOf([
      'A: Should visitors pay online?',
      'C: Yes, by card.',
      'A: So what is it?',
      "D: We don't know yet.",
    ])
    expect(openQuestions.map(({ question }) => question)).toEqual(['Should visitors pay online?'])
  })
})
