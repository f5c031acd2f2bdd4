import type { Capability, ChoiceValue } from '../../kiro/capability.ts'
import { placesField, timeField, withdrawnValue } from '../../kiro/capability-candidates.ts'
import type { EntityModel } from '../../kiro/data-models.ts'
import { labelOf } from '../../kiro/data-models.ts'
import { safeName, type AppEntity, type AppField } from './app-model.ts'
import { rightSchema, type RightSchema } from './rights.ts'
import type { Ability } from './understand/ability.ts'

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

/** A yes or no that one press sets to yes. */
interface MarkChoice {
  field: string
  value: true
  label: string
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
  choices: (ChoiceValue | MarkChoice)[]
  /** Numbers and dates that a list can be narrowed to, from one value to another. */
  ranges: string[]
  unique: string[]
  /** Nobody else may have what `by` names meanwhile. */
  taken: { by: string; parent: string; from: string; until: string }[]
  rights: RightSchema[]
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
  abilities: readonly Ability[],
): EntitySchema {
  const own = abilities.filter((ability) => ability.entity === entity.name)
  const named = (kind: Ability['kind']) =>
    own.flatMap((one) => (one.kind === kind && 'field' in one ? [safeName(entity, one.field)] : []))
  const [schedule] = named('schedule')
  return {
    one: entity.one,
    many: entity.many,
    article: entity.article,
    path: entity.path,
    fields: entity.fields,
    empty: `There are no ${entity.many}.`,
    can: actionsOf(own),
    filters: [...new Set([...named('filter'), ...parentsOf(entity, own)])],
    ...(schedule !== undefined && { schedule }),
    choices: choicesOf(entity, own),
    ranges: rangesOf(entity, own),
    unique: [...new Set([...named('unique'), ...named('apart')])],
    taken: takenOf(entity, model, own),
    rights: own.flatMap((one) => (one.kind === 'right' ? [rightSchema(one, entity)] : [])),
    limits: own.flatMap((one) => (one.kind === 'limit' ? [limitOf(entity, model, one)] : [])),
    full: own.flatMap((one) => (one.kind === 'full' ? [fullOf(entity, model, one, own)] : [])),
    deadlines: own.flatMap((one) =>
      one.kind === 'deadline' ? [deadlineOf(entity, model, one)] : [],
    ),
    reports: reportsOf(entity, model, own),
  }
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

/** What the page offers: what is asked for, and what somebody alone may do. */
function actionsOf(own: readonly Ability[]): EntitySchema['can'] {
  const has = (...kinds: Ability['kind'][]) => own.some(({ kind }) => kinds.includes(kind))
  const granted = own.flatMap((one) =>
    one.kind === 'right' && !('nobody' in one.allowed) ? [one.deed.action] : [],
  )
  const isLent = own.some((one) => one.kind === 'reserve' && one.times !== undefined)
  return {
    // What is kept has to be entered somewhere, also where the plan says nothing of it.
    create: !own.some(isForbidden),
    edit:
      has('edit', 'set_field') || isLent || granted.includes('edit') || granted.includes('field'),
    remove: has('delete') || granted.includes('remove'),
    search: has('search', 'search_by'),
    export: has('export'),
  }
}

function isForbidden(one: Ability): boolean {
  return one.kind === 'right' && one.deed.action === 'create' && 'nobody' in one.allowed
}

/** Lists of bookings and remarks are looked at for one thing. */
function parentsOf(entity: AppEntity, own: readonly Ability[]): string[] {
  return own.flatMap((one) =>
    one.kind === 'reserve' || one.kind === 'comment' ? [safeName(entity, one.by)] : [],
  )
}

function rangesOf(entity: AppEntity, own: readonly Ability[]): string[] {
  const fields = own.flatMap((one) => (one.kind === 'range' ? one.fields : []))
  return [...new Set(fields.map((field) => safeName(entity, field)))]
}

function takenOf(entity: AppEntity, model: Model, own: readonly Ability[]): EntitySchema['taken'] {
  return own.flatMap((one) => {
    if (one.kind !== 'reserve' || !one.times) return []
    const parent = parentOf(entity, model, one.by)?.app.one ?? 'record'
    const { from, until } = one.times
    return [
      {
        by: safeName(entity, one.by),
        parent,
        from: safeName(entity, from),
        until: safeName(entity, until),
      },
    ]
  })
}

function choicesOf(entity: AppEntity, own: readonly Ability[]): EntitySchema['choices'] {
  const offered = own.flatMap((one): EntitySchema['choices'] => {
    if (one.kind === 'mark') {
      return [{ field: safeName(entity, one.field), value: true, label: one.mark }]
    }
    return one.kind === 'choice' || one.kind === 'deadline'
      ? [{ field: safeName(entity, one.field), value: one.value }]
      : []
  })
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
  own: readonly Ability[],
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

function reportsOf(entity: AppEntity, model: Model, own: readonly Ability[]): ReportSchema[] {
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
