import type { Capability, ChoiceValue } from './capability.ts'
import type { EntityModel, FieldModel } from './data-models.ts'
import { labelOf } from './data-models.ts'
import { wordsIn } from './same-words.ts'

/** The most candidates that are looked at for one text. */
const MAX_CANDIDATES = 1_000

/** Everything that a text could mean which names some of the entities and holds these numbers. */
export function possibleCapabilities(entities: readonly EntityModel[], text: string): Capability[] {
  const words = new Set(wordsIn(text))
  const named = (name: string): boolean => {
    const own = wordsIn(name)
    return own.length > 0 && own.every((word) => words.has(word))
  }
  const numbers = numbersIn(text)
  return entities
    .filter((entity) => named(entity.name))
    .flatMap((entity) => [
      ...recordCapabilities(entity, text),
      ...fieldCapabilities(entity),
      ...relationCapabilities(entity, entities, numbers),
    ])
    .slice(0, MAX_CANDIDATES)
}

/** The values that take a record out of the count: a cancelled booking holds no place. */
export function withdrawnValue(entity: EntityModel): ChoiceValue | undefined {
  for (const { name, type, options } of entity.fields) {
    const value = type === 'choice' && options.find((option) => WITHDRAWN.test(option))
    if (value) return { field: name, value }
  }
  return undefined
}

/** The field that says how many others a record has room for. */
export function placesField(entity: EntityModel | undefined): FieldModel | undefined {
  return entity?.fields.find(
    ({ name, type }) => type === 'number' && /places|capacity|seats|spots|spaces/i.test(name),
  )
}

/** When a record takes place: its first date or date with time. */
export function timeField(entity: EntityModel | undefined): FieldModel | undefined {
  const fields = entity?.fields ?? []
  return (
    fields.find(({ type, name }) => type === 'datetime' && /start/i.test(name)) ??
    fields.find(({ type }) => type === 'datetime') ??
    fields.find(({ type }) => type === 'date')
  )
}

const WITHDRAWN = /^(?:cancel|withdraw|declin|reject|void)/i

function recordCapabilities(entity: EntityModel, text: string): Capability[] {
  const { name } = entity
  const fields = mentioned(entity.fields, text)
  const kinds = [
    'create',
    'edit',
    'delete',
    'list',
    'view',
    'search',
    'export',
    'empty_list',
    'not_found',
    'wrong_type',
  ] as const
  return [
    ...(['keep', 'required'] as const).map((kind) => ({ kind, entity: name, fields })),
    ...kinds.map((kind) => ({ kind, entity: name })),
  ]
}

/** The names of the fields that a text names, in its order. */
function mentioned(fields: readonly FieldModel[], text: string): string[] {
  let rest = ` ${wordsIn(text).join(' ')} `
  const found: { name: string; at: number }[] = []
  const longestFirst = [...fields].sort((a, b) => b.name.length - a.name.length)
  for (const field of longestFirst) {
    const label = ` ${wordsIn(labelOf(field)).join(' ')} `
    const at = rest.indexOf(label)
    if (at < 0) continue
    found.push({ name: field.name, at })
    rest = `${rest.slice(0, at)} ${'#'.repeat(label.length - 2)} ${rest.slice(at + label.length)}`
  }
  return found.sort((a, b) => a.at - b.at).map(({ name }) => name)
}

function fieldCapabilities(entity: EntityModel): Capability[] {
  return entity.fields.flatMap(({ name: field, type, options }): Capability[] => {
    const base = { entity: entity.name, field }
    const plain: Capability[] = [
      { kind: 'unique', ...base },
      { kind: 'filter', ...base },
    ]
    if (type === 'date' || type === 'datetime') plain.push({ kind: 'schedule', ...base })
    if (type !== 'choice') return plain
    return [...plain, ...options.map((value): Capability => ({ kind: 'choice', ...base, value }))]
  })
}

function relationCapabilities(
  entity: EntityModel,
  entities: readonly EntityModel[],
  numbers: readonly number[],
): Capability[] {
  const without = withdrawnValue(entity)
  return entity.fields.flatMap(({ name: by, type, options }): Capability[] => {
    const parent = entities.find((other) => type === 'reference' && other.name === options[0])
    if (!parent) return []
    const base = { entity: entity.name, by }
    const places = placesField(parent)?.name
    const time = timeField(parent)
    const reports = (['report', 'report_export'] as const).map((kind) => ({
      kind,
      ...base,
      ...(places !== undefined && { places }),
    }))
    const choices = entity.fields.filter((field) => field.type === 'choice')
    return [
      { kind: 'full', ...base },
      ...numbers.map((max): Capability => ({
        kind: 'limit',
        ...base,
        max,
        ...(without && { without }),
      })),
      ...(timeField(entity) || time ? reports : []),
      ...(time?.type === 'datetime' ? choices : []).flatMap(({ name: field, options }) =>
        options.flatMap((value) =>
          numbers.map((hours): Capability => ({
            kind: 'deadline',
            ...base,
            field,
            value,
            time: time?.name ?? '',
            hours,
          })),
        ),
      ),
    ]
  })
}

/** The whole numbers that a text names and a limit may have; at most four. */
function numbersIn(text: string): number[] {
  const found = [...text.matchAll(/(?<![\p{L}\d.])\d{1,5}(?![\p{L}\d.])/gu)]
  const numbers = new Set(found.map((match) => Number(match[0])))
  return [...numbers].filter((number) => number > 0 && number <= 10_000).slice(0, 4)
}
