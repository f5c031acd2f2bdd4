/** Nobody is made to wait longer than a day by a header. */
const longestSeconds = 86_400

/**
 * A Retry-After header (RFC 9110, 10.2.3: seconds or an HTTP date) as whole seconds from now,
 * at most a day; undefined when it is absent or is neither.
 */
export function retryAfterSeconds(header: string | null, now: Date): number | undefined {
  const value = header?.trim() ?? ''
  if (/^\d{1,9}$/.test(value)) return Math.min(Number(value), longestSeconds)
  // A bare number or an ISO date is no HTTP date, though Date.parse takes it.
  if (!/^[A-Za-z]{3,9},? /.test(value)) return undefined
  const seconds = Math.ceil((Date.parse(value) - now.getTime()) / 1000)
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(0, seconds), longestSeconds)
}
