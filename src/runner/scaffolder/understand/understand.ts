import { recogniseCapability } from '../../../kiro/recognise-capability.ts'
import type { EntityModel } from '../../../kiro/data-models.ts'
import { parseEars } from '../../../kiro/ears.ts'
import { wordKey } from '../../../kiro/same-words.ts'
import type { Ability, Understood } from './ability.ts'
import { readAllowed } from './allowed.ts'
import { bookingsOf, commentsOn, loansOf } from './derived.ts'
import { readOnly, readRefused } from './rights.ts'
import { roleIn } from './words.ts'

const maxText = 1_000
const refusal = wordKey('refuse the attempt and say why')

/**
 * What a criterion asks for, when the whole of it is something that the scaffolder can make and
 * show; undefined for everything else, however near.
 */
export function understand(text: string, entities: readonly EntityModel[]): Understood | undefined {
  const known = recogniseCapability({ text }, entities)
  if (known) return { ability: known }
  const ears = text.length <= maxText ? parseEars(text) : undefined
  if (!ears || ears.conditions.length > 1) return undefined
  const [condition] = ears.conditions
  if (condition) {
    const isRefusal = condition.keyword === 'IF' && wordKey(ears.response) === refusal
    const ability = isRefusal ? readRefused(condition.text, entities) : undefined
    return ability && { ability }
  }
  return unconditional(ears.response, entities)
}

function unconditional(response: string, entities: readonly EntityModel[]): Understood | undefined {
  const [, permission] = /^let (.+)$/i.exec(response) ?? []
  if (permission !== undefined) {
    const found = readAllowed(permission, entities)
    const actor = found && roleIn(found.who)
    return found && { ability: found.ability, ...(actor !== undefined && { actor }) }
  }
  const [, sure] = /^make sure that (.+)$/i.exec(response) ?? []
  const ability = sure === undefined ? undefined : readOnly(sure, entities)
  return ability && { ability }
}

/** What is understood of a plan. */
export interface Reading {
  /** The plan's data models, with the lists and marks that its criteria cannot do without. */
  models: readonly EntityModel[]
  /** Names of what was added: of an entity, or `Entity.field`. */
  added: ReadonlySet<string>
  /** By the criteria's numbers. */
  meanings: ReadonlyMap<string, Understood>
}

/** Reads the criteria of a plan, those first whose lists others speak of. */
export function readPlan(
  criteria: ReadonlyMap<string, string>,
  entities: readonly EntityModel[],
): Reading {
  const meanings = new Map<string, Understood>()
  const added = new Set<string>()
  let models = entities
  for (const [ref, text] of criteria) {
    const understood = understand(text, models)
    const more = understood && withMore(understood.ability, models)
    if (!more) continue
    meanings.set(ref, understood)
    if (more.models !== models) added.add(more.name)
    models = more.models
  }
  for (const [ref, text] of criteria) {
    const understood = meanings.get(ref) ?? understand(text, models)
    if (understood) meanings.set(ref, understood)
  }
  return { models, added, meanings }
}

/** The data models with what an ability adds to them, and its name; undefined when it adds nothing. */
function withMore(
  ability: Ability,
  models: readonly EntityModel[],
): { models: readonly EntityModel[]; name: string } | undefined {
  if (ability.kind === 'mark') {
    const { entity, field } = ability
    const name = `${entity}.${field}`
    const mark = { name: field, type: 'boolean' as const, required: false, options: [] }
    const isThere = models.some(
      (one) => one.name === entity && one.fields.some((other) => other.name === field),
    )
    if (isThere) return { models, name }
    const marked = models.map((one) =>
      one.name === entity ? { ...one, fields: [...one.fields, mark] } : one,
    )
    return { models: marked, name }
  }
  if (ability.kind !== 'reserve' && ability.kind !== 'comment') return undefined
  const makes = ability.kind === 'comment' ? [commentsOn] : [bookingsOf, loansOf]
  const made = models.flatMap((model) => makes.map((make) => make(model).model))
  const model = made.find(({ name }) => name === ability.entity)
  return model && { models: [...models, model], name: model.name }
}
