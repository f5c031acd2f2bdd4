import type { EntityModel } from '../../../kiro/data-models.ts'
import { labelOf } from '../../../kiro/data-models.ts'
import { timeField } from '../../../kiro/capability-candidates.ts'
import { stemOf } from '../../../kiro/same-words.ts'
import type { Ability, Allowed, Deed } from './ability.ts'
import { dealingIn } from './allowed.ts'
import { clauseOf, entityAlone, fieldsNamed, roleIn, saysOnly, stemsOf } from './words.ts'

/** What can be refused, by the verbs that say it. */
const deeds = [
  ['add create enter register record submit store', 'create'],
  ['change edit update correct set adjust', 'edit'],
  ['delete remove', 'remove'],
  ['book reserve', 'book'],
] as const

/** What `a user who is not the owner tries to set the price` refuses, when that is all. */
export function readRefused(text: string, entities: readonly EntityModel[]): Ability | undefined {
  const [, who = '', what = ''] =
    /^(.{1,120}?) (?:tries|try|attempts?) to (.{1,200})$/i.exec(text) ?? []
  const allowed = allowedOf(who)
  if (allowed === undefined) return undefined
  return 'nobody' in allowed
    ? (twiceAtOnce(what, entities) ?? right(what, allowed, entities))
    : right(what, allowed, entities)
}

/** What `only the board changes the plots` allows to one role. */
export function readOnly(text: string, entities: readonly EntityModel[]): Ability | undefined {
  const [, rest = ''] = /^only (.{1,200})$/i.exec(text.trim()) ?? []
  for (const [verbs] of deeds) {
    const clause = clauseOf(rest.replace(/\b(?:can|may)\s+/i, ''), stemsOf(verbs))
    const only = clause && roleIn(clause.actor)
    if (clause && only !== undefined)
      return right(`${clause.verb} ${clause.rest}`, { only }, entities)
  }
  return undefined
}

function allowedOf(who: string): Allowed | undefined {
  const [, other] =
    /^(?:a |any )?(?:user|person|somebody|someone|anyone|anybody) (?:who|that) is not (.+)$/i.exec(
      who,
    ) ?? []
  if (other !== undefined) {
    const only = roleIn(other)
    return only === undefined ? undefined : { only }
  }
  if (/^(?:a |any )?(?:user|person|somebody|someone|anyone|anybody)$/i.test(who))
    return { nobody: true }
  const never = roleIn(who)
  return never === undefined ? undefined : { never }
}

function right(
  what: string,
  allowed: Allowed,
  entities: readonly EntityModel[],
): Ability | undefined {
  const [verb = '', ...rest] = what.split(/\s+/)
  const phrase = rest.join(' ')
  const action = deeds.find(([verbs]) => stemsOf(verbs).has(stemOf(verb.toLowerCase())))?.[1]
  if (action === undefined) return undefined
  const entity = entityAlone(phrase, entities, ['data', 'details'])
  if (action === 'book') return entity && bookingRight(entity, allowed, entities)
  if (entity) return { kind: 'right', entity: entity.name, deed: { action }, allowed }
  return action === 'edit' ? fieldRight(phrase, allowed, entities) : undefined
}

function bookingRight(
  thing: EntityModel,
  allowed: Allowed,
  entities: readonly EntityModel[],
): Ability | undefined {
  const entity = dealingIn(thing, entities)?.name
  return entity === undefined
    ? undefined
    : { kind: 'right', entity, deed: { action: 'create' }, allowed }
}

/** A field that one entity alone has. */
function fieldRight(
  phrase: string,
  allowed: Allowed,
  entities: readonly EntityModel[],
): Ability | undefined {
  const found = entities.flatMap((entity) =>
    fieldsNamed(phrase, entity)
      .filter(({ type }) => type !== 'reference')
      .filter((field) => saysOnly(phrase, [entity.name, labelOf(field)]))
      .map(({ name }): { entity: string; deed: Deed } => ({
        entity: entity.name,
        deed: { action: 'field', field: name },
      })),
  )
  const [only, ...others] = found
  return only && others.length === 0 ? { kind: 'right', ...only, allowed } : undefined
}

/** `book two viewings at the same time`. */
function twiceAtOnce(what: string, entities: readonly EntityModel[]): Ability | undefined {
  const [, phrase = ''] =
    /^(?:book|add|create|enter) two (.{1,60}) at the same time$/i.exec(what) ?? []
  const entity = entityAlone(phrase, entities)
  const time = timeField(entity)
  return entity && time?.type === 'datetime'
    ? { kind: 'apart', entity: entity.name, field: time.name }
    : undefined
}
