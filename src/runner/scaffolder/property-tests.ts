import { assertNever } from '../../domain/assert-never.ts'
import type { CapabilityOf } from '../../kiro/capability.ts'
import { safeName, type AppEntity } from './app-model.ts'
import { parentOf, placesOf } from './app-schema.ts'
import type { Model } from './app-schema.ts'
import { jsLiteral } from './js-literal.ts'
import type { Ability } from './understand/ability.ts'

/** How many generated records each property is tried with. */
const RUNS = 25

type Property = CapabilityOf<'keep' | 'choice' | 'limit'>

/** Whether the capability has a property that the builder can hold with generated records. */
export function hasProperty(capability: Ability): capability is Property {
  return ['keep', 'choice', 'limit'].includes(capability.kind)
}

/** The steps of a test with generated records; their seeds are fixed, so that a failure comes back. */
export function propertyTest(capability: Property, entity: AppEntity, model: Model): string[] {
  switch (capability.kind) {
    case 'keep':
      return eachRecord(entity, ['assert.deepEqual(read, { id: body.id, ...values })'])
    case 'choice': {
      const name = safeName(entity, capability.field)
      const change = jsLiteral({ field: name, value: capability.value })
      return eachRecord(entity, [
        `const changed = await app.send('POST', \`/api/${entity.path}/\${body.id}/choice\`, ${change})`,
        'assert.equal(changed.status, 200)',
        `assert.deepEqual(changed.body, { ...read, ${jsLiteral(name)}: ${jsLiteral(capability.value)} })`,
      ])
    }
    case 'limit':
      return limitProperty(capability, entity, model)
    default:
      return assertNever(capability)
  }
}

/** Stores generated records one after the other; `more` sees what was sent and what was read. */
function eachRecord(entity: AppEntity, more: readonly string[]): string[] {
  return [
    `for (let seed = 1; seed <= ${RUNS}; seed += 1) {`,
    `  const values = await app.anyValues(${jsLiteral(entity.path)}, seed)`,
    `  const { status, body } = await app.send('POST', ${jsLiteral(`/api/${entity.path}`)}, values)`,
    '  assert.equal(status, 201, JSON.stringify(body))',
    `  const read = await app.get(\`/api/${entity.path}/\${body.id}\`)`,
    ...more.map((line) => `  ${line}`),
    '}',
  ]
}

function limitProperty(
  { by, max, without }: CapabilityOf<'limit'>,
  entity: AppEntity,
  model: Model,
): string[] {
  const parent = parentOf(entity, model, by)
  const places = placesOf(parent)
  const room = places === undefined ? {} : { [places]: max + 10 }
  const name = jsLiteral(safeName(entity, by))
  const counted = without
    ? `.filter((one) => one[${jsLiteral(safeName(entity, without.field))}] !== ${jsLiteral(without.value)})`
    : ''
  return [
    `const parent = await app.make(${jsLiteral(parent?.app.path ?? '')}, ${jsLiteral(room)})`,
    `for (let seed = 1; seed <= ${max * 2 + RUNS}; seed += 1) {`,
    `  const values = await app.anyValues(${jsLiteral(entity.path)}, seed, { ${name}: parent.id })`,
    `  await app.send('POST', ${jsLiteral(`/api/${entity.path}`)}, values)`,
    `  const all = await app.list(${jsLiteral(entity.path)})`,
    `  const taken = all.filter((one) => one[${name}] === parent.id)${counted}`,
    `  assert.ok(taken.length <= ${max}, String(taken.length))`,
    '}',
  ]
}
