import type { Brief, Entity } from '../../domain/brief.ts'
import type { FieldModel } from '../../kiro/data-models.ts'
import { capitalised } from '../../kiro/english.ts'
import { plainLine } from '../../kiro/inline.ts'
import { wordsIn } from '../../kiro/same-words.ts'
import { verbsOf } from '../../kiro/capability-trigger.ts'
import type { PlannedEntity } from './planned.ts'

/** More entities than that are a sign of a noisy talk; the first ones are kept. */
const MAX_ENTITIES = 30
const MAX_GUESSED = 5
const MAX_FIELDS = 30

const guess = 'Nobody said what is kept of it.'

/** The entities of the plan, those first that others refer to. */
export function plannedEntities(brief: Brief): PlannedEntity[] {
  const named = distinct(brief.entities.map(nameOf)).slice(0, MAX_ENTITIES)
  const all = named.length > 0 ? named : guessedEntities(brief)
  const names = new Set(all.map(({ name }) => name))
  const planned = all.map((entity): PlannedEntity => {
    const fields = entity.fields.map((field) => fieldModel(field, names, entity.name))
    const item = brief.entities.find(({ id }) => id === entity.id)
    return {
      name: entity.name,
      fields: fields.length > 0 ? distinctFields(fields) : [nameField],
      items: item ? [item.id] : [],
      citations: entity.citations,
      ...(entity.inferred !== undefined && { inferred: entity.inferred }),
      guessed: fields.length === 0,
      depth: 0,
    }
  })
  return inOrder(planned)
}

const nameField: FieldModel = {
  name: 'name',
  type: 'text',
  required: true,
  options: [],
  note: `Inferred: ${guess}`,
}

function nameOf(entity: Entity): Entity {
  const name = plainLine(entity.name, 60)
  return { ...entity, name: wordsIn(name).length > 0 ? name : `Record ${entity.id}` }
}

function distinct(entities: readonly Entity[]): Entity[] {
  const first = new Map<string, Entity>()
  for (const entity of entities) {
    const key = wordsIn(entity.name).join(' ')
    if (!first.has(key)) first.set(key, entity)
  }
  return [...first.values()]
}

function distinctFields(fields: readonly FieldModel[]): FieldModel[] {
  const first = new Map(fields.toReversed().map((field) => [field.name.toLowerCase(), field]))
  return [...first.values()].toReversed().slice(0, MAX_FIELDS)
}

/** A field whose choice has no values, or whose entity is not there, is kept as text. */
function fieldModel(
  { name, type, required, options = [] }: Entity['fields'][number],
  names: ReadonlySet<string>,
  own: string,
): FieldModel {
  const values = [...new Set(options.map((option) => plainLine(option.replaceAll('"', "'"), 80)))]
  const known = values.filter((value) => value !== '')
  const isText =
    (type === 'choice' && known.length === 0) ||
    (type === 'reference' && (!names.has(known[0] ?? '') || known[0] === own))
  if (isText) return { name, type: 'text', required, options: [] }
  const keeps = type === 'choice' || type === 'reference'
  return { name, type, required, options: keeps ? known : [] }
}

/** Kept of a person, not by itself. */
const OF_PEOPLE =
  /\b(?:e-?mails?(?: address(?:es)?)?|passwords?|address(?:es)?|phone numbers?|accounts?|profiles?|log-?ins?|codes?|names?|settings?|languages?)$/i

/** Things that somebody wants to add or change, when the brief names no entity at all. */
function guessedEntities(brief: Brief): Entity[] {
  const verbs = new Set([...verbsOf('create'), ...verbsOf('edit'), ...verbsOf('delete')])
  const named = brief.items.flatMap(({ kind, clause }): Entity[] => {
    const object = clause?.object?.trim() ?? ''
    const wanted = kind === 'requirement' && clause && !clause.negated && object !== ''
    if (!wanted || !verbs.has(wordsIn(clause.verb)[0] ?? '')) return []
    if (wordsIn(object).length === 0 || wordsIn(object).length > 2 || OF_PEOPLE.test(object))
      return []
    const name = plainLine(object.split(/\s+/).map(capitalised).join(' '), 60)
    const inferred = 'Nobody described it; a requirement asks to store it.'
    return [{ id: 'E1', name, fields: [], citations: [], inferred }]
  })
  return distinct(named).slice(0, MAX_GUESSED)
}

/** Each entity behind those that it refers to; a circle is broken where it is met. */
function inOrder(entities: readonly PlannedEntity[]): PlannedEntity[] {
  const byName = new Map(entities.map((entity) => [entity.name, entity]))
  const depths = new Map<string, number>()
  const depthOf = (entity: PlannedEntity): number => {
    const known = depths.get(entity.name)
    if (known !== undefined) return known
    depths.set(entity.name, 0)
    const before = entity.fields.flatMap(({ type, options }) => {
      const other = type === 'reference' ? byName.get(options[0] ?? '') : undefined
      return other ? [depthOf(other) + 1] : []
    })
    const depth = Math.max(0, ...before)
    depths.set(entity.name, depth)
    return depth
  }
  return entities
    .map((entity) => ({ ...entity, depth: depthOf(entity) }))
    .sort((a, b) => a.depth - b.depth)
}
