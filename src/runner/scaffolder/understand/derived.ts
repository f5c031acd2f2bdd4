import type { EntityModel } from '../../../kiro/data-models.ts'
import type { ReserveTimes } from './ability.ts'

const own = /[^A-Za-z0-9]+/g

/** A field's name from the words of an entity: `meetingRoom`. */
function fieldFor({ name }: EntityModel): string {
  const words = name.split(own).filter(Boolean)
  const camel = words
    .map((word, index) =>
      index === 0
        ? word.toLowerCase()
        : word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase(),
    )
    .join('')
  return /^[a-z][A-Za-z0-9]{0,39}$/.test(camel) ? camel : 'record'
}

/** A list that the plan has no data model for, and that a criterion cannot do without. */
export interface Derived {
  model: EntityModel
  by: string
  times?: ReserveTimes
}

const text = (name: string) => ({ name, type: 'text' as const, required: true, options: [] })

function derived(
  target: EntityModel,
  suffix: string,
  fields: EntityModel['fields'],
  times?: ReserveTimes,
): Derived {
  const by = fieldFor(target)
  const reference = { name: by, type: 'reference' as const, required: true, options: [target.name] }
  const others = fields.filter(({ name }) => name !== by)
  const model = { name: `${target.name} ${suffix}`, fields: [reference, ...others] }
  return { model, by, ...(times && { times }) }
}

function hasTime({ fields }: EntityModel): boolean {
  return fields.some(({ type }) => type === 'date' || type === 'datetime')
}

/** Bookings of things; what takes place at a time of its own is booked without another one. */
export function bookingsOf(target: EntityModel): Derived {
  if (hasTime(target)) return derived(target, 'Booking', [text('bookedBy')])
  const time = (name: string) => ({ ...text(name), type: 'datetime' as const })
  const times = { from: 'from', until: 'until' }
  return derived(target, 'Booking', [text('bookedBy'), time('from'), time('until')], times)
}

/** Loans of things, out until they are brought back. */
export function loansOf(target: EntityModel): Derived {
  const date = (name: string, required: boolean) => ({
    ...text(name),
    type: 'date' as const,
    required,
  })
  const times = { from: 'lentOn', until: 'returnedOn' }
  const fields = [text('borrower'), date('lentOn', true), date('returnedOn', false)]
  return derived(target, 'Loan', fields, times)
}

/** Remarks on things. */
export function commentsOn(target: EntityModel): Derived {
  const remark = { ...text('comment'), type: 'long_text' as const }
  return derived(target, 'Comment', [remark, text('author')])
}
