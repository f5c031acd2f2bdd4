import { assertNever } from '../../domain/assert-never.ts'
import { safeName, type AppEntity, type AppField } from './app-model.ts'
import { jsLiteral } from './js-literal.ts'
import type { OwnAbility } from './understand/ability.ts'

type Tested = Exclude<OwnAbility, { kind: 'right' }>
type TestedOf<Kind extends Tested['kind']> = Extract<Tested, { kind: Kind }>

/** The steps of a test of what the scaffolder understands by itself; every string in it is a literal. */
export function ownTest(ability: Tested, entity: AppEntity): string[] {
  switch (ability.kind) {
    case 'set_field':
      return setFieldTest(entity, fieldOf(entity, ability.field))
    case 'mark':
      return markTest(entity, safeName(entity, ability.field))
    case 'search_by':
      return ability.fields.flatMap((name, index) =>
        scoped(index, searchByTest(entity, fieldOf(entity, name))),
      )
    case 'range':
      return ability.fields.flatMap((name, index) =>
        scoped(index, rangeTest(entity, fieldOf(entity, name))),
      )
    case 'apart':
      return apartTest(entity, safeName(entity, ability.field))
    case 'reserve':
      return reserveTest(ability, entity)
    case 'comment':
      return commentTest(ability, entity)
    default:
      return assertNever(ability)
  }
}

function fieldOf(entity: AppEntity, name: string): AppField | undefined {
  return entity.fields.find((field) => field.name === safeName(entity, name))
}

/** Lines with names of their own. */
function scoped(index: number, lines: readonly string[]): string[] {
  return index === 0 ? [...lines] : ['{', ...lines.map((line) => `  ${line}`), '}']
}

const api = ({ path }: AppEntity) => jsLiteral(`/api/${path}`)

function setFieldTest(entity: AppEntity, field: AppField | undefined): string[] {
  const name = field?.name ?? ''
  const [before, after] = pairFor(field)
  const given = (value: Value) => jsLiteral({ [name]: value })
  return [
    `const made = await app.make(${jsLiteral(entity.path)}, ${given(before)})`,
    'const { id, ...values } = made',
    `const { status, body } = await app.send('PUT', \`/api/${entity.path}/\${id}\`, { ...values, ...${given(after)} })`,
    'assert.equal(status, 200)',
    `assert.deepEqual(body, { ...made, ...${given(after)} })`,
    `assert.deepEqual(await app.get(\`/api/${entity.path}/\${id}\`), body)`,
    `const { entities } = await app.get('/api/schema')`,
    `assert.ok(entities.find(({ path }) => path === ${jsLiteral(entity.path)}).can.edit)`,
  ]
}

type Value = string | number | boolean

/** Two values that differ, the lower one first. */
export function pairFor(field: AppField | undefined): readonly [Value, Value] {
  switch (field?.type) {
    case 'number':
    case 'money':
      return [20, 30]
    case 'boolean':
      return [false, true]
    case 'date':
      return ['2026-03-10', '2026-03-12']
    case 'datetime':
      return ['2026-03-10T18:00:00.000Z', '2026-03-12T09:30:00.000Z']
    case 'email':
      return ['before@example.org', 'later@example.org']
    case 'choice':
      return [field.options[0] ?? '', field.options.at(-1) ?? '']
    default:
      return ['Before', 'Later']
  }
}

function markTest(entity: AppEntity, name: string): string[] {
  const path = jsLiteral(entity.path)
  return [
    `const made = await app.make(${path})`,
    `const other = await app.make(${path})`,
    `assert.notEqual(made[${jsLiteral(name)}], true)`,
    `const { status } = await app.send('POST', \`/api/${entity.path}/\${made.id}/choice\`, ${jsLiteral({ field: name, value: true })})`,
    'assert.equal(status, 200)',
    'await app.restart()',
    `const listed = await app.list(${path})`,
    `assert.deepEqual(listed, [{ ...made, ${jsLiteral(name)}: true }, other])`,
  ]
}

function searchByTest(entity: AppEntity, field: AppField | undefined): string[] {
  const path = jsLiteral(entity.path)
  const [wanted, other] =
    field?.type === 'text' || field?.type === 'long_text'
      ? ['a needle in hay', 'hay']
      : pairFor(field)
  const text = field?.type === 'text' || field?.type === 'long_text' ? 'NEEDLE' : String(wanted)
  const given = (value: Value | undefined) => jsLiteral({ [field?.name ?? '']: value })
  return [
    `const wanted = await app.make(${path}, ${given(wanted)})`,
    `await app.make(${path}, ${given(other)})`,
    `const found = await app.list(${path}, { q: ${jsLiteral(text)} })`,
    'assert.deepEqual(found.map(({ id }) => id), [wanted.id])',
  ]
}

