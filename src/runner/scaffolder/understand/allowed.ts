import type { EntityModel } from '../../../kiro/data-models.ts'
import { labelOf } from '../../../kiro/data-models.ts'
import { timeField } from '../../../kiro/capability-candidates.ts'
import { stemOf, wordsIn } from '../../../kiro/same-words.ts'
import type { Ability } from './ability.ts'
import { bookingsOf, commentsOn, loansOf, type Derived } from './derived.ts'
import {
  clauseOf,
  entityAlone,
  fieldsNamed,
  names,
  saysOnly,
  stemsOf,
  type Clause,
} from './words.ts'

type Read = (clause: Clause, entities: readonly EntityModel[]) => Ability | undefined

/** Marks by the verbs that set them. */
const marks: Readonly<Record<string, string>> = {
  cancel: 'cancelled',
  close: 'closed',
  confirm: 'confirmed',
  approve: 'approved',
  archive: 'archived',
  accept: 'accepted',
  decline: 'declined',
  complete: 'completed',
  finish: 'finished',
}

/** What people may be let do, each with the verbs that say it; the first that fits counts. */
const readers: readonly (readonly [string, Read])[] = [
  ['add create enter register record submit insert save store', create],
  ['book reserve order request', reserve],
  ['borrow rent', borrow],
  ['see view open browse', list],
  ['comment', comment],
  ['write', write],
  ['change edit update correct set adjust', change],
  ['move reschedule', move],
  ['mark', markAs],
  [Object.keys(marks).join(' '), markBy],
  ['delete remove', remove],
  ['search find', search],
  ['filter', filter],
]

/** What `let members borrow a book` asks for, if it is all that is said; `who` is `members`. */
export function readAllowed(
  text: string,
  entities: readonly EntityModel[],
): { who: string; ability: Ability } | undefined {
  for (const [verbs, read] of readers) {
    const clause = clauseOf(text, stemsOf(verbs))
    const ability = clause && read(clause, entities)
    if (ability) return { who: clause.actor, ability }
  }
  return undefined
}

function create({ rest }: Clause, entities: readonly EntityModel[]): Ability | undefined {
  const entity = withItsFields(rest, entities)
  return entity && { kind: 'create', entity: entity.name }
}

/** The one entity that a phrase is about, which may name its references: `a lesson with a tutor`. */
function withItsFields(phrase: string, entities: readonly EntityModel[]): EntityModel | undefined {
  const found = entities.filter(
    (entity) =>
      names(phrase, entity.name) && saysOnly(phrase, [entity.name, ...entity.fields.map(labelOf)]),
  )
  return found.length === 1 ? found[0] : undefined
}

/** Words that a booking's own fields answer. */
const ofBookings = ['for', 'day', 'time', 'hour', 'certain', 'one', 'free', 'online']

/** Booking something, or ordering what is itself the record of it: a viewing, an appointment. */
function reserve(clause: Clause, entities: readonly EntityModel[]): Ability | undefined {
  const { rest, actor } = clause
  const record = withItsFields(rest, entities)
  if (record && isDealing(record, actor)) return { kind: 'create', entity: record.name }
  const thing = entityAlone(rest, entities, ofBookings)
  if (!thing || clause.verb === stemOf('request') || clause.verb === stemOf('order')) {
    return undefined
  }
  const dealing = dealingIn(thing, entities)
  if (dealing) return { kind: 'create', entity: dealing.name }
  return reservation(bookingsOf(thing), entities)
}

function borrow({ rest }: Clause, entities: readonly EntityModel[]): Ability | undefined {
  const thing = entityAlone(rest, entities, ofBookings)
  if (!thing) return undefined
  const dealing = dealingIn(thing, entities)
  return dealing ? { kind: 'create', entity: dealing.name } : reservation(loansOf(thing), entities)
}

/** A record of what was agreed with somebody: it has a time, and names its thing or whose it is. */
function isDealing({ fields }: EntityModel, actor: string): boolean {
  const hasTime = fields.some(({ type }) => type === 'date' || type === 'datetime')
  const isTheirs = fields.some(
    (field) => field.type === 'reference' || names(actor, labelOf(field)),
  )
  return hasTime && isTheirs
}

/** Names of records that say that somebody has a thing for a time. */
const dealings = /\b(?:booking|reservation|rental|loan|hire)s?$/i

/** The entity of the plan that holds the bookings of a thing. */
export function dealingIn(
  thing: EntityModel,
  entities: readonly EntityModel[],
): EntityModel | undefined {
  return entities.find(
    ({ name, fields }) =>
      dealings.test(name) &&
      fields.some(({ type, options }) => type === 'reference' && options[0] === thing.name),
  )
}

function isThere({ model }: Derived, entities: readonly EntityModel[]): boolean {
  return entities.some(({ name }) => name.toLowerCase() === model.name.toLowerCase())
}

function reservation(made: Derived, entities: readonly EntityModel[]): Ability | undefined {
  const { model, by, times } = made
  if (isThere(made, entities)) return undefined
  return { kind: 'reserve', entity: model.name, by, ...(times && { times }) }
}

function comment({ rest }: Clause, entities: readonly EntityModel[]): Ability | undefined {
  const target = entityAlone(rest, entities)
  const made = target && commentsOn(target)
  if (!made || isThere(made, entities)) return undefined
  return { kind: 'comment', entity: made.model.name, by: made.by }
}

