import { assertNever } from '../../domain/assert-never.ts'
import type { Capability, CapabilityOf } from '../../kiro/capability.ts'
import { safeName, type AppEntity, type AppField } from './app-model.ts'
import { jsLiteral } from './js-literal.ts'

type Relation = 'limit' | 'full' | 'deadline' | 'report' | 'report_export'
export type RecordCapability = Exclude<Capability, { kind: Relation }>

/** The steps of a test of what is done with single records; every string in it is a literal. */
export function recordTest(capability: RecordCapability, entity: AppEntity): string[] {
  const path = jsLiteral(entity.path)
  const field = (name: string) => safeName(entity, name)
  switch (capability.kind) {
    case 'keep':
      return keepTest(entity, capability.fields.map(field))
    case 'create':
      return [
        `const made = await app.make(${path})`,
        `const listed = await app.list(${path})`,
        'assert.deepEqual(listed.find(({ id }) => id === made.id), made)',
        ...offered(entity, 'create'),
      ]
    case 'list':
      return [
        `const made = [await app.make(${path}), await app.make(${path})]`,
        `const listed = await app.list(${path})`,
        'for (const record of made) assert.ok(listed.some(({ id }) => id === record.id))',
      ]
    case 'view':
      return [
        `const made = await app.make(${path})`,
        `assert.deepEqual(await app.get(\`/api/${entity.path}/\${made.id}\`), made)`,
      ]
    case 'edit':
      return editTest(entity)
    case 'delete':
      return [
        `const made = await app.make(${path})`,
        `assert.equal((await app.send('DELETE', \`/api/${entity.path}/\${made.id}\`)).status, 204)`,
        `assert.ok((await app.list(${path})).every(({ id }) => id !== made.id))`,
        ...offered(entity, 'remove'),
      ]
    case 'search':
      return searchTest(entity)
    case 'export':
      return [
        `const made = await app.make(${path})`,
        `const file = await app.get(${jsLiteral(`/api/${entity.path}.csv`)})`,
        `assert.equal(file.split('\\r\\n').length, 3)`,
        `for (const { name, type } of ${jsLiteral(plainFields(entity))}) {`,
        `  if (type === 'text' && made[name]) assert.ok(file.includes(made[name].slice(0, 40)))`,
        '}',
      ]
    case 'filter':
      return filterTest(entity, field(capability.field))
    case 'schedule':
      return scheduleTest(entity, field(capability.field))
    case 'choice':
      return choiceTest(entity, field(capability.field), capability.value)
    case 'unique':
    case 'required':
    case 'wrong_type':
    case 'empty_list':
    case 'not_found':
      return faultTest(capability, entity)
    default:
      return assertNever(capability)
  }
}

type Fault = 'unique' | 'required' | 'wrong_type' | 'empty_list' | 'not_found'

function faultTest(capability: CapabilityOf<Fault>, entity: AppEntity): string[] {
  const path = jsLiteral(entity.path)
  const field = (name: string) => safeName(entity, name)
  switch (capability.kind) {
    case 'unique':
      return [
        `const made = await app.make(${path}, ${jsLiteral(valuesFor(entity, field(capability.field)))})`,
        `const values = await app.values(${path}, { ${jsLiteral(field(capability.field))}: made[${jsLiteral(field(capability.field))}] })`,
        `const second = await app.send('POST', ${jsLiteral(`/api/${entity.path}`)}, values)`,
        'assert.equal(second.status, 409)',
        `assert.ok(second.body.message.includes(${jsLiteral(labelOf(entity, field(capability.field)))}))`,
      ]
    case 'required':
      return requiredTest(entity, capability.fields.map(field))
    case 'wrong_type':
      return wrongTypeTest(entity)
    case 'empty_list':
      return [
        `const { items, note } = await app.get(${jsLiteral(`/api/${entity.path}`)})`,
        'assert.deepEqual(items, [])',
        `assert.equal(note, ${jsLiteral(`There are no ${entity.many}.`)})`,
      ]
    case 'not_found':
      return [
        `const { status, body } = await app.send('GET', ${jsLiteral(`/api/${entity.path}/none`)})`,
        'assert.equal(status, 404)',
        `assert.equal(body.message, ${jsLiteral(`This ${entity.one} does not exist.`)})`,
      ]
    default:
      return assertNever(capability)
  }
}

