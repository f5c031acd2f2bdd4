import { randomUUID } from 'node:crypto'
import { readRecord } from './fields.js'
import { Problem, readJson } from './problem.js'
import { brokenRule } from './rules.js'
import { assertMay } from './rights.js'
import { schema } from './schema.js'
import { reportOf, select, toCsv } from './views.js'

const byPath = new Map(schema.entities.map((entity) => [entity.path, entity]))

/**
 * Answers requests below `/api/`: gives a status with a body, or throws a Problem. `tell` says what the page
 * has to know of signing in.
 */
export function createApi(store, clock, tell) {
  const exists = (path, id) => store.get(path, id) !== undefined

  const save = saver(store, clock)
  const remove = remover(store)

  const checked = (entity, request) => checkedValues(entity, request, exists)

  const list = (entity, query) => {
    const items = select(entity, store.list(entity.path), query)
    return { status: 200, body: { items, ...(items.length === 0 && { note: entity.empty }) } }
  }

  const choose = async (entity, record, request) => {
    const { field, value } = await readJson(request)
    const isOffered = entity.choices.some((one) => one.field === field && one.value === value)
    if (!isOffered) throw new Problem(422, 'There is no such change.')
    assertMay(entity, 'edit', request, [field])
    return { status: 200, body: await save(entity, { ...record, [field]: value }, record) }
  }

  const replace = async (entity, record, request) => {
    assertMay(entity, 'edit', request)
    const values = await checked(entity, request)
    const changed = entity.fields.filter(({ name }) => values[name] !== record[name])
    assertMay(
      entity,
      'edit',
      request,
      changed.map(({ name }) => name),
    )
    return { status: 200, body: await save(entity, values, record) }
  }

  const one = async (entity, id, request) => {
    const record = store.get(entity.path, id)
    if (!record) throw missing(entity)
    if (request.method === 'GET') return { status: 200, body: record }
    if (request.method === 'PUT' && entity.can.edit) return replace(entity, record, request)
    if (request.method === 'DELETE') assertMay(entity, 'remove', request)
    if (request.method === 'DELETE' && entity.can.remove) return remove(entity, record)
    throw new Problem(405, 'This cannot be done here.')
  }

  const all = async (entity, request, query) => {
    if (request.method === 'GET') return list(entity, query)
    if (request.method !== 'POST') throw new Problem(405, 'This cannot be done here.')
    assertMay(entity, 'create', request)
    const values = await checked(entity, request)
    assertMay(entity, 'create', request, Object.keys(values))
    return { status: 201, body: await save(entity, values) }
  }

  return async (request, parts, query) => {
    const [path = '', id, action] = parts
    if (path === 'schema' && request.method === 'GET') return described(tell(request))
    if (path === 'reports') return report(id, action, request, query, store)
    if (path.endsWith('.csv') && request.method === 'GET') return file(path.slice(0, -4), store)
    const entity = byPath.get(path)
    if (!entity || parts.length > 3) throw new Problem(404, 'There is no such page.')
    if (id === undefined) return all(entity, request, query)
    if (action === undefined) return one(entity, id, request)
    const record = store.get(path, id)
    if (!record) throw missing(entity)
    if (action === 'choice' && request.method === 'POST') return choose(entity, record, request)
    throw new Problem(404, 'There is no such page.')
  }
}

/** What the page draws itself from. */
function described(told) {
  return { status: 200, body: { ...schema, ...told } }
}

/** The values of a record that was sent, or a Problem that names what is missing or wrong. */
async function checkedValues(entity, request, exists) {
  const { values, missing, wrong } = readRecord(entity, await readJson(request), exists)
  const faults = [
    ...missing.map((label) => `${label} is missing`),
    ...wrong.map((label) => `${label} does not fit`),
  ]
  if (faults.length > 0) throw new Problem(422, `${faults.join('; ')}.`, { missing, wrong })
  return values
}

/** Removes a record that no other one refers to. */
function remover(store) {
  return async (entity, record) => {
    await store.change((list) => {
      const user = usedBy(entity, record, list)
      if (user) throw new Problem(409, `This ${entity.one} is still used in the ${user}.`)
      list(entity.path).delete(record.id)
    })
    return { status: 204 }
  }
}

/** Stores a record if no rule speaks against it; checked and written as one step. */
function saver(store, clock) {
  return (entity, values, previous) =>
    store.change((list) => {
      const known = previous && list(entity.path).get(previous.id)
      if (previous && !known) throw missing(entity)
      const record = { id: previous?.id ?? randomUUID(), ...values }
      const records = (path) => [...list(path).values()]
      // What it refers to may have been removed since the fields were read.
      const lost = entity.fields.find(
        ({ name, target }) => target && record[name] && !list(target).has(record[name]),
      )
      if (lost) throw new Problem(409, `The ${lost.label} does not exist any more.`)
      const broken = brokenRule(entity, record, known, records, clock())
      if (broken) throw new Problem(409, broken)
      list(entity.path).set(record.id, record)
      return record
    })
}

function missing(entity) {
  return new Problem(404, `This ${entity.one} does not exist.`)
}

/** The name of a list with a record that refers to this one. */
function usedBy({ path }, { id }, list) {
  return schema.entities.find((other) =>
    other.fields.some(
      ({ name, target }) =>
        target === path && [...list(other.path).values()].some((record) => record[name] === id),
    ),
  )?.many
}

/** All records of a list as a CSV file. */
function file(path, store) {
  const entity = byPath.get(path)
  if (!entity?.can.export) throw new Problem(404, 'There is no such file.')
  const rows = store.list(path).map((record) => entity.fields.map(({ name }) => record[name]))
  const csv = toCsv([entity.fields.map(({ label }) => label), ...rows])
  return { status: 200, csv, name: `${path}.csv` }
}

/** `reports/bookings/class?month=2026-03`, and the same as a file with `.csv` behind. */
function report(path, by, request, query, store) {
  const entity = byPath.get(path)
  const isFile = by?.endsWith('.csv') ?? false
  const name = isFile ? by.slice(0, -4) : by
  const found = entity?.reports.find((one) => one.by === name && (!isFile || one.export))
  if (!found || request.method !== 'GET') throw new Problem(404, 'There is no such report.')
  const month = query.get('month') ?? ''
  if (!/^\d{4}-(?:0[1-9]|1[0-2])$/.test(month)) {
    throw new Problem(422, 'Name the month as month=2026-03.')
  }
  const parent = byPath.get(found.parent)
  const body = reportOf(found, entity, parent, store.list, month)
  if (!isFile) return { status: 200, body }
  const head = [parent.one, entity.many, ...(found.places ? [found.placesLabel] : [])]
  const rows = body.rows.map((row) => [row.name, row.count, ...(found.places ? [row.places] : [])])
  return { status: 200, csv: toCsv([head, ...rows]), name: `report-${month}.csv` }
}
