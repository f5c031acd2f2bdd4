import { element, recordForm } from './form.js'

const view = document.querySelector('#view')
const lists = document.querySelector('#lists')
const schema = await call('GET', '/api/schema')
const records = new Map()

async function call(method, address, body) {
  const role = sessionStorage.getItem('role')
  const response = await fetch(address, {
    method,
    headers: {
      ...(body && { 'content-type': 'application/json' }),
      ...(role && { 'x-role': encodeURIComponent(role) }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  const answer = response.status === 204 ? {} : await response.json()
  if (!response.ok) throw new Error(answer.message)
  return answer
}

/** What went wrong, as a sentence; undefined when all went well. */
async function attempt(work) {
  try {
    await work()
    return undefined
  } catch (error) {
    return error.message
  }
}

function entityAt(path) {
  return schema.entities.find((entity) => entity.path === path)
}

function titleOf(entity, record) {
  const texts = entity.fields.filter(({ type }) => type === 'text' || type === 'email')
  const named = texts.find(({ name }) => /name|title/i.test(name)) ?? texts[0]
  if (named) return record[named.name] ?? `This ${entity.one}`
  const parts = entity.fields.filter(({ type }) => type === 'reference')
  return parts.map((field) => shown(field, record[field.name])).join(' · ') || entity.one
}

function names(path) {
  return (records.get(path) ?? []).map((record) => [record.id, titleOf(entityAt(path), record)])
}

function shown(field, value) {
  if (value === undefined) return '–'
  if (field.type === 'reference') {
    return names(field.target).find(([id]) => id === value)?.[1] ?? 'removed'
  }
  if (field.type === 'boolean') return value ? 'yes' : 'no'
  if (field.type === 'date') return new Date(`${value}T00:00`).toLocaleDateString()
  if (field.type === 'datetime') {
    return new Date(value).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' })
  }
  return String(value)
}

async function load(path) {
  records.set(path, (await call('GET', `/api/${path}`)).items)
}

/** What the address behind `#` says: a list with its question, or a report. */
function place() {
  const [path, query] = location.hash.slice(1).split('?')
  return { path: path || schema.entities[0]?.path, query: new URLSearchParams(query) }
}

function go(path, query) {
  const text = new URLSearchParams([...query].filter(([, value]) => value !== '')).toString()
  location.hash = text ? `${path}?${text}` : path
}

async function draw() {
  const { path = '', query } = place()
  drawMenu(path)
  const [kind, of, by] = path.split('/')
  const entity = entityAt(kind === 'reports' ? of : path)
  if (!entity)
    return view.replaceChildren(element('p', { class: 'note' }, 'There is nothing here.'))
  const fault = await attempt(() => {
    return kind === 'reports' ? drawReport(entity, by, query) : drawList(entity, query)
  })
  if (fault) view.replaceChildren(element('p', { class: 'fault' }, fault))
}

function drawMenu(current) {
  const reports = schema.entities.flatMap((entity) =>
    entity.reports.map(({ by, parent }) => [
      `reports/${entity.path}/${by}`,
      `${entity.many} by ${entityAt(parent).one}`,
    ]),
  )
  const all = [...schema.entities.map(({ path, many }) => [path, many]), ...reports]
  lists.replaceChildren(
    ...all.map(([path, label]) =>
      element(
        'a',
        { href: `#${path}`, 'aria-current': path === current ? 'page' : undefined },
        label,
      ),
    ),
  )
}

async function drawList(entity, query) {
  const targets = entity.fields.flatMap(({ target }) => target ?? [])
  await Promise.all([entity.path, ...targets].map(load))
  const { items, note } = await call('GET', `/api/${entity.path}?${query}`)
  const form = element('div')
  const open = (record) => {
    const close = () => form.replaceChildren()
    const save = (values) =>
      attempt(async () => {
        if (record) await call('PUT', `/api/${entity.path}/${record.id}`, values)
        else await call('POST', `/api/${entity.path}`, values)
        await draw()
      })
    form.replaceChildren(recordForm({ entity, record, names, save, close }))
    form.querySelector('input, select, textarea')?.focus()
  }
  view.replaceChildren(
    bar(entity, query, () => open()),
    form,
    items.length > 0
      ? element('div', { class: 'cards' }, ...items.map((record) => card(entity, record, open)))
      : element('p', { class: 'note' }, note ?? 'Nothing is stored yet.'),
  )
}

function bar(entity, query, add) {
  const change = (key) => (event) => {
    query.set(key, event.target.value)
    go(entity.path, query)
  }
  const filters = entity.filters.map((name) => {
    const field = entity.fields.find((one) => one.name === name)
    const options =
      field.type === 'choice' ? field.options.map((one) => [one, one]) : names(field.target)
    const input = element('select', { 'aria-label': field.label, change: change(name) })
    input.append(element('option', { value: '' }, `Every ${field.label}`))
    input.append(...options.map(([id, label]) => element('option', { value: id }, label)))
    input.value = query.get(name) ?? ''
    return input
  })
  const input = (type, key, label) => {
    const value = query.get(key) ?? ''
    const made = element('input', { type, value, change: change(key) })
    return element('label', { class: 'asked' }, label, made)
  }
  return element(
    'div',
    { class: 'bar' },
    element('h2', {}, entity.many),
    ...(entity.schedule ? [input('date', 'week', 'Week of')] : []),
    ...filters,
    ...entity.ranges.flatMap((name) => {
      const { label, type } = entity.fields.find((one) => one.name === name)
      const kind = type === 'date' || type === 'datetime' ? 'date' : 'number'
      return [
        input(kind, `${name}.from`, `${label} from`),
        input(kind, `${name}.to`, `${label} to`),
      ]
    }),
    ...(entity.can.search ? [input('search', 'q', 'Search')] : []),
    ...(entity.can.export
      ? [element('a', { class: 'button', href: `/api/${entity.path}.csv` }, 'CSV')]
      : []),
    ...(entity.can.create
      ? [element('button', { class: 'main', click: add }, `New ${entity.one}`)]
      : []),
  )
}

function card(entity, record, open) {
  const fault = element('p', { class: 'fault', role: 'alert' })
  const run = (work) => async () => {
    fault.textContent = (await attempt(work)) ?? ''
    if (fault.textContent === '') await draw()
  }
  const address = `/api/${entity.path}/${record.id}`
  const choices = entity.choices
    .filter(({ field, value }) => record[field] !== value)
    .map(({ field, value, label }) =>
      element(
        'button',
        { click: run(() => call('POST', `${address}/choice`, { field, value })) },
        `Mark as ${label ?? value}`,
      ),
    )
  const remove = run(async () => {
    if (confirm(`Delete this ${entity.one}?`)) await call('DELETE', address)
  })
  const title = titleOf(entity, record)
  const facts = entity.fields.filter((field) => shown(field, record[field.name]) !== title)
  return element(
    'article',
    { class: 'card' },
    element('h3', {}, title),
    element(
      'dl',
      {},
      ...facts.flatMap((field) => [
        element('dt', {}, field.label),
        element('dd', {}, shown(field, record[field.name])),
      ]),
    ),
    fault,
    element(
      'div',
      { class: 'actions' },
      ...choices,
      ...(entity.can.edit ? [element('button', { click: () => open(record) }, 'Change')] : []),
      ...(entity.can.remove ? [element('button', { click: remove }, 'Delete')] : []),
    ),
  )
}

async function drawReport(entity, by, query) {
  const found = entity.reports.find((one) => one.by === by)
  const parent = entityAt(found.parent)
  const month = query.get('month') ?? new Date().toISOString().slice(0, 7)
  const address = `/api/reports/${entity.path}/${by}`
  const { rows } = await call('GET', `${address}?month=${month}`)
  const input = element('input', { type: 'month', value: month, 'aria-label': 'Month' })
  input.addEventListener('change', () =>
    go(`reports/${entity.path}/${by}`, new URLSearchParams({ month: input.value })),
  )
  const heads = [parent.one, entity.many, ...(found.places ? [found.placesLabel, 'full'] : [])]
  const cells = (row) => [
    row.name,
    row.count,
    ...(found.places
      ? [row.places ?? '–', row.places ? `${Math.round((100 * row.count) / row.places)} %` : '–']
      : []),
  ]
  const tableRow = (name, values) =>
    element('tr', {}, ...values.map((value) => element(name, {}, String(value))))
  view.replaceChildren(
    element(
      'div',
      { class: 'bar' },
      element('h2', {}, `${entity.many} by ${parent.one}`),
      input,
      ...(found.export
        ? [element('a', { class: 'button', href: `${address}.csv?month=${month}` }, 'CSV')]
        : []),
    ),
    rows.length > 0
      ? element(
          'table',
          {},
          tableRow('th', heads),
          ...rows.map((row) => tableRow('td', cells(row))),
        )
      : element('p', { class: 'note' }, 'There is nothing in this month.'),
  )
}

/** Where roles have keys, the way in; the server remembers who has come in. */
function drawSignIn() {
  const header = document.querySelector('header')
  const leave = () => call('DELETE', '/api/session').then(() => location.reload())
  if (schema.signedIn) {
    const out = element('button', { click: leave }, 'Sign out')
    return header.append(element('p', { class: 'bar' }, `Signed in as ${schema.signedIn}`, out))
  }
  const input = element('select', { 'aria-label': 'Role' })
  input.append(...schema.signIn.map((role) => element('option', { value: role }, role)))
  const key = element('input', {
    type: 'password',
    required: true,
    placeholder: 'Key',
    'aria-label': 'Key',
  })
  const fault = element('p', { class: 'fault', role: 'alert' })
  const form = element(
    'form',
    { class: 'bar' },
    input,
    key,
    element('button', {}, 'Sign in'),
    fault,
  )
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const given = { role: input.value, key: key.value }
    const message = await attempt(() => call('POST', '/api/session', given))
    fault.textContent = message ?? ''
    if (message === undefined) location.reload()
  })
  header.append(form)
}

/** Whose role the page takes; the server refuses what that one may not do. */
function drawRoles() {
  if (schema.signIn.length > 0) return drawSignIn()
  if (schema.roles.length === 0) return
  const input = element('select', { 'aria-label': 'Role' })
  input.append(element('option', { value: '' }, 'No role'))
  input.append(...schema.roles.map((role) => element('option', { value: role }, role)))
  input.value = sessionStorage.getItem('role') ?? ''
  input.addEventListener('change', () => sessionStorage.setItem('role', input.value))
  document.querySelector('header').append(element('label', { class: 'asked' }, 'I am', input))
}

drawRoles()
addEventListener('hashchange', () => void draw())
await draw()
