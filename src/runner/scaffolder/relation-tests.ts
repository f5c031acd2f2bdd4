import { assertNever } from '../../domain/assert-never.ts'
import type { Capability, ChoiceValue } from '../../kiro/capability.ts'
import { withdrawnValue } from '../../kiro/capability-candidates.ts'
import { safeName, type AppEntity } from './app-model.ts'
import { parentOf, placesOf, reportTime } from './app-schema.ts'
import type { Model } from './app-schema.ts'
import { jsLiteral } from './js-literal.ts'
import type { RecordCapability } from './record-tests.ts'
import type { Ability } from './understand/ability.ts'

export type RelationCapability = Exclude<Capability, RecordCapability>

/** The steps of a test of what holds between records; every string in it is a literal. */
export function relationTest(
  capability: RelationCapability,
  entity: AppEntity,
  model: Model,
  all: readonly Ability[],
): string[] {
  switch (capability.kind) {
    case 'limit':
      return limitTest(capability, entity, model)
    case 'full':
      return fullTest(capability.by, entity, model, all)
    case 'deadline':
      return deadlineTest(capability, entity, model)
    case 'report':
      return reportTest(capability.by, entity, model, false)
    case 'report_export':
      return reportTest(capability.by, entity, model, true)
    default:
      return assertNever(capability)
  }
}

/** Makes the record that others refer to: `const parent = …`. */
function parentLine(entity: AppEntity, model: Model, by: string, places?: number): string {
  const parent = parentOf(entity, model, by)
  const field = placesOf(parent)
  const given = field !== undefined && places !== undefined ? { [field]: places } : {}
  return `const parent = await app.make(${jsLiteral(parent?.app.path ?? '')}, ${jsLiteral(given)})`
}

/** Sends one more record for the parent. */
function sendOne(entity: AppEntity, by: string, more = ''): string {
  const path = jsLiteral(entity.path)
  const given = `{ ${jsLiteral(safeName(entity, by))}: parent.id${more} }`
  return `await app.send('POST', ${jsLiteral(`/api/${entity.path}`)}, await app.values(${path}, ${given}))`
}

function limitTest(
  { by, max, without }: Extract<Capability, { kind: 'limit' }>,
  entity: AppEntity,
  model: Model,
): string[] {
  const free = without && withdrawn(entity, without)
  return [
    parentLine(entity, model, by, max + 10),
    ...(free === undefined ? [] : [`assert.equal((${sendOne(entity, by, free)}).status, 201)`]),
    `for (let count = 1; count <= ${max}; count += 1) {`,
    `  assert.equal((${sendOne(entity, by)}).status, 201)`,
    '}',
    `assert.equal((${sendOne(entity, by)}).status, 409)`,
  ]
}

function withdrawn(entity: AppEntity, { field, value }: ChoiceValue): string {
  return `, ${jsLiteral(safeName(entity, field))}: ${jsLiteral(value)}`
}

function fullTest(by: string, entity: AppEntity, model: Model, all: readonly Ability[]): string[] {
  const places = placesOf(parentOf(entity, model, by))
  const limit = all.find(
    (one) => one.kind === 'limit' && one.entity === entity.name && one.by === by,
  )
  const room = places !== undefined || limit?.kind !== 'limit' ? 1 : limit.max
  return [
    parentLine(entity, model, by, room),
    `for (let count = 1; count <= ${room}; count += 1) {`,
    `  assert.equal((${sendOne(entity, by)}).status, 201)`,
    '}',
    `const refused = ${sendOne(entity, by)}`,
    'assert.equal(refused.status, 409)',
    'assert.match(refused.body.message, / is full/)',
    `assert.equal((await app.list(${jsLiteral(entity.path)})).length, ${room})`,
  ]
}

function deadlineTest(
  { by, field, value, time, hours }: Extract<Capability, { kind: 'deadline' }>,
  entity: AppEntity,
  model: Model,
): string[] {
  const parent = parentOf(entity, model, by)
  const name = safeName(entity, field)
  const options = entity.fields.find((one) => one.name === name)?.options ?? []
  const before = options.find((option) => option !== value) ?? value
  const given = `{ ${jsLiteral(safeName(entity, by))}: parent.id, ${jsLiteral(name)}: ${jsLiteral(before)} }`
  return [
    'const attempt = async (minutes) => {',
    '  const start = new Date(now.getTime() + minutes * 60_000).toISOString()',
    `  const parent = await app.make(${jsLiteral(parent?.app.path ?? '')}, { ${jsLiteral(safeName(parent?.app, time))}: start })`,
    `  const made = await app.make(${jsLiteral(entity.path)}, ${given})`,
    `  const { status, body } = await app.send('POST', \`/api/${entity.path}/\${made.id}/choice\`, ${jsLiteral({ field: name, value })})`,
    `  const read = await app.get(\`/api/${entity.path}/\${made.id}\`)`,
    `  return { status, message: body.message, value: read[${jsLiteral(name)}] }`,
    '}',
    `const early = await attempt(${hours * 60})`,
    'assert.equal(early.status, 200)',
    `assert.equal(early.value, ${jsLiteral(value)})`,
    `const late = await attempt(${hours * 60 - 1})`,
    'assert.equal(late.status, 409)',
    `assert.equal(late.value, ${jsLiteral(before)})`,
    `assert.match(late.message, / up to ${hours} hours? before /)`,
  ]
}

function reportTest(by: string, entity: AppEntity, model: Model, asFile: boolean): string[] {
  const parent = parentOf(entity, model, by)
  const time = reportTime(entity, model, by)
  const places = placesOf(parent)
  const design = model.design.find(({ name }) => name === entity.name)
  const out = design && withdrawnValue(design)
  const isDate = (time?.timeOf === 'own' ? entity : parent?.app)?.fields.some(
    ({ name, type }) => name === time?.time && type === 'date',
  )
  const at = (day: string) => jsLiteral(isDate ? day : `${day}T10:00:00.000Z`)
  const key = jsLiteral(time?.time ?? '')
  const own = time?.timeOf === 'own'
  const more = own ? `, ${key}: ${at('2026-03-20')}` : ''
  const given = [
    ...(places === undefined ? [] : [`${jsLiteral(places)}: 8`]),
    ...(own ? [] : [`${key}: ${at('2026-03-20')}`]),
  ]
  const address = `/api/reports/${entity.path}/${safeName(entity, by)}`
  const made = (extra: string) => `assert.equal((${sendOne(entity, by, extra)}).status, 201)`
  return [
    `const parent = await app.make(${jsLiteral(parent?.app.path ?? '')}, { ${given.join(', ')} })`,
    made(more),
    made(more),
    ...(out ? [made(`${more}${withdrawn(entity, out)}`)] : []),
    ...(own ? [made(`, ${key}: ${at('2026-04-02')}`)] : []),
    ...(asFile
      ? [
          `const file = await app.get(${jsLiteral(`${address}.csv?month=2026-03`)})`,
          `const [, row] = file.split('\\r\\n')`,
          `assert.ok(row.endsWith(${jsLiteral(places === undefined ? ',2' : ',2,8')}), row)`,
        ]
      : [
          `const { rows } = await app.get(${jsLiteral(`${address}?month=2026-03`)})`,
          'const row = rows.find(({ id }) => id === parent.id)',
          'assert.equal(row.count, 2)',
          ...(places === undefined ? [] : ['assert.equal(row.places, 8)']),
        ]),
  ]
}
