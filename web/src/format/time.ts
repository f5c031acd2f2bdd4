const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

const two = (value: number) => String(value).padStart(2, '0')

/** A length of time: `0.4 s`, `12 s`, `1 min 05 s`, `2 h 03 min`. */
export function formatDuration(ms: number): string {
  const length = Math.max(0, ms)
  if (length < 9_950) return `${(Math.round(length / 100) / 10).toFixed(1)} s`
  const seconds = Math.round(length / second)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`
  const minutes = Math.floor(seconds / 60)
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`
}

/** A place in a talk or a log, from its start in seconds: `0:07`, `12:40`, `1:02:03`. */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const hours = Math.floor(whole / 3_600)
  const minutes = Math.floor(whole / 60) % 60
  const rest = two(whole % 60)
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`
}

/** How long ago, for people: `just now`, `5 min ago`, `3 h ago`, `yesterday`, `12 days ago`. */
export function formatAge(at: string, now: number): string {
  const age = now - Date.parse(at)
  if (Number.isNaN(age)) return ''
  if (age < 45 * second) return 'just now'
  if (age < hour) return `${Math.max(1, Math.round(age / minute))} min ago`
  if (age < day) return `${Math.round(age / hour)} h ago`
  const days = Math.round(age / day)
  return days === 1 ? 'yesterday' : `${days} days ago`
}

/** Milliseconds between two times, or undefined when one is missing or unreadable. */
export function millisecondsBetween(
  from: string | undefined,
  to: string | undefined,
): number | undefined {
  if (from === undefined || to === undefined) return undefined
  const length = Date.parse(to) - Date.parse(from)
  return Number.isNaN(length) ? undefined : length
}

/** A moment as the clock on the wall shows it: `14:05`. */
export function formatTime(at: string): string {
  return new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
}

const moment = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

/** A moment with its day, to the second, as the reader's country writes it. */
export function formatMoment(at: string): string {
  return moment.format(new Date(at))
}
