const maxLength = { text: 500, long_text: 20_000, email: 320 }

/**
 * Reads a record from what was sent. Gives the values, the names of required fields that are
 * missing, and the names of those with a value that does not fit.
 */
export function readRecord(entity, body, exists) {
  const values = {}
  const missing = []
  const wrong = []
  for (const field of entity.fields) {
    const given = Object.hasOwn(body, field.name) ? body[field.name] : undefined
    const value = typeof given === 'string' ? given.trim() : given
    if (value === undefined || value === null || value === '') {
      if (field.required) missing.push(field.label)
    } else if (fits(field, value, exists)) {
      values[field.name] = value
    } else {
      wrong.push(field.label)
    }
  }
  return { values, missing, wrong }
}

function fits(field, value, exists) {
  switch (field.type) {
    case 'number':
    case 'money':
      return typeof value === 'number' && Number.isFinite(value)
    case 'boolean':
      return typeof value === 'boolean'
    case 'date':
      return isDate(value)
    case 'datetime':
      return isDateTime(value)
    case 'email':
      return isText(value, maxLength.email) && /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(value)
    case 'choice':
      return field.options.includes(value)
    case 'reference':
      return isText(value, 100) && exists(field.target, value)
    case 'long_text':
      return isText(value, maxLength.long_text)
    default:
      return isText(value, maxLength.text)
  }
}

function isText(value, max) {
  return typeof value === 'string' && value.length <= max
}

function isDate(value) {
  if (!isText(value, 10) || !/^\d{4}-\d\d-\d\d$/.test(value)) return false
  const time = Date.parse(`${value}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value)
}

function isDateTime(value) {
  if (!isText(value, 40)) return false
  const shape = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?$/.exec(
    value,
  )
  return shape !== null && isDate(shape[1]) && !Number.isNaN(Date.parse(value))
}
