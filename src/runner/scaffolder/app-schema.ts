import type { Capability, ChoiceValue } from '../../kiro/capability.ts'
import { placesField, timeField, withdrawnValue } from '../../kiro/capability-candidates.ts'
import type { EntityModel } from '../../kiro/data-models.ts'
import { labelOf } from '../../kiro/data-models.ts'
import type { AppEntity, AppField } from './app-model.ts'

interface PlacesRule {
  by: string
  /** What the record named in `by` is called. */
  parent: string
  max?: number
  places?: string
  without?: ChoiceValue
}

interface ReportSchema {
  by: string
  /** Path of the list whose records are counted for. */
  parent: string
  /** The date that puts a record into a month, and whose it is. */
  time: string
  timeOf: 'own' | 'parent'
  places?: string
  placesLabel?: string
  without?: ChoiceValue
  export: boolean
}

/** One entity in `src/schema.js` of the app: plain data that its fixed code reads. */
export interface EntitySchema {
  one: string
  many: string
  article: string
  path: string
  fields: readonly AppField[]
  empty: string
  can: { create: boolean; edit: boolean; remove: boolean; search: boolean; export: boolean }
  filters: string[]
  schedule?: string
  choices: ChoiceValue[]
  unique: string[]
  limits: PlacesRule[]
  full: PlacesRule[]
  deadlines: (ChoiceValue & { by: string; time: string; timeLabel: string; hours: number })[]
  reports: ReportSchema[]
}

/** The app's entities, and the same as design.md has them. */
export interface Model {
  app: readonly AppEntity[]
  design: readonly EntityModel[]
}

/** What an entity's schema holds of the capabilities that are built so far. */
export function entitySchema(
  entity: AppEntity,
  model: Model,
  capabilities: readonly Capability[],
): EntitySchema {
  const own = capabilities.filter((capability) => capability.entity === entity.name)
  const has = (kind: Capability['kind']) => own.some((one) => one.kind === kind)
  const named = (kind: Capability['kind']) =>
    own.flatMap((one) => (one.kind === kind && 'field' in one ? [safeName(entity, one.field)] : []))
  const [schedule] = named('schedule')
  return {
    one: entity.one,
    many: entity.many,
    article: entity.article,
    path: entity.path,
    fields: entity.fields,
    empty: `There are no ${entity.many}.`,
    can: {
      create: has('create'),
      edit: has('edit'),
      remove: has('delete'),
      search: has('search'),
      export: has('export'),
    },
    filters: [...new Set(named('filter'))],
    ...(schedule !== undefined && { schedule }),
    choices: choicesOf(entity, own),
    unique: [...new Set(named('unique'))],
    limits: own.flatMap((one) => (one.kind === 'limit' ? [limitOf(entity, model, one)] : [])),
    full: own.flatMap((one) => (one.kind === 'full' ? [fullOf(entity, model, one, own)] : [])),
    deadlines: own.flatMap((one) =>
      one.kind === 'deadline' ? [deadlineOf(entity, model, one)] : [],
    ),
    reports: reportsOf(entity, model, own),
  }
}

/** The field's name in the app. */
export function safeName(entity: AppEntity | undefined, field: string): string {
  return entity?.fieldNames.get(field) ?? field
}

/** What a reference field of design.md points to. */
export function parentOf(
  entity: AppEntity,
  { app, design }: Model,
  by: string,
): { app: AppEntity; design: EntityModel } | undefined {
  const field = designOf(entity, design)?.fields.find(({ name }) => name === by)
  const name = field?.type === 'reference' ? field.options[0] : undefined
  const found = app.find((other) => other.name === name)
  const model = found && designOf(found, design)
  return found && model && { app: found, design: model }
}

/** The number of places that a record has room for, as the app's field name. */
export function placesOf(parent: ReturnType<typeof parentOf>): string | undefined {
  const field = placesField(parent?.design)
  return field && safeName(parent?.app, field.name)
}

