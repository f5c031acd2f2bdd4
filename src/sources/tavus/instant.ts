const isoTime = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d{1,9})?)(Z|[+-]\d\d:\d\d)?$/

/** Above this an epoch number cannot be seconds (it would be the year 5138): it is milliseconds. */
const leastMilliseconds = 1e11
const greatestMilliseconds = 1e14

/**
 * A Tavus timestamp as epoch seconds, or undefined when it is none. Real calls carry ISO text in
 * one conversation and epoch seconds as a float in the next; text without a zone is UTC.
 */
export function epochSeconds(timestamp: unknown): number | undefined {
  if (typeof timestamp === 'number') {
    if (!(timestamp > 0 && timestamp < greatestMilliseconds)) return undefined
    return timestamp < leastMilliseconds ? timestamp : timestamp / 1000
  }
  if (typeof timestamp !== 'string') return undefined
  const [, day, time, zone] = isoTime.exec(timestamp) ?? []
  const milliseconds = Date.parse(`${day}T${time}${zone ?? 'Z'}`)
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 1000
}

/** A Tavus timestamp as ISO 8601 in UTC, or undefined when it is none. */
export function isoInstant(timestamp: unknown): string | undefined {
  const seconds = epochSeconds(timestamp)
  return seconds === undefined ? undefined : new Date(seconds * 1000).toISOString()
}
