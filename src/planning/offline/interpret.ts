import type { BriefItem, Clause } from '../../domain/brief.ts'
import type { Capability } from '../../kiro/capability.ts'
import { placesField, timeField, withdrawnValue } from '../../kiro/capability-candidates.ts'
import { isPlain, verbsOf } from '../../kiro/capability-trigger.ts'
import { type EntityModel, labelOf } from '../../kiro/data-models.ts'
import { wordsIn } from '../../kiro/same-words.ts'
import { interpretLimit } from './interpret-limits.ts'
import { bookingOf, choiceNamed, entityNamed, isBookingName } from './relations.ts'

/**
 * What the builder would have to make for a statement of the brief; undefined when the statement
 * holds more than that, so that nothing asked for gets lost in a simpler reading.
 */
export function interpret(
  item: BriefItem,
  entities: readonly EntityModel[],
): Capability | undefined {
  const { clause, statement } = item
  if (!clause || /^only\s/i.test(statement.trim())) return undefined
  const limit = interpretLimit(clause, entities)
  if (limit) return limit
  if (clause.negated || clause.condition) return undefined
  const verb = wordsIn(clause.verb)[0] ?? ''
  return (
    report(verb, clause, entities) ??
    statusChange(verb, clause, entities) ??
    roster(verb, clause, entities) ??
    booking(verb, clause, entities) ??
    recordAction(verb, clause, entities)
  )
}

const SEEING = new Set(wordsIn('see view open check look browse show provide get have'))

function report(
  verb: string,
  { object = '', rest = '' }: Clause,
  entities: readonly EntityModel[],
): Capability | undefined {
  const words = wordsIn(object)
  if (!words.includes('report')) return undefined
  const monthly = words.includes('monthly') || wordsIn(rest).includes('month')
  const counted = relationFor(rest, entities)
  const exported = verbsOf('export').includes(verb) && wordsIn(rest).includes('csv')
  if (exported && isPlain(rest)) {
    const any = relationFor('', entities)
    return any && { kind: 'report_export', ...any }
  }
  const asks = /\bhow (?:full|many|often|busy|well)\b/i.test(rest)
  if (!SEEING.has(verb) || !monthly || !asks || !counted) return undefined
  return { kind: 'report', ...counted }
}

/** The booking-like entity and the reference that a report counts by. */
function relationFor(
  text: string,
  entities: readonly EntityModel[],
): { entity: string; by: string; places?: string } | undefined {
  const words = new Set(wordsIn(text))
  for (const parent of entities) {
    if (text !== '' && !wordsIn(parent.name).every((word) => words.has(word))) continue
    const found = bookingOf(parent, entities)
    if (!found || !(timeField(found.entity) ?? timeField(parent))) continue
    const places = placesField(parent)?.name
    if (text === '' && places === undefined) continue
    return { entity: found.entity.name, by: found.by, ...(places !== undefined && { places }) }
  }
  return undefined
}

function statusChange(
  verb: string,
  { object = '', rest = '' }: Clause,
  entities: readonly EntityModel[],
): Capability | undefined {
  const marked = /^(?:(?:a|an|the)\s+)?(.{1,60}?)\s+as\s+(.{1,80})$/i.exec(
    `${object} ${rest}`.trim(),
  )
  if (verbsOf('choice').includes(verb) && marked) {
    const entity = entityNamed(marked[1] ?? '', entities)
    const choice = entity && choiceNamed(entity, (value) => sameValue(value, marked[2] ?? ''))
    return entity && choice && { kind: 'choice', entity: entity.name, ...choice }
  }
  if (verb !== 'cancel' || !isPlain(rest)) return undefined
  const entity = entityNamed(object, entities)
  const withdrawn = entity && withdrawnValue(entity)
  return entity && withdrawn && { kind: 'choice', entity: entity.name, ...withdrawn }
}

