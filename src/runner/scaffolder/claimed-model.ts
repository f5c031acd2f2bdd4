import type { AppEntity } from './app-model.ts'
import type { Model } from './app-schema.ts'
import { guardedFields } from './rights.ts'
import type { Ability } from './understand/ability.ts'

/**
 * The model of what is built so far: lists and marks that were added for criteria are left out until
 * one of those is built, and what not everybody may set need not be given.
 */
export function claimedModel(
  { app, design }: Model,
  added: ReadonlySet<string>,
  abilities: readonly Ability[],
): Model {
  const isBuilt = (name: string) =>
    !added.has(name) || abilities.some(({ entity }) => entity === name)
  const isMarked = (entity: string, field: string) =>
    !added.has(`${entity}.${field}`) ||
    abilities.some((one) => one.kind === 'mark' && one.entity === entity && one.field === field)
  return {
    app: app
      .filter(({ name }) => isBuilt(name))
      .map((entity) => built(entity, isMarked, abilities)),
    design: design.filter(({ name }) => isBuilt(name)),
  }
}

function built(
  entity: AppEntity,
  isMarked: (entity: string, field: string) => boolean,
  abilities: readonly Ability[],
): AppEntity {
  const names = new Map([...entity.fieldNames].map(([name, safe]) => [safe, name]))
  const guarded = guardedFields(entity.name, abilities)
  const nameOf = (safe: string) => names.get(safe) ?? safe
  return {
    ...entity,
    fields: entity.fields
      .filter(({ name }) => isMarked(entity.name, nameOf(name)))
      .map((field) => (guarded.has(nameOf(field.name)) ? { ...field, required: false } : field)),
  }
}
