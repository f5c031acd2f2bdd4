import { assertNever } from '../../domain/assert-never.ts'
import { wordsOfName } from '../../kiro/english.ts'
import { plainLine } from '../../kiro/inline.ts'
import { safeName, type AppEntity } from './app-model.ts'
import type { Ability, Allowed, Deed } from './understand/ability.ts'

export type Right = Extract<Ability, { kind: 'right' }>

/** A right as the app's code reads it. */
export interface RightSchema {
  action: Deed['action']
  field?: string
  only?: string
  /** A role, or `*` for everybody. */
  never?: string
  why: string
}

/** The roles of an app; none as long as nothing depends on them. */
export function rolesOf(claims: readonly { capability: Ability; actor?: string }[]): string[] {
  const rights = claims.flatMap(({ capability }) =>
    capability.kind === 'right' ? [roleOf(capability.allowed)] : [],
  )
  const named = rights.filter((role) => role !== undefined)
  if (named.length === 0) return []
  const actors = claims.flatMap(({ actor }) => actor ?? [])
  return [...new Set([...named, ...actors])].sort()
}

function roleOf(allowed: Allowed): string | undefined {
  if ('only' in allowed) return allowed.only
  return 'never' in allowed ? allowed.never : undefined
}

export function rightSchema({ deed, allowed }: Right, entity: AppEntity): RightSchema {
  const field = deed.action === 'field' ? { field: safeName(entity, deed.field) } : {}
  const who = 'nobody' in allowed ? { never: '*' } : allowed
  const why = plainLine(`${subjectOf(allowed)} ${doing(deed, entity)}.`, 300)
  return { action: deed.action, ...field, ...who, why }
}

function subjectOf(allowed: Allowed): string {
  if ('only' in allowed) return `Only the ${allowed.only} may`
  return 'never' in allowed ? `As ${allowed.never} you may not` : 'Nobody may'
}

function doing(deed: Deed, entity: AppEntity): string {
  switch (deed.action) {
    case 'create':
      return `add ${entity.many}`
    case 'edit':
      return `change ${entity.many}`
    case 'remove':
      return `delete ${entity.many}`
    case 'field': {
      const name = safeName(entity, deed.field)
      const label = entity.fields.find((field) => field.name === name)?.label ?? name
      return `set the ${label} of ${entity.article}`
    }
    default:
      return assertNever(deed)
  }
}

/** The fields of an entity that not everybody may set, as design.md has them: nobody can require them. */
export function guardedFields(entity: string, abilities: readonly Ability[]): ReadonlySet<string> {
  return new Set(
    abilities.flatMap((one) =>
      one.kind === 'right' && one.entity === entity && one.deed.action === 'field'
        ? [one.deed.field]
        : [],
    ),
  )
}

/** Why a right cannot hold beside what is built already. */
export function rightObstacle(right: Right, others: readonly Ability[]): string | undefined {
  const { deed, entity } = right
  if (deed.action !== 'field') return undefined
  const requires = others.some(
    (one) => one.kind === 'required' && one.entity === entity && one.fields.includes(deed.field),
  )
  return requires
    ? `The ${wordsOfName(deed.field)} has to be given, and not everybody may set it.`
    : undefined
}
