/**
 * The rule that a record would break, as one sentence; undefined when it may be stored.
 * `previous` is the stored record that it replaces; `records` gives all records of a list.
 */
export function brokenRule(entity, record, previous, records, now) {
  const others = records(entity.path).filter(({ id }) => id !== record.id)
  return (
    repeatedValue(entity, record, others) ??
    tooLate(entity, record, previous, records, now) ??
    notFree(entity, record, others) ??
    noPlace(entity, record, previous, others, records)
  )
}

function repeatedValue(entity, record, others) {
  for (const name of entity.unique) {
    const value = record[name]
    if (value === undefined || !others.some((other) => other[name] === value)) continue
    return `There is already ${entity.article} with this ${labelOf(entity, name)}.`
  }
  return undefined
}

function tooLate(entity, record, previous, records, now) {
  for (const rule of entity.deadlines) {
    const isChange = previous && previous[rule.field] !== record[rule.field]
    if (!isChange || record[rule.field] !== rule.value) continue
    const parent = parentOf(entity, previous, rule.by, records)
    const left = Date.parse(parent?.[rule.time] ?? '') - now.getTime()
    if (!(left < rule.hours * 3_600_000)) continue
    const hours = rule.hours === 1 ? '1 hour' : `${rule.hours} hours`
    return `The change to "${rule.value}" is possible up to ${hours} before the ${rule.timeLabel}.`
  }
  return undefined
}

/** What one record has from one moment to another, no other one has; an open end has not come yet. */
function notFree(entity, record, others) {
  for (const { by, parent, from, until } of entity.taken) {
    const [start, end] = span(record, from, until)
    if (end < start) return `The ${labelOf(entity, until)} is before the ${labelOf(entity, from)}.`
    const other = others.find((one) => {
      const [first, last] = span(one, from, until)
      return one[by] === record[by] && first < end && start < last
    })
    if (other) return `This ${parent} is taken from ${spoken(other[from])}${to(other[until])}.`
  }
  return undefined
}

function to(end) {
  return end ? ` to ${spoken(end)}` : ''
}

/** A moment as people write it: `2026-03-10 18:00`. */
function spoken(moment) {
  return moment.slice(0, 16).replace('T', ' ')
}

function span(record, from, until) {
  return [Date.parse(record[from]), record[until] ? Date.parse(record[until]) : Infinity]
}

function noPlace(entity, record, previous, others, records) {
  for (const rule of [...entity.limits, ...entity.full]) {
    const parent = record[rule.by]
    const held = previous && counts(previous, rule) && previous[rule.by] === parent
    if (parent === undefined || held || !counts(record, rule)) continue
    const taken = others.filter((other) => other[rule.by] === parent && counts(other, rule)).length
    const places = rule.places
      ? parentOf(entity, record, rule.by, records)?.[rule.places]
      : undefined
    const max = Math.min(rule.max ?? Infinity, places ?? Infinity)
    if (taken >= max) return `This ${rule.parent} is full: it takes ${max} ${entity.many}.`
  }
  return undefined
}

/** Whether a record takes a place: a cancelled one does not. */
export function counts(record, { without }) {
  return without === undefined || record[without.field] !== without.value
}

export function parentOf(entity, record, by, records) {
  const field = entity.fields.find(({ name }) => name === by)
  return records(field.target).find(({ id }) => id === record[by])
}

function labelOf(entity, name) {
  return entity.fields.find((field) => field.name === name)?.label ?? name
}
