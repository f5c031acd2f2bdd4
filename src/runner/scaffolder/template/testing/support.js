import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { schema } from '../src/schema.js'
import { anyValues } from './generated.js'
import { startServer } from '../src/server.js'

/** When all tests take place, unless they say otherwise. */
export const now = new Date('2026-01-05T09:00:00.000Z')

/** The software on a free port with an empty folder; ends with the test. `keys` are those of roles. */
export async function startApp(t, keys) {
  const folder = await mkdtemp(path.join(tmpdir(), 'app-'))
  const clock = () => now
  let server = await startServer({ port: 0, folder, clock, keys })
  let count = 0
  t.after(async () => {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  })

  let acting
  const send = (method, address, body, role = acting?.role ?? permitted(method, address)) =>
    request(server.url + address, method, body, role)

  const app = {
    send,
    url: () => server.url,
    /** Sends from now on in a role what the test itself sends, and the records of the list `makes`. */
    actAs(role, makes) {
      acting = { role, makes }
    },
    /** Ends the server and starts it again on the same folder. */
    async restart() {
      await server.close()
      server = await startServer({ port: 0, folder, clock, keys })
    },
    async get(address) {
      const { status, body } = await send('GET', address)
      assert.equal(status, 200, JSON.stringify(body))
      return body
    },
    async list(list, query = {}) {
      return (await app.get(`/api/${list}?${new URLSearchParams(query)}`)).items
    },
    /** Values for a record that fits the schema, with the given ones in their place. */
    async values(list, given = {}) {
      const entity = schema.entities.find(({ path }) => path === list)
      count += 1
      const number = count
      const values = {}
      for (const field of entity.fields) {
        if (Object.hasOwn(given, field.name)) values[field.name] = given[field.name]
        else if (field.required) values[field.name] = await valueFor(app, entity, field, number)
      }
      return values
    },
    /** Values of all kinds that fit the schema; the same seed gives the same ones. */
    async anyValues(list, seed, given = {}) {
      const entity = schema.entities.find(({ path }) => path === list)
      return { ...(await app.values(list, given)), ...anyValues(entity, seed), ...given }
    },
    /** Stores such a record. */
    async make(list, given = {}) {
      const address = `/api/${list}`
      const role = acting?.makes === list ? acting.role : permitted('POST', address)
      const { status, body } = await send('POST', address, await app.values(list, given), role)
      assert.equal(status, 201, JSON.stringify(body))
      return body
    },
  }
  return app
}

async function request(url, method, body, role) {
  const response = await fetch(url, {
    method,
    headers: {
      ...(body && { 'content-type': 'application/json' }),
      ...(role && { 'x-role': encodeURIComponent(role) }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json')
  return { status: response.status, body: isJson && text ? JSON.parse(text) : text }
}

const actions = { POST: 'create', PUT: 'edit', DELETE: 'remove' }

/** A role that may do this; null for nobody in particular. */
function permitted(method, address) {
  const [, , path, , part] = address.split('?')[0].split('/')
  const entity = schema.entities.find((one) => one.path === path)
  const action = part === 'choice' ? 'edit' : actions[method]
  const concerns = (right) =>
    right.action === action || (right.action === 'field' && ['create', 'edit'].includes(action))
  const rights = entity?.rights.filter(concerns) ?? []
  const may = (role) => rights.every(({ only, never }) => (only ? role === only : role !== never))
  return [null, ...schema.roles].find(may) ?? null
}

async function valueFor(app, entity, field, number) {
  switch (field.type) {
    case 'number':
      return 1000 + number
    case 'money':
      return 10.5 + number
    case 'boolean':
      return true
    case 'date':
      return '2026-03-10'
    case 'datetime':
      // Where no two may be at the same moment, each has its own.
      return entity.unique.includes(field.name)
        ? new Date(Date.UTC(2026, 2, 10, 18, number)).toISOString()
        : '2026-03-10T18:00:00.000Z'
    case 'email':
      return `person${number}@example.org`
    case 'choice':
      return field.options.find((option) => !withdraws(entity, field, option)) ?? field.options[0]
    case 'reference':
      return (await app.make(field.target)).id
    default:
      return `${field.label} ${number}`
  }
}

function withdraws(entity, field, option) {
  const rules = [...entity.limits, ...entity.full, ...entity.reports]
  return rules.some(({ without }) => without?.field === field.name && without.value === option)
}
