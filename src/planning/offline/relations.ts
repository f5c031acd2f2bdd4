import type { EntityModel } from '../../kiro/data-models.ts'
import type { ChoiceValue } from '../../kiro/capability.ts'
import { wordsIn } from '../../kiro/same-words.ts'

const PLAIN_ADJECTIVES = new Set(wordsIn('new own existing single whole their'))
const BOOKING_NAMES = new Set(
  wordsIn(
    'booking reservation registration appointment enrolment enrollment ticket signup order attendance',
  ),
)

/** The entity that a noun phrase names, and nothing else. */
export function entityNamed(
  phrase: string,
  entities: readonly EntityModel[],
): EntityModel | undefined {
  const words = wordsIn(phrase).filter((word) => !PLAIN_ADJECTIVES.has(word))
  const key = words.join(' ')
  return entities.find(({ name }) => wordsIn(name).join(' ') === key)
}

/** Whether an entity is a place taken by its name: `Booking`, `Ticket`. */
export function isBookingName({ name }: Pick<EntityModel, 'name'>): boolean {
  return BOOKING_NAMES.has(wordsIn(name).at(-1) ?? '')
}

/** The entity that stands for a place taken: the booking of a class; with its reference. */
export function bookingOf(
  parent: EntityModel,
  entities: readonly EntityModel[],
): { entity: EntityModel; by: string } | undefined {
  const refers = entities.flatMap((entity) => {
    const field = entity.fields.find(
      ({ type, options }) => type === 'reference' && options[0] === parent.name,
    )
    return field ? [{ entity, by: field.name }] : []
  })
  return refers.find(({ entity }) => isBookingName(entity))
}

/** The choice of an entity that has such a value. */
export function choiceNamed(
  entity: EntityModel,
  fits: (value: string) => boolean,
): ChoiceValue | undefined {
  for (const { name, type, options } of entity.fields) {
    const value = type === 'choice' ? options.find(fits) : undefined
    if (value !== undefined) return { field: name, value }
  }
  return undefined
}
