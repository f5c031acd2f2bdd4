import type { BriefItem } from '../../domain/brief.ts'
import { recogniseCapability } from '../../kiro/recognise-capability.ts'
import type { Capability } from '../../kiro/capability.ts'
import { pluralOf } from '../../kiro/english.ts'
import { nameOf } from '../../kiro/capability-wording.ts'
import { capabilityText } from './criteria.ts'
import type { PlannedCriterion, PlannedEntity } from './planned.ts'

/** What is kept of an entity: as the brief's entity and the statements about it say. */
export function keepCriterion(
  entity: PlannedEntity,
  items: readonly BriefItem[],
  system: string,
  entities: readonly PlannedEntity[],
): PlannedCriterion[] {
  const fields = entity.fields.map(({ name }) => name)
  const text = capabilityText({ kind: 'keep', entity: entity.name, fields }, system, entities)
  const capability = recogniseCapability({ text }, entities)
  const citations = [...items.flatMap((item) => item.citations), ...entity.citations]
  const distinct = new Map(citations.map((one) => [JSON.stringify([one.turn, one.quote]), one]))
  const inferred = whyInferred(entity, items)
  return [
    {
      title: `Keep ${pluralOf(nameOf(entity.name))}`,
      text,
      ...(capability && { capability }),
      items: [...entity.items, ...items.map(({ id }) => id)],
      citations: inferred === undefined ? [...distinct.values()] : [],
      ...(inferred !== undefined && { inferred }),
    },
  ]
}

/** Why the criterion is a guess; undefined when somebody said what is to be kept. */
function whyInferred(entity: PlannedEntity, items: readonly BriefItem[]): string | undefined {
  if (items.length > 0) {
    const said = items.some((item) => item.inferred === undefined)
    return said ? undefined : items[0]?.inferred
  }
  if (entity.inferred !== undefined) return entity.inferred
  return entity.guessed ? 'Nobody said what is kept of it; a name is the least.' : undefined
}

const TYPED: ReadonlySet<string> = new Set([
  'number',
  'money',
  'date',
  'datetime',
  'boolean',
  'email',
  'choice',
  'reference',
])

/** What nobody said and every record needs; only optional tasks carry it out. */
export function inferredCriteria(
  entity: PlannedEntity,
  system: string,
  entities: readonly PlannedEntity[],
): PlannedCriterion[] {
  const required = entity.fields.filter((field) => field.required).map(({ name }) => name)
  const many = pluralOf(nameOf(entity.name))
  const added: { capability: Capability; title: string; why: string }[] = []
  if (required.length > 0) {
    added.push({
      capability: { kind: 'required', entity: entity.name, fields: required },
      title: `Refuse ${many} with missing fields`,
      why: 'Nobody said so: a record without its required fields could not be used.',
    })
  }
  if (entity.fields.some(({ type }) => TYPED.has(type))) {
    added.push({
      capability: { kind: 'wrong_type', entity: entity.name },
      title: `Refuse ${many} with values of the wrong type`,
      why: 'Nobody said so: the types follow from what is to be kept.',
    })
  }
  added.push(
    {
      capability: { kind: 'empty_list', entity: entity.name },
      title: `Say that there are no ${many}`,
      why: 'Nobody said so: an empty page would look like a fault.',
    },
    {
      capability: { kind: 'not_found', entity: entity.name },
      title: `Answer for ${many} that do not exist`,
      why: 'Nobody said so: links to removed records must not break the software.',
    },
  )
  return added.map(({ capability, title, why }): PlannedCriterion => {
    const text = capabilityText(capability, system, entities)
    const recognised = recogniseCapability({ text }, entities)
    return {
      title,
      text,
      ...(recognised && { capability: recognised }),
      items: entity.items,
      citations: [],
      inferred: why,
    }
  })
}
