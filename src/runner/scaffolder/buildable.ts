import { assertNever } from '../../domain/assert-never.ts'
import { wordsOfName } from '../../kiro/english.ts'
import type { Capability, CapabilityOf } from '../../kiro/capability.ts'
import { safeName, type AppEntity } from './app-model.ts'
import { parentOf, placesOf, reportTime } from './app-schema.ts'
import type { Model } from './app-schema.ts'
import { guardedFields, rightObstacle } from './rights.ts'
import type { Ability } from './understand/ability.ts'

/** Above this the acceptance test of a limit would store too many records. */
const MAX_TESTED_LIMIT = 500

/**
 * Why a capability cannot be built and tested with this data model; undefined when it can.
 * `others` are the capabilities that are built already or in the same task.
 */
export function obstacleTo(
  capability: Ability,
  model: Model,
  others: readonly Ability[],
): string | undefined {
  const entity = model.app.find(({ name }) => name === capability.entity)
  if (!entity) return `design.md has no data model named ${capability.entity}.`
  switch (capability.kind) {
    case 'search':
    case 'filter':
    case 'unique':
      return fieldObstacle(capability, entity)
    case 'schedule': {
      const other = others.some(
        (one) =>
          one.kind === 'schedule' && one.entity === entity.name && one.field !== capability.field,
      )
      return other ? `There is a week of ${entity.many} already.` : undefined
    }
    case 'wrong_type':
      return entity.fields.every(({ type }) => type === 'text' || type === 'long_text')
        ? `Every field of ${entity.many} takes any text.`
        : undefined
    case 'limit':
    case 'full':
    case 'report':
    case 'report_export':
      return relationObstacle(capability, entity, model, others)
    case 'right':
      return rightObstacle(capability, others)
    case 'required':
      return requiredObstacle(capability, others) ?? namesNothing(capability)
    case 'keep':
      return namesNothing(capability)
    case 'create':
    case 'list':
    case 'view':
    case 'edit':
    case 'delete':
    case 'export':
    case 'empty_list':
    case 'not_found':
    case 'choice':
    case 'deadline':
    case 'set_field':
    case 'mark':
    case 'search_by':
    case 'range':
    case 'apart':
    case 'reserve':
    case 'comment':
      return undefined
    default:
      return assertNever(capability)
  }
}

function namesNothing({ fields }: CapabilityOf<'keep' | 'required'>): string | undefined {
  return fields.length > 0 ? undefined : 'It names no field.'
}

function requiredObstacle(
  { entity, fields }: CapabilityOf<'required'>,
  others: readonly Ability[],
): string | undefined {
  const guarded = guardedFields(entity, others)
  const name = fields.find((one) => guarded.has(one))
  return name === undefined
    ? undefined
    : `The ${wordsOfName(name)} may be missing, because not everybody may set it.`
}

/** Whether fields are of a type that it can be done with. */
function fieldObstacle(
  capability: CapabilityOf<'search' | 'filter' | 'unique'>,
  entity: AppEntity,
): string | undefined {
  const typeOf = (name: string) =>
    entity.fields.find((one) => one.name === safeName(entity, name))?.type
  switch (capability.kind) {
    case 'search': {
      const hasText = entity.fields.some(({ type }) => type === 'text' || type === 'long_text')
      return hasText ? undefined : `No field of ${entity.many} holds text to search.`
    }
    case 'filter': {
      const type = typeOf(capability.field)
      const can = type === 'choice' || type === 'reference'
      return can ? undefined : 'Only choices and references can be filtered by.'
    }
    case 'unique': {
      const type = typeOf(capability.field)
      const can = type === 'text' || type === 'email' || type === 'number'
      return can ? undefined : 'Only texts, addresses and numbers can be kept unique.'
    }
    default:
      return assertNever(capability)
  }
}

function relationObstacle(
  capability: Extract<Capability, { by: string }>,
  entity: AppEntity,
  model: Model,
  others: readonly Ability[],
): string | undefined {
  const { by } = capability
  switch (capability.kind) {
    case 'limit':
      return capability.max <= MAX_TESTED_LIMIT
        ? undefined
        : `A limit above ${MAX_TESTED_LIMIT} is not tested by the built-in builder.`
    case 'full': {
      const isLimited = others.some(
        (one) => one.kind === 'limit' && one.entity === entity.name && one.by === by,
      )
      return isLimited || placesOf(parentOf(entity, model, by)) !== undefined
        ? undefined
        : 'Nothing says how many places there are.'
    }
    case 'report':
    case 'report_export':
      return reportTime(entity, model, by)
        ? undefined
        : 'There is no date that would put a record into a month.'
    case 'deadline':
      return undefined
    default:
      return assertNever(capability)
  }
}