/** A report's date: the records' own, else that of what they belong to. */
export function reportTime(
  entity: AppEntity,
  model: Model,
  by: string,
): { time: string; timeOf: 'own' | 'parent' } | undefined {
  const own = timeField(designOf(entity, model.design))
  if (own) return { time: safeName(entity, own.name), timeOf: 'own' }
  const parent = parentOf(entity, model, by)
  const theirs = timeField(parent?.design)
  return theirs && { time: safeName(parent?.app, theirs.name), timeOf: 'parent' }
}

function designOf(entity: AppEntity, design: readonly EntityModel[]): EntityModel | undefined {
  return design.find(({ name }) => name === entity.name)
}

function choicesOf(entity: AppEntity, own: readonly Capability[]): ChoiceValue[] {
  const offered = own.flatMap((one) =>
    one.kind === 'choice' || one.kind === 'deadline'
      ? [{ field: safeName(entity, one.field), value: one.value }]
      : [],
  )
  const first = new Map(offered.map((one) => [JSON.stringify([one.field, one.value]), one]))
  return [...first.values()]
}

function withoutOf(entity: AppEntity, model: Model): { without?: ChoiceValue } {
  const design = designOf(entity, model.design)
  const withdrawn = design && withdrawnValue(design)
  return withdrawn
    ? { without: { field: safeName(entity, withdrawn.field), value: withdrawn.value } }
    : {}
}

function limitOf(
  entity: AppEntity,
  model: Model,
  { by, max, without }: Extract<Capability, { kind: 'limit' }>,
): PlacesRule {
  const parent = parentOf(entity, model, by)
  return {
    by: safeName(entity, by),
    parent: parent?.app.one ?? 'record',
    max,
    ...(without && { without: { field: safeName(entity, without.field), value: without.value } }),
  }
}

function fullOf(
  entity: AppEntity,
  model: Model,
  { by }: Extract<Capability, { kind: 'full' }>,
  own: readonly Capability[],
): PlacesRule {
  const parent = parentOf(entity, model, by)
  const places = placesOf(parent)
  const limit = own.find((one) => one.kind === 'limit' && one.by === by)
  return {
    by: safeName(entity, by),
    parent: parent?.app.one ?? 'record',
    ...(places !== undefined && { places }),
    ...(limit?.kind === 'limit' && { max: limit.max }),
    ...withoutOf(entity, model),
  }
}

function deadlineOf(
  entity: AppEntity,
  model: Model,
  rule: Extract<Capability, { kind: 'deadline' }>,
): EntitySchema['deadlines'][number] {
  const parent = parentOf(entity, model, rule.by)
  const label = labelOf({ name: rule.time })
  return {
    field: safeName(entity, rule.field),
    value: rule.value,
    by: safeName(entity, rule.by),
    time: safeName(parent?.app, rule.time),
    timeLabel: `${label} of the ${parent?.app.one ?? 'record'}`,
    hours: rule.hours,
  }
}

function reportsOf(entity: AppEntity, model: Model, own: readonly Capability[]): ReportSchema[] {
  const asked = own.flatMap((one) =>
    one.kind === 'report' || one.kind === 'report_export' ? [one] : [],
  )
  return [...new Set(asked.map(({ by }) => by))].flatMap((by): ReportSchema[] => {
    const parent = parentOf(entity, model, by)
    const time = reportTime(entity, model, by)
    if (!parent || !time) return []
    const shown = asked.some((one) => one.by === by && one.places !== undefined)
    const places = shown ? placesOf(parent) : undefined
    const label = parent.app.fields.find(({ name }) => name === places)?.label
    return [
      {
        by: safeName(entity, by),
        parent: parent.app.path,
        ...time,
        ...(places !== undefined && { places, placesLabel: label ?? 'places' }),
        ...withoutOf(entity, model),
        export: asked.some((one) => one.by === by && one.kind === 'report_export'),
      },
    ]
  })
}
