import type { Clause } from '../../domain/brief.ts'
import type { Capability } from '../../kiro/capability.ts'
import { timeField, withdrawnValue } from '../../kiro/capability-candidates.ts'
import type { EntityModel } from '../../kiro/data-models.ts'
import { wordsIn } from '../../kiro/same-words.ts'
import { bookingOf, entityNamed } from './relations.ts'

const NUMBERS: ReadonlyMap<string, number> = new Map(
  'one two three four five six seven eight nine ten eleven twelve'
    .split(' ')
    .map((word, index) => [word, index + 1]),
)

/** Limits in number and time: how many, until when, and not when full. */
export function interpretLimit(
  clause: Clause,
  entities: readonly EntityModel[],
): Capability | undefined {
  return mostPlaces(clause, entities) ?? whenFull(clause, entities) ?? until(clause, entities)
}

const COUNTED = new Set(
  wordsIn(
    'people person participant attendee guest member visitor student customer place seat booking',
  ),
)

/** `limit each class to 12 people`. */
function mostPlaces(
  { verb, object = '', rest = '', negated, condition }: Clause,
  entities: readonly EntityModel[],
): Capability | undefined {
  const found = /^to (?:at most )?(\w{1,12}) (\w{1,40})$/i.exec(rest.trim())
  const max = numberOf(found?.[1] ?? '')
  const parent = entityNamed(object, entities)
  const taken = parent && bookingOf(parent, entities)
  const isLimit = verb.toLowerCase() === 'limit' && !negated && !condition
  const counts = wordsIn(found?.[2] ?? '').every((word) => COUNTED.has(word))
  if (!isLimit || !counts || !taken || max === undefined) return undefined
  const without = withdrawnValue(taken.entity)
  return {
    kind: 'limit',
    entity: taken.entity.name,
    by: taken.by,
    max,
    ...(without && { without }),
  }
}

/** `nobody can book a class that is already full`. */
function whenFull(
  { object = '', rest = '', negated, condition }: Clause,
  entities: readonly EntityModel[],
): Capability | undefined {
  const isFull = /^(?:that|which) (?:is|are) (?:already )?full$/i.test(rest.trim())
  if (!negated || condition || !isFull) return undefined
  const parent = entityNamed(object, entities)
  const taken = parent && bookingOf(parent, entities)
  return taken && { kind: 'full', entity: taken.entity.name, by: taken.by }
}

/** `cancel up to two hours before the class starts`. */
function until(
  { verb, object = '', rest = '', negated, condition }: Clause,
  entities: readonly EntityModel[],
): Capability | undefined {
  const found =
    /^up to (?:at least )?(\w{1,12}) (hours?|days?) before (?:the|their|a) (.{1,60}?) (?:starts|begins|start|begin)$/i.exec(
      rest.trim(),
    )
  const amount = numberOf(found?.[1] ?? '')
  if (verb.toLowerCase() !== 'cancel' || negated || condition || !found || !amount) return undefined
  const parent = entityNamed(found[3] ?? '', entities)
  const taken = parent && bookingOf(parent, entities)
  const time = timeField(parent)
  const withdrawn = taken && withdrawnValue(taken.entity)
  if (!taken || !withdrawn || time?.type !== 'datetime') return undefined
  if (object !== '' && entityNamed(object, entities) !== taken.entity) return undefined
  const hours = /^day/i.test(found[2] ?? '') ? amount * 24 : amount
  return {
    kind: 'deadline',
    entity: taken.entity.name,
    by: taken.by,
    time: time.name,
    hours,
    ...withdrawn,
  }
}

function numberOf(word: string): number | undefined {
  if (/^\d{1,4}$/.test(word)) return Number(word) || undefined
  return NUMBERS.get(word.toLowerCase())
}
