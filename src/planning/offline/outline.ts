import type { Brief, BriefItem } from '../../domain/brief.ts'
import { type Job, jobOf, keptIn } from '../../domain/job.ts'
import type { Capability } from '../../kiro/capability.ts'
import { enumerate, pluralOf, wordsOfName } from '../../kiro/english.ts'
import { inline } from '../../kiro/inline.ts'
import { wordsIn } from '../../kiro/same-words.ts'
import { criterionOf } from './criteria.ts'
import { plannedEntities } from './entities.ts'
import { inferredCriteria, keepCriterion } from './entity-criteria.ts'
import type { Area, AreaKind, Outline, PlannedCriterion, PlannedEntity } from './planned.ts'
import { storyOf } from './stories.ts'
import { systemName, termOf } from './terms.ts'

/** A statement with its criterion and the place that it belongs to. */
interface Placed {
  item: BriefItem
  criterion: PlannedCriterion
  place: string
}

/** More statements than that are no plan that anybody reads; what is beyond is said to be left out. */
const MAX_ITEMS = 200

/** What the plan will hold, in its order; the files only write it down. */
export function outlineOf(brief: Brief): Outline {
  const job = jobOf(brief)
  const entities = entitiesFor(brief, job)
  const system = systemName(brief.title)
  const items = plannedItems(brief, entities)
  const placed = items.map((item): Placed => {
    const criterion = criterionOf(item, system, entities)
    return { item, criterion, place: placeOf(item, criterion.capability, entities) }
  })
  const areas = [
    ...entities.map((entity) => entityArea(entity, placed, system, { entities, job })),
    ...OTHERS.map(([kind, title]) => otherArea(kind, title, placed, entities)),
  ]
  return {
    title: inline(brief.title, 100) || 'The software',
    feature: brief.feature,
    system,
    entities,
    areas: areas.filter(({ requirements }) => requirements.length > 0),
  }
}

const OTHERS: readonly (readonly [Exclude<AreaKind, 'entity'>, string])[] = [
  ['reports', 'Reports'],
  ['messages', 'Messages'],
  ['connections', 'Connections to other systems'],
  ['functions', 'Further functions'],
  ['qualities', 'Qualities'],
]

/** The records that the plan describes; of a product that is in use only those that the talk names. */
export function entitiesFor(brief: Brief, job: Job): PlannedEntity[] {
  return plannedEntities(brief).filter(({ guessed }) => job === 'new' || !guessed)
}

/** What is asked to be built: also a limit that the brief counts as a constraint. */
export function plannedItems(brief: Brief, entities: readonly PlannedEntity[]): BriefItem[] {
  return plannableItems(brief, entities).slice(0, MAX_ITEMS)
}

/** What is asked to be built and finds no room in the plan. */
export function itemsBeyond(brief: Brief, entities: readonly PlannedEntity[]): BriefItem[] {
  return plannableItems(brief, entities).slice(MAX_ITEMS)
}

function plannableItems(brief: Brief, entities: readonly PlannedEntity[]): BriefItem[] {
  return brief.items.filter((item) => {
    if (item.priority.level === 'wont') return false
    if (keptIn(item.statement) !== undefined && jobOf(brief) !== 'new') return true
    if (item.kind === 'constraint') return isLimit(item, entities)
    return item.kind === 'requirement' || item.kind === 'quality' || item.kind === 'integration'
  })
}

function isLimit(item: BriefItem, entities: readonly PlannedEntity[]): boolean {
  return item.clause !== undefined && criterionOf(item, 'System', entities).capability !== undefined
}

const MESSAGE = /\b(?:e-?mails?|notif\w{1,10}|remind\w{0,5}|messages?|sms|push|alerts?)\b/i
/** An address is no message: `log in with email and password`, `change their email address`. */
const ADDRESS =
  /\b(?:log(?:s|ged)?[- ]?(?:in|on)|sign(?:s|ed)?[- ]?(?:in|on|up)|regist\w{1,8}|password|e-?mail address(?:es)?)\b/i
const SENT = /\b(?:send|sends|get|gets|receive|receives|notif\w{1,10}|remind\w{0,5}|alerts?)\b/i

function placeOf(
  item: BriefItem,
  capability: Capability | undefined,
  entities: readonly PlannedEntity[],
): string {
  if (capability?.kind === 'report' || capability?.kind === 'report_export') return 'reports'
  if (capability) return `entity:${capability.entity}`
  if (item.kind === 'quality') return 'qualities'
  if (item.kind === 'integration') return 'connections'
  const isAddress = ADDRESS.test(item.statement) && !SENT.test(item.statement)
  if (item.clause && MESSAGE.test(item.statement) && !isAddress) return 'messages'
  if (/\b(?:reports?|statistics|exports?)\b/i.test(item.statement)) return 'reports'
  const words = new Set(wordsIn(`${item.clause?.object ?? ''} ${item.clause?.rest ?? ''}`))
  const entity = entities.find(({ name }) => wordsIn(name).every((word) => words.has(word)))
  return entity ? `entity:${entity.name}` : 'functions'
}