/** Writing down a field of a record, or a remark on it. */
function write(clause: Clause, entities: readonly EntityModel[]): Ability | undefined {
  const set = setField(clause.rest, entities, ['down', 'after', 'about'])
  if (set) return set
  const rest = clause.rest.replace(
    /^(?:a |an )?(?:short )?(?:comment|note|remark)s? (?=on |about |for )/i,
    '',
  )
  return rest === clause.rest ? create(clause, entities) : comment({ ...clause, rest }, entities)
}

function change({ rest }: Clause, entities: readonly EntityModel[]): Ability | undefined {
  const entity = entityAlone(rest, entities, ['data', 'details'])
  return entity ? { kind: 'edit', entity: entity.name } : setField(rest, entities)
}

/** `the status of a repair`: a field with the entity that it belongs to. */
function setField(
  phrase: string,
  entities: readonly EntityModel[],
  more: readonly string[] = [],
): Ability | undefined {
  const found = entities.flatMap((entity) =>
    names(phrase, entity.name)
      ? fieldsNamed(phrase, entity)
          .filter(({ type }) => type !== 'reference')
          .filter((field) => saysOnly(phrase, [entity.name, labelOf(field), ...more]))
          .map(({ name }) => ({ kind: 'set_field' as const, entity: entity.name, field: name }))
      : [],
  )
  return found.length === 1 ? found[0] : undefined
}

/** `an appointment to another day`: its date. */
function move({ rest }: Clause, entities: readonly EntityModel[]): Ability | undefined {
  const entity = entityAlone(rest, entities, ['to', 'another', 'day', 'date', 'time', 'other'])
  const time = timeField(entity)
  return entity && time && { kind: 'set_field', entity: entity.name, field: time.name }
}

function markAs({ rest }: Clause, entities: readonly EntityModel[]): Ability | undefined {
  const [, what = '', mark = ''] = /^(.{1,80}) as (?:an? )?(\p{L}{2,30})$/u.exec(rest) ?? []
  const entity = entityAlone(what, entities)
  return entity && marked(entity, mark.toLowerCase())
}

function markBy({ verb, rest }: Clause, entities: readonly EntityModel[]): Ability | undefined {
  const entity = entityAlone(rest, entities)
  const mark = Object.entries(marks).find(([known]) => stemOf(known) === verb)?.[1]
  return entity && mark !== undefined ? marked(entity, mark) : undefined
}

/** A value that the plan has for it, else a mark of its own. */
function marked(entity: EntityModel, mark: string): Ability | undefined {
  const own = entity.name
  for (const { name: field, type, options } of entity.fields) {
    const value = type === 'choice' && options.find((option) => option.toLowerCase() === mark)
    if (value) return { kind: 'choice', entity: own, field, value }
  }
  const taken = entity.fields.find(({ name }) => name.toLowerCase() === mark)
  if ((taken && taken.type !== 'boolean') || !/^[a-z]{2,30}$/.test(mark)) return undefined
  return { kind: 'mark', entity: own, field: taken?.name ?? mark, mark }
}

function list({ rest }: Clause, entities: readonly EntityModel[]): Ability | undefined {
  const entity = entityAlone(rest, entities)
  const isMany = /\b(?:all|list|every)\b/i.test(rest) || (entity && isPlural(rest, entity))
  return entity && isMany ? { kind: 'list', entity: entity.name } : undefined
}

function isPlural(phrase: string, { name }: EntityModel): boolean {
  const last = name.toLowerCase().split(/\s+/).at(-1) ?? ''
  return !phrase.toLowerCase().split(/\W+/).includes(last)
}

function remove({ rest }: Clause, entities: readonly EntityModel[]): Ability | undefined {
  const entity = entityAlone(rest, entities)
  return entity && { kind: 'delete', entity: entity.name }
}

const texts = new Set(['text', 'long_text', 'email', 'number', 'choice'])
const ranges = new Set(['number', 'money', 'date', 'datetime'])

function search({ rest }: Clause, entities: readonly EntityModel[]): Ability | undefined {
  const whole = entityAlone(rest, entities)
  if (whole) return { kind: 'search', entity: whole.name }
  const found = byFields(rest, entities, texts)
  return found && { kind: 'search_by', ...found }
}

function filter({ rest }: Clause, entities: readonly EntityModel[]): Ability | undefined {
  const [what = '', fields = ''] = rest.split(/ by /)
  const entity = entityAlone(what, entities)
  const [choice, ...others] = entity ? fieldsNamed(fields, entity) : []
  const isChoice = choice?.type === 'choice' || choice?.type === 'reference'
  if (entity && choice && isChoice && others.length === 0 && saysOnly(fields, [labelOf(choice)])) {
    return { kind: 'filter', entity: entity.name, field: choice.name }
  }
  const found = byFields(rest, entities, ranges)
  return found && { kind: 'range', ...found }
}

/** `properties by rent and by number of rooms`: an entity, and its fields of these types. */
function byFields(
  phrase: string,
  entities: readonly EntityModel[],
  types: ReadonlySet<string>,
): { entity: string; fields: string[] } | undefined {
  const at = phrase.search(/\bby\b/)
  const entity = at > 0 ? entityAlone(phrase.slice(0, at), entities) : undefined
  if (!entity) return undefined
  const parts = phrase.slice(at).split(/\b(?:and|or|,)\b/)
  const fields = parts.map((part) => {
    const named = fieldsNamed(part, entity)
    const [field] = named
    const isAll = field && saysOnly(part, [labelOf(field), 'number'])
    return named.length === 1 && isAll && types.has(field.type) ? field.name : undefined
  })
  const known = fields.filter((field) => field !== undefined)
  return known.length === parts.length && wordsIn(phrase.slice(at)).length > 1
    ? { entity: entity.name, fields: known }
    : undefined
}