function sameValue(a: string, b: string): boolean {
  return wordsIn(a).join(' ') === wordsIn(b).join(' ')
}

/** `see who is coming to their class`: the bookings of one class. */
function roster(
  verb: string,
  { object = '', rest = '' }: Clause,
  entities: readonly EntityModel[],
): Capability | undefined {
  const text = `${object} ${rest}`.trim()
  const asked =
    /^who (?:is|are|has|have) (?:coming|booked|registered|signed|attending|enrolled|going)\b(.{0,80})$/i.exec(
      text,
    )
  if (!SEEING.has(verb) || !asked) return undefined
  const words = new Set(wordsIn(asked[1] ?? ''))
  const parent = entities.find(({ name }) => wordsIn(name).every((word) => words.has(word)))
  const found = parent && bookingOf(parent, entities)
  return found && { kind: 'filter', entity: found.entity.name, field: found.by }
}

const BOOKING = new Set(wordsIn('book reserve order register enrol join sign'))

/** `book a class` stores a booking, where the brief has such an entity. */
function booking(
  verb: string,
  { object = '', rest = '' }: Clause,
  entities: readonly EntityModel[],
): Capability | undefined {
  const parent = BOOKING.has(verb) && isPlain(rest) ? entityNamed(object, entities) : undefined
  const found = parent && bookingOf(parent, entities)
  return found && { kind: 'create', entity: found.entity.name }
}

/** Booking a pickup makes one; booking a room makes no room. */
function isBooked(entity: EntityModel): boolean {
  const isDated = entity.fields.some(({ type }) => type === 'date' || type === 'datetime')
  return isDated || isBookingName(entity)
}

const ACTIONS = ['create', 'edit', 'delete', 'search', 'export', 'list'] as const

function recordAction(
  verb: string,
  { object = '', rest = '' }: Clause,
  entities: readonly EntityModel[],
): Capability | undefined {
  const schedule = scheduleOf(verb, object, entities)
  if (schedule && isPlain(rest)) return schedule
  const entity = entityNamed(object, entities)
  if (!entity) return undefined
  const isKeeping = verb === 'store' && /^with\s/i.test(rest)
  if (isKeeping || (verb === 'store' && rest === '')) {
    return { kind: 'keep', entity: entity.name, fields: entity.fields.map(({ name }) => name) }
  }
  const kind = ACTIONS.find((action) => verbsOf(action).includes(verb))
  if (kind === 'create' && BOOKING.has(verb) && !isBooked(entity)) return undefined
  if (!isPlain(rest) && !(kind === 'search' && namesFields(rest, entity))) return undefined
  if (kind === 'export' && !wordsIn(rest).includes('csv')) return undefined
  return kind && { kind, entity: entity.name }
}

/** `by title or author`: a search in all fields finds what stands in those that were named. */
function namesFields(rest: string, { fields }: EntityModel): boolean {
  const named = /^by\s(.{1,200})$/i.exec(rest)?.[1]?.split(/,|\band\b|\bor\b/i) ?? []
  return (
    named.length > 0 &&
    named.every((part) => fields.some(({ name }) => sameValue(labelOf({ name }), part)))
  )
}

/** `see the weekly schedule`: what takes place at a time, week by week. */
function scheduleOf(
  verb: string,
  object: string,
  entities: readonly EntityModel[],
): Capability | undefined {
  const words = wordsIn(object)
  const isSchedule = ['schedule', 'timetable', 'calendar'].includes(words.at(-1) ?? '')
  if (!SEEING.has(verb) || !isSchedule) return undefined
  const others = words.slice(0, -1).filter((word) => !['weekly', 'week'].includes(word))
  const dated = entities.filter((entity) => timeField(entity)?.type === 'datetime')
  const entity =
    others.length === 0 ? dated[0] : dated.find((one) => sameValue(one.name, others.join(' ')))
  const field = timeField(entity)
  return entity && field && { kind: 'schedule', entity: entity.name, field: field.name }
}
