/** Builds an element; texts become text, never markup. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(key, value)
    else if (value === true) made.setAttribute(key, '')
    else if (value !== false && value !== undefined) made.setAttribute(key, value)
  }
  made.append(...children.filter((child) => child !== undefined))
  return made
}

/** A form for a record; `names` gives the records that a field may refer to. */
export function recordForm({ entity, record, names, save, close }) {
  const fault = element('p', { class: 'fault', role: 'alert' })
  const inputs = entity.fields.map((field) => [field, inputFor(field, record?.[field.name], names)])
  const rows = inputs.map(([field, input]) => {
    const mark = field.required ? '' : ' (optional)'
    return element('div', {}, element('label', { for: input.id }, field.label + mark), input)
  })
  const submit = async (event) => {
    event.preventDefault()
    const values = inputs.map(([field, input]) => [field.name, valueOf(field, input)])
    const given = values.filter(([, value]) => value !== '')
    fault.textContent = (await save(Object.fromEntries(given))) ?? ''
  }
  return element(
    'form',
    { class: 'card record', submit },
    element('h3', {}, `${record ? 'Change' : 'New'} ${entity.one}`),
    ...rows,
    fault,
    element(
      'div',
      { class: 'actions' },
      element('button', { class: 'main' }, 'Save'),
      element('button', { type: 'button', click: close }, 'Close'),
    ),
  )
}

const inputTypes = { number: 'number', money: 'number', date: 'date', email: 'email' }

function inputFor(field, value, names) {
  const common = { id: `field-${field.name}`, required: field.required && field.type !== 'boolean' }
  if (field.type === 'choice' || field.type === 'reference') {
    const options =
      field.type === 'choice' ? field.options.map((one) => [one, one]) : names(field.target)
    const input = element('select', common)
    if (field.type === 'reference' || !field.required)
      input.append(element('option', { value: '' }, 'Choose'))
    input.append(...options.map(([id, name]) => element('option', { value: id }, name)))
    if (value !== undefined) input.value = value
    return input
  }
  if (field.type === 'long_text') {
    const input = element('textarea', { ...common, rows: 4 })
    input.value = value ?? ''
    return input
  }
  if (field.type === 'boolean') {
    return element('input', { ...common, type: 'checkbox', checked: value === true })
  }
  const type = field.type === 'datetime' ? 'datetime-local' : (inputTypes[field.type] ?? 'text')
  const input = element('input', { ...common, type, step: type === 'number' ? 'any' : undefined })
  input.value = field.type === 'datetime' ? localTime(value) : (value ?? '')
  return input
}

function valueOf(field, input) {
  if (field.type === 'boolean') return input.checked
  if (input.value === '') return ''
  if (field.type === 'number' || field.type === 'money') return Number(input.value)
  return input.value
}

/** A moment as the input of date and time wants it: in the time of this place. */
function localTime(value) {
  if (value === undefined) return ''
  if (!/(?:Z|[+-]\d\d:\d\d)$/.test(value)) return value.slice(0, 16)
  const moment = new Date(value)
  moment.setMinutes(moment.getMinutes() - moment.getTimezoneOffset())
  return moment.toISOString().slice(0, 16)
}