function keepTest(entity: AppEntity, names: readonly string[]): string[] {
  return [
    `const values = await app.values(${jsLiteral(entity.path)}, ${jsLiteral(optionalValues(entity))})`,
    `const { body, status } = await app.send('POST', ${jsLiteral(`/api/${entity.path}`)}, values)`,
    'assert.equal(status, 201)',
    'await app.restart()',
    `const read = await app.get(\`/api/${entity.path}/\${body.id}\`)`,
    `for (const name of ${jsLiteral(names)}) {`,
    '  if (Object.hasOwn(values, name)) assert.deepEqual(read[name], values[name], name)',
    '}',
  ]
}

/** That the page, which draws what the schema allows, has the action. */
function offered(entity: AppEntity, action: string): string[] {
  return [
    `const { entities } = await app.get('/api/schema')`,
    `assert.ok(entities.find(({ path }) => path === ${jsLiteral(entity.path)}).can.${action})`,
  ]
}

function editTest(entity: AppEntity): string[] {
  const kept = entity.fields.filter(({ type }) => type === 'reference').map(({ name }) => name)
  return [
    `const made = await app.make(${jsLiteral(entity.path)})`,
    `const kept = Object.fromEntries(${jsLiteral(kept)}.filter((name) => Object.hasOwn(made, name)).map((name) => [name, made[name]]))`,
    `const values = await app.values(${jsLiteral(entity.path)}, kept)`,
    `const { status, body } = await app.send('PUT', \`/api/${entity.path}/\${made.id}\`, values)`,
    'assert.equal(status, 200)',
    'assert.deepEqual(body, { id: made.id, ...values })',
    `const listed = await app.list(${jsLiteral(entity.path)})`,
    'assert.deepEqual(listed.find(({ id }) => id === made.id), body)',
    ...offered(entity, 'edit'),
  ]
}

function searchTest(entity: AppEntity): string[] {
  const name = entity.fields.find(({ type }) => type === 'text' || type === 'long_text')?.name ?? ''
  const path = jsLiteral(entity.path)
  return [
    `const wanted = await app.make(${path}, { ${jsLiteral(name)}: 'a needle in hay' })`,
    `await app.make(${path}, { ${jsLiteral(name)}: 'hay' })`,
    `const found = await app.list(${path}, { q: 'NEEDLE' })`,
    'assert.deepEqual(found.map(({ id }) => id), [wanted.id])',
  ]
}

function filterTest(entity: AppEntity, name: string): string[] {
  const path = jsLiteral(entity.path)
  const field = entity.fields.find((one) => one.name === name)
  const values =
    field?.type === 'choice'
      ? jsLiteral([field.options[0], field.options.at(-1)])
      : `[(await app.make(${jsLiteral(field?.target ?? '')})).id, (await app.make(${jsLiteral(field?.target ?? '')})).id]`
  const key = jsLiteral(name)
  return [
    `const [wanted, other] = ${values}`,
    `const made = await app.make(${path}, { ${key}: wanted })`,
    `if (other !== wanted) await app.make(${path}, { ${key}: other })`,
    `const found = await app.list(${path}, { ${key}: wanted })`,
    'assert.deepEqual(found.map(({ id }) => id), [made.id])',
  ]
}

function scheduleTest(entity: AppEntity, name: string): string[] {
  const path = jsLiteral(entity.path)
  const isDate = entity.fields.find((one) => one.name === name)?.type === 'date'
  const at = (day: string) => jsLiteral(isDate ? day : `${day}T18:00:00.000Z`)
  const make = (day: string) => `await app.make(${path}, { ${jsLiteral(name)}: ${at(day)} })`
  return [
    `const tuesday = ${make('2026-03-10')}`,
    `const monday = ${make('2026-03-09')}`,
    make('2026-03-16'),
    `const week = await app.list(${path}, { week: '2026-03-12' })`,
    'assert.deepEqual(week.map(({ id }) => id), [monday.id, tuesday.id])',
  ]
}

