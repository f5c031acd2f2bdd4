import { invalidInput } from './errors.ts'

/**
 * What is removed or archived once it is old enough, each kind by an age of its own. New kinds come
 * last: their place is the number of their lock, which processes of several versions share.
 */
export const retentionKinds = [
  'inbox_bodies',
  'events',
  'build_events',
  'idempotency_keys',
  'call_orders',
  'sign_in_links',
  'dead_letters',
  'sessions',
  'invitations',
  'live_tickets',
] as const
export type RetentionKind = (typeof retentionKinds)[number]

/** An age in seconds, or `never`: kept for good. */
export type Age = number | 'never'

/** How long things are kept. `jobs` is the job engine's own: finished jobs. */
export type RetentionPolicy = Readonly<Record<RetentionKind | 'jobs', Age>>

const hour = 3_600
const day = 24 * hour

export const defaultRetention: RetentionPolicy = {
  jobs: 7 * day,
  inbox_bodies: 30 * day,
  events: 180 * day,
  build_events: 30 * day,
  idempotency_keys: day,
  call_orders: day,
  sign_in_links: day,
  dead_letters: 90 * day,
  sessions: day,
  invitations: 30 * day,
  live_tickets: hour,
}

const names = Object.keys(defaultRetention) as (keyof RetentionPolicy)[]

/** Fifty years; much longer ages would not fit into the job engine's column. */
const maxDays = 18_250
const secondsOf: Readonly<Record<string, number>> = { h: hour, d: day }

function parseAge(text: string): Age | undefined {
  if (text === 'never') return 'never'
  const [, number = '', unit = ''] = /^(\d{1,6})([hd])$/.exec(text) ?? []
  const seconds = Number(number) * (secondsOf[unit] ?? 0)
  return seconds >= hour && seconds <= maxDays * day ? seconds : undefined
}

/**
 * Reads a policy such as `events=365d inbox_bodies=72h dead_letters=never`; a kind that it does not
 * name keeps its default. The least age is an hour: a request that is under way needs its
 * idempotency key.
 *
 * @throws AppError `bad_retention` that names the part that is wrong.
 */
export function parseRetention(text: string): RetentionPolicy {
  const policy: Record<string, Age> = { ...defaultRetention }
  for (const part of text.split(/[\s,]+/).filter((part) => part !== '')) {
    const [name = '', value = ''] = part.split('=')
    const age = parseAge(value)
    if (!Object.hasOwn(policy, name) || age === undefined) {
      throw invalidInput(
        'bad_retention',
        `"${part.slice(0, 60)}" must be one of ${names.join(', ')}, then = and an age such as 12h, 30d or never`,
      )
    }
    policy[name] = age
  }
  return policy as RetentionPolicy
}

/** What is older than this goes; undefined when it is kept for good. */
export function cutoff(age: Age, now: Date): Date | undefined {
  return age === 'never' ? undefined : new Date(now.getTime() - age * 1_000)
}

/** The job engine's setting for finished jobs; it takes 0 for never. */
export function deleteAfterSeconds(policy: RetentionPolicy): number {
  return policy.jobs === 'never' ? 0 : policy.jobs
}
