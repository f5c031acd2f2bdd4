import { assertNever } from '../../domain/assert-never.ts'
import type { AppEntity } from './app-model.ts'
import { jsLiteral } from './js-literal.ts'
import { pairFor } from './own-tests.ts'
import { rightSchema, type Right, type RightSchema } from './rights.ts'

/** The steps of a test that shows a refusal, that it changes nothing, and that the others may. */
export function rightTest(right: Right, entity: AppEntity): string[] {
  const schema = rightSchema(right, entity)
  const { only, never, why } = schema
  const everybody = "[null, ...(await app.get('/api/schema')).roles]"
  const refused =
    only === undefined
      ? never === '*'
        ? everybody
        : jsLiteral([never])
      : `${everybody}.filter((role) => role !== ${jsLiteral(only)})`
  return [
    ...attempt(schema, entity),
    `const refused = ${refused}`,
    'assert.ok(refused.length > 0)',
    'const reasons = new Set()',
    'for (const role of refused) {',
    '  const { status, body } = await attempt(role)',
    '  assert.equal(status, 403, String(role))',
    '  reasons.add(body.message)',
    '}',
    // A role may be refused for another reason before.
    `assert.ok(reasons.has(${jsLiteral(why)}))`,
    `assert.deepEqual(await app.list(${jsLiteral(entity.path)}), before)`,
    ...(never === '*'
      ? []
      : [`assert.ok((await attempt(${jsLiteral(only ?? null)})).status < 300)`]),
  ]
}

/** `attempt` tries it in a role; `before` is what was stored before. */
function attempt({ action, field }: RightSchema, entity: AppEntity): string[] {
  const path = jsLiteral(entity.path)
  const before = `const before = await app.list(${path})`
  const to = `\`/api/${entity.path}/\${made.id}\``
  switch (action) {
    case 'create':
      return [
        `const values = await app.values(${path})`,
        before,
        `const attempt = (role) => app.send('POST', ${jsLiteral(`/api/${entity.path}`)}, values, role)`,
      ]
    case 'edit':
      return [
        `const made = await app.make(${path})`,
        `const { id, ...values } = made`,
        before,
        `const attempt = (role) => app.send('PUT', ${to}, values, role)`,
      ]
    case 'remove':
      return [
        `const made = await app.make(${path})`,
        before,
        `const attempt = (role) => app.send('DELETE', ${to}, undefined, role)`,
      ]
    case 'field': {
      const name = field ?? ''
      const [first, other] = pairFor(entity.fields.find((one) => one.name === name))
      return [
        `const made = await app.make(${path}, ${jsLiteral({ [name]: first })})`,
        `const { id, ...values } = made`,
        before,
        `const attempt = (role) => app.send('PUT', ${to}, { ...values, ...${jsLiteral({ [name]: other })} }, role)`,
      ]
    }
    default:
      return assertNever(action)
  }
}