function rangeTest(entity: AppEntity, field: AppField | undefined): string[] {
  const path = jsLiteral(entity.path)
  const name = field?.name ?? ''
  const [low, high] = pairFor(field)
  const query = (end: string, value: Value) => jsLiteral({ [`${name}.${end}`]: String(value) })
  const make = (value: Value) => `await app.make(${path}, ${jsLiteral({ [name]: value })})`
  return [
    `const low = ${make(low)}`,
    `const high = ${make(high)}`,
    'const ids = (records) => records.map(({ id }) => id)',
    `assert.deepEqual(ids(await app.list(${path}, ${query('to', low)})).filter((id) => [low.id, high.id].includes(id)), [low.id])`,
    `assert.deepEqual(ids(await app.list(${path}, ${query('from', high)})).filter((id) => [low.id, high.id].includes(id)), [high.id])`,
  ]
}

function apartTest(entity: AppEntity, name: string): string[] {
  const path = jsLiteral(entity.path)
  const label = entity.fields.find((field) => field.name === name)?.label ?? name
  return [
    `const made = await app.make(${path})`,
    `const values = await app.values(${path}, { ${jsLiteral(name)}: made[${jsLiteral(name)}] })`,
    `const second = await app.send('POST', ${api(entity)}, values)`,
    'assert.equal(second.status, 409)',
    `assert.ok(second.body.message.includes(${jsLiteral(label)}))`,
    `assert.deepEqual(await app.list(${path}), [made])`,
  ]
}

function reserveTest(ability: TestedOf<'reserve'>, entity: AppEntity): string[] {
  const path = jsLiteral(entity.path)
  const by = safeName(entity, ability.by)
  const times = ability.times && {
    from: safeName(entity, ability.times.from),
    until: safeName(entity, ability.times.until),
  }
  const stored = [
    `const made = await app.make(${path})`,
    'await app.restart()',
    `assert.deepEqual(await app.list(${path}), [made])`,
    `assert.equal((await app.get(\`/api/${pathOf(entity, by)}/\${made[${jsLiteral(by)}]}\`)).id, made[${jsLiteral(by)}])`,
  ]
  if (!times) return stored
  const isDate = fieldOf(entity, times.from)?.type === 'date'
  const at = (day: string) => (isDate ? day : `${day}T10:00:00.000Z`)
  const given = (from: string, until?: string) =>
    `{ ...values, ...${jsLiteral({ [times.from]: at(from), ...(until !== undefined && { [times.until]: at(until) }) })} }`
  const send = (from: string, until: string) =>
    `await app.send('POST', ${api(entity)}, ${given(from, until)})`
  return [
    ...stored,
    `const { id, ...values } = await app.make(${path}, ${jsLiteral({ [times.from]: at('2026-03-10'), [times.until]: at('2026-03-12') })})`,
    `const taken = ${send('2026-03-11', '2026-03-14')}`,
    'assert.equal(taken.status, 409)',
    'assert.match(taken.body.message, / is taken /)',
    `assert.equal((${send('2026-03-12', '2026-03-14')}).status, 201)`,
    `assert.equal((${send('2026-03-20', '2026-03-19')}).status, 409)`,
  ]
}

/** The list that a reference leads to. */
function pathOf(entity: AppEntity, by: string): string {
  return fieldOf(entity, by)?.target ?? ''
}

function commentTest({ by }: TestedOf<'comment'>, entity: AppEntity): string[] {
  const path = jsLiteral(entity.path)
  const name = jsLiteral(safeName(entity, by))
  return [
    `const first = await app.make(${path})`,
    `const second = await app.make(${path}, { ${name}: first[${name}] })`,
    `await app.make(${path})`,
    'await app.restart()',
    `assert.deepEqual(await app.list(${path}, { ${name}: first[${name}] }), [first, second])`,
    `const nowhere = await app.values(${path}, { ${name}: 'none' })`,
    `assert.equal((await app.send('POST', ${api(entity)}, nowhere)).status, 422)`,
  ]
}
