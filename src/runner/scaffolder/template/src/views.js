import { counts } from './rules.js'

/** The records of a list that a question asks for: by text, by value, by week. */
export function select(entity, all, query) {
  const text = entity.can.search ? query.get('q')?.trim().toLowerCase() : undefined
  const week = entity.schedule ? query.get('week') : undefined
  const chosen = entity.filters.filter((name) => query.has(name))
  return ordered(entity, all).filter(
    (record) =>
      (!text || contains(entity, record, text)) &&
      (!week || mondayOf(record[entity.schedule]) === mondayOf(week)) &&
      chosen.every((name) => String(record[name]) === query.get(name)) &&
      entity.ranges.every((name) => isWithin(record[name], query, name)),
  )
}

/** Whether a number or a date lies from one end of a range to the other; an end that is not said is open. */
function isWithin(value, query, name) {
  const low = query.get(`${name}.from`)
  const high = query.get(`${name}.to`)
  if (!low && !high) return true
  const place = placeOf(value)
  return (!low || place >= placeOf(low)) && (!high || place <= placeOf(high))
}

function placeOf(value) {
  const number = Number(value)
  return Number.isNaN(number) ? Date.parse(value) : number
}

function ordered(entity, all) {
  const by = entity.schedule
  return by ? all.toSorted((a, b) => String(a[by] ?? '').localeCompare(String(b[by] ?? ''))) : all
}

function contains(entity, record, text) {
  return entity.fields.some(
    ({ name, type }) =>
      !['reference', 'boolean'].includes(type) &&
      String(record[name] ?? '')
        .toLowerCase()
        .includes(text),
  )
}

/** The Monday of a day's week, from the day as it stands in the text: no time zone moves it. */
export function mondayOf(text) {
  const day = new Date(`${String(text).slice(0, 10)}T00:00:00Z`)
  if (Number.isNaN(day.getTime())) return undefined
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7))
  return day.toISOString().slice(0, 10)
}

/** How a record is called in lists of others: its first texts. */
export function titleOf(entity, record) {
  const texts = entity.fields.filter(({ type }) => type === 'text' || type === 'email')
  const named = texts.find(({ name }) => /name|title/i.test(name)) ?? texts[0] ?? entity.fields[0]
  return String(record?.[named?.name] ?? record?.id ?? '')
}

/** One month's figures: a row for each record that others name, with how many do. */
export function reportOf(report, entity, parent, records, month) {
  const inMonth = (record, field) => String(record[field] ?? '').startsWith(month)
  const rows = records(parent.path)
    .filter((one) => report.timeOf !== 'parent' || inMonth(one, report.time))
    .map((one) => {
      const taken = records(entity.path).filter(
        (record) =>
          record[report.by] === one.id &&
          counts(record, report) &&
          (report.timeOf === 'parent' || inMonth(record, report.time)),
      )
      const places = report.places ? one[report.places] : undefined
      return { id: one.id, name: titleOf(parent, one), count: taken.length, places }
    })
  return { month, rows }
}

/** A table as CSV (RFC 4180); what a spreadsheet would take for a formula becomes text. */
export function toCsv(rows) {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

function cell(value) {
  const text = String(value ?? '')
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