/** The requirement to keep the entity's records, and one for each thing that is done with them. */
function entityArea(
  entity: PlannedEntity,
  placed: readonly Placed[],
  system: string,
  { entities, job }: { entities: readonly PlannedEntity[]; job: Job },
): Area {
  const own = placed.filter(({ place }) => place === `entity:${entity.name}`)
  const [basic, others] = partition(own, (one) => isBasic(one, entity))
  const name = inline(entity.name, 60)
  const keeping = basic.filter(isKeep).map(({ item }) => item)
  const criteria = [
    ...(job === 'new' || keeping.length > 0
      ? keepCriterion(entity, keeping, system, entities)
      : []),
    ...basic.filter((one) => !isKeep(one)).map(({ criterion }) => criterion),
    // A product that is in use answers these questions in its own way.
    ...(job === 'new' ? inferredCriteria(entity, system, entities) : []),
  ]
  const actors = basic.map(({ item }) => item).filter(({ clause }) => clause?.actor !== undefined)
  const many = pluralOf(name.toLowerCase())
  const want = actors.length > 0 ? `to keep ${many}` : `the system to keep ${many}`
  const story = { ...storyOf(actors[0]), want, benefit: '' }
  const base = { title: `Keep ${many}`, story, criteria }
  return {
    title: pluralOf(name),
    kind: 'entity',
    depth: entity.depth + 1,
    requirements: [base, ...groups(others).map(requirementOf)].filter(
      (requirement) => requirement.criteria.length > 0,
    ),
  }
}

function otherArea(
  kind: Exclude<AreaKind, 'entity'>,
  title: string,
  placed: readonly Placed[],
  entities: readonly PlannedEntity[],
): Area {
  const own = placed.filter(({ place }) => place === kind)
  return {
    title,
    kind,
    depth: Math.max(0, ...entities.map(({ depth }) => depth)) + 2,
    requirements: groups(own).map(requirementOf),
  }
}

function isKeep({ criterion }: Placed): boolean {
  return criterion.capability?.kind === 'keep'
}

/** Plain work with the records, said of the records themselves: `add classes`, not `book a class`. */
function isBasic({ item, criterion }: Placed, entity: PlannedEntity): boolean {
  const kind = criterion.capability?.kind
  if (kind === 'keep') return true
  const plain = ['create', 'edit', 'delete', 'list', 'view', 'search']
  if (kind === undefined || !plain.includes(kind)) return false
  const words = new Set(wordsIn(item.clause?.object ?? ''))
  return wordsIn(entity.name).every((word) => words.has(word))
}

/** Statements that belong together: a limit with what happens when it is reached, and the like. */
function groups(placed: readonly Placed[]): Placed[][] {
  const byKey = new Map<string, Placed[]>()
  for (const one of placed) {
    const key = groupKey(one)
    byKey.set(key, [...(byKey.get(key) ?? []), one])
  }
  return [...byKey.values()]
}

function groupKey({ item, criterion: { capability } }: Placed): string {
  switch (capability?.kind) {
    case 'limit':
    case 'full':
      return `limit ${capability.by}`
    case 'choice':
    case 'deadline':
      return `choice ${capability.field} ${capability.value}`
    case 'report':
    case 'report_export':
      return `report ${capability.entity} ${capability.by}`
    default:
      return item.id
  }
}

function requirementOf(group: readonly Placed[]): Area['requirements'][number] {
  const [first] = group
  return {
    title: first?.criterion.title ?? '',
    story: storyOf(first?.item),
    criteria: group.map(({ criterion }) => criterion),
  }
}

function partition<T>(all: readonly T[], fits: (one: T) => boolean): [T[], T[]] {
  return [all.filter(fits), all.filter((one) => !fits(one))]
}

/** The glossary: the system and every entity. */
export function glossaryOf({
  system,
  entities,
  title,
}: Outline): { term: string; definition: string }[] {
  const terms = new Map([[system, `The software that this document specifies: ${title}`]])
  for (const entity of entities) {
    const term = termOf(entity.name)
    const fields = enumerate(entity.fields.map(({ name }) => wordsOfName(name)))
    if (!terms.has(term)) terms.set(term, `A stored record with ${fields}`)
  }
  return [...terms].map(([term, definition]) => ({ term, definition }))
}