function choiceTest(entity: AppEntity, name: string, value: string): string[] {
  const field = entity.fields.find((one) => one.name === name)
  const before = field?.options.find((option) => option !== value) ?? value
  const change = { field: name, value }
  return [
    `const made = await app.make(${jsLiteral(entity.path)}, { ${jsLiteral(name)}: ${jsLiteral(before)} })`,
    `const { status } = await app.send('POST', \`/api/${entity.path}/\${made.id}/choice\`, ${jsLiteral(change)})`,
    'assert.equal(status, 200)',
    `const read = await app.get(\`/api/${entity.path}/\${made.id}\`)`,
    `assert.deepEqual(read, { ...made, ${jsLiteral(name)}: ${jsLiteral(value)} })`,
  ]
}

function requiredTest(entity: AppEntity, names: readonly string[]): string[] {
  const fields = entity.fields.filter(({ name, required }) => names.includes(name) && required)
  return [
    `for (const { name, label } of ${jsLiteral(fields.map(({ name, label }) => ({ name, label })))}) {`,
    `  const values = await app.values(${jsLiteral(entity.path)})`,
    '  delete values[name]',
    `  const { status, body } = await app.send('POST', ${jsLiteral(`/api/${entity.path}`)}, values)`,
    '  assert.equal(status, 422)',
    '  assert.deepEqual(body.missing, [label])',
    '}',
  ]
}

function wrongTypeTest(entity: AppEntity): string[] {
  const fields = entity.fields.filter(({ type }) => type !== 'text' && type !== 'long_text')
  const wrong = fields.map((field) => ({ ...named(field), value: wrongValue(field) }))
  return [
    `for (const { name, label, value } of ${jsLiteral(wrong)}) {`,
    `  const values = await app.values(${jsLiteral(entity.path)}, { [name]: value })`,
    `  const { status, body } = await app.send('POST', ${jsLiteral(`/api/${entity.path}`)}, values)`,
    '  assert.equal(status, 422)',
    '  assert.deepEqual(body.wrong, [label])',
    '}',
  ]
}

function wrongValue({ type }: AppField): string | number {
  return type === 'email' || type === 'date' || type === 'datetime'
    ? 'no such thing'
    : 'none of them'
}

function named({ name, label }: AppField): { name: string; label: string } {
  return { name, label }
}

function plainFields(entity: AppEntity): { name: string; type: string }[] {
  return entity.fields.map(({ name, type }) => ({ name, type }))
}

function labelOf(entity: AppEntity, name: string): string {
  return entity.fields.find((field) => field.name === name)?.label ?? name
}

/** A value for a field that the test needs although it is optional. */
function valuesFor(entity: AppEntity, name: string): Record<string, string | number | boolean> {
  return optionalValues({ ...entity, fields: entity.fields.filter((field) => field.name === name) })
}

/** Values for optional fields, which the tests' support leaves out; references stay out. */
function optionalValues(entity: AppEntity): Record<string, string | number | boolean> {
  const samples = entity.fields.flatMap((field): [string, string | number | boolean][] => {
    const value = field.required ? undefined : sampleOf(field)
    return value === undefined ? [] : [[field.name, value]]
  })
  return Object.fromEntries(samples)
}

function sampleOf({ type, options }: AppField): string | number | boolean | undefined {
  switch (type) {
    case 'number':
    case 'money':
      return 7
    case 'boolean':
      return false
    case 'date':
      return '2026-03-11'
    case 'datetime':
      return '2026-03-11T10:00:00.000Z'
    case 'email':
      return 'somebody@example.org'
    case 'choice':
      return options[0]
    case 'reference':
      return undefined
    case 'text':
    case 'long_text':
      return 'Some text'
    default:
      return assertNever(type)
  }
}
