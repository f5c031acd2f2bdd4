import type { EntityModel, FieldModel } from '../../kiro/data-models.ts'
import { labelOf } from '../../kiro/data-models.ts'
import { pluralOf, withArticle } from '../../kiro/english.ts'
import { plainLine } from '../../kiro/inline.ts'

export interface AppField {
  /** A property of records: never the name of something that every object has. */
  name: string
  label: string
  type: FieldModel['type']
  required: boolean
  options: readonly string[]
  /** The list that a reference points to. */
  target?: string
}

export interface AppEntity {
  /** Its name in design.md. */
  name: string
  one: string
  many: string
  article: string
  /** The list's name in addresses and files: small letters and digits. */
  path: string
  fields: readonly AppField[]
  /** The fields' names in design.md, by which criteria are recognised. */
  fieldNames: ReadonlyMap<string, string>
}

/** Words that mean something else at that place of an address. */
const RESERVED_PATHS = ['schema', 'session', 'reports', 'app', 'door', 'support']
const MAX_ENTITIES = 40

/** What the app keeps, with names that are safe as code, addresses and files. */
export function appModel(entities: readonly EntityModel[]): AppEntity[] {
  const paths = new Set(RESERVED_PATHS)
  const kept = entities.slice(0, MAX_ENTITIES)
  const pathOf = new Map(
    kept.map(({ name }) => [name, distinct(slug(pluralOf(name), 'records'), paths)]),
  )
  return kept.map(({ name, fields }, index): AppEntity => {
    const one = plainLine(name.toLowerCase(), 60)
    const before = new Set(kept.slice(0, index).map((entity) => entity.name))
    const names = new Set(['id'])
    const named = fields.map((field) => ({ field, safe: distinct(fieldName(field.name), names) }))
    return {
      name,
      one,
      many: pluralOf(one),
      article: withArticle(one),
      path: pathOf.get(name) ?? 'records',
      fields: named.map(({ field, safe }) => appField(field, safe, pathOf, before)),
      fieldNames: new Map(named.map(({ field, safe }) => [field.name, safe])),
    }
  })
}

function appField(
  field: FieldModel,
  name: string,
  paths: ReadonlyMap<string, string>,
  before: ReadonlySet<string>,
): AppField {
  const target = field.type === 'reference' ? paths.get(field.options[0] ?? '') : undefined
  const isText =
    (field.type === 'reference' && target === undefined) ||
    (field.type === 'choice' && field.options.length === 0)
  return {
    name,
    label: labelOf(field),
    type: isText ? 'text' : field.type,
    // Where records refer to each other in a circle, one of them has to come first.
    required: field.required && (target === undefined || before.has(field.options[0] ?? '')),
    options: field.type === 'choice' ? field.options : [],
    ...(target !== undefined && { target }),
  }
}

/** The field's name in the app. */
export function safeName(entity: AppEntity | undefined, field: string): string {
  return entity?.fieldNames.get(field) ?? field
}

/** Small letters and digits, with a letter first; `fallback` where nothing of that is left. */
export function slug(text: string, fallback: string): string {
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
  return /[a-z].*$/.exec(plain)?.[0].slice(0, 40) ?? fallback
}

/** The name in its camel case; a number goes behind what every object has already. */
function fieldName(name: string): string {
  const plain = name.replaceAll(/[^A-Za-z0-9]/g, '')
  const safe = /^[a-z][A-Za-z0-9]{0,39}$/.test(plain) ? plain : slug(plain, 'field')
  return safe in {} || safe === 'prototype' || safe === 'then' ? `${safe}Field` : safe
}

/** The name, with a number behind it when it is taken; remembers it. */
function distinct(name: string, taken: Set<string>): string {
  let free = name
  for (let number = 2; taken.has(free.toLowerCase()); number += 1) free = `${name}${number}`
  taken.add(free.toLowerCase())
  return free
}
