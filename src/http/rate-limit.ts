import type { Context, MiddlewareHandler } from 'hono'
import ipaddr from 'ipaddr.js'
import { tokenShape } from '../access/authenticate.ts'
import type { ConnectionOwner } from '../access/connection-limits.ts'
import type { RateLimits, RateStanding } from '../access/rate-limits.ts'
import { AppError } from '../domain/errors.ts'
import type { Principal } from '../domain/principal.ts'
import { rateSeconds } from '../domain/rates.ts'
import type { HttpDeps, SignedIn } from './deps.ts'
import { bearerOf } from './signed-in.ts'

/** Somebody has a whole /64 of IPv6 to themselves, and an IPv4 address also as an IPv6 one. */
function network(address: string): string {
  if (!ipaddr.isValid(address)) return address.slice(0, 100)
  const parsed = ipaddr.process(address)
  if (parsed instanceof ipaddr.IPv4) return parsed.toString()
  return ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/64`).toString()
}

function tooMany({ kind, resetSeconds }: RateStanding): AppError {
  const whose = kind === 'sign_in' ? 'attempts to sign in' : 'requests'
  return new AppError('rate_limited', `Too many ${whose}. Wait ${resetSeconds} s.`, {
    status: 429,
    retryable: true,
    details: { retryAfterSeconds: resetSeconds },
  })
}

/** The standard's headers, in the form of draft-ietf-httpapi-ratelimit-headers-11. */
function tell(c: Context, standings: readonly RateStanding[]): void {
  const policies = standings.map(({ kind, quota }) => `"${kind}";q=${quota};w=${rateSeconds}`)
  const states = standings.map((one) => `"${one.kind}";r=${one.remaining};t=${one.resetSeconds}`)
  c.header('RateLimit-Policy', policies.join(', '))
  c.header('RateLimit', states.join(', '))
}

/** Counts; refuses what is over and says where the caller stands. @throws AppError `rate_limited` */
function check(c: Context, found: readonly (RateStanding | undefined)[]): RateStanding[] {
  const standings = found.filter((one) => one !== undefined)
  const over = standings.find(({ isOver }) => isOver)
  if (over === undefined) return standings
  tell(c, standings)
  throw tooMany(over)
}

/** Where a request comes from, as far as limits go; undefined where the host does not say. */
function networkOf({ addressOf }: HttpDeps, c: Context): string | undefined {
  const address = addressOf?.(c)
  return address === undefined ? undefined : network(address)
}

const ownKey = /^tw_[\w-]{43}$/

/**
 * Whether what a request brings along could be a guess. Of our keys and of signed tokens nobody
 * guesses one: a program whose key has expired must not keep others of its address out.
 */
function mayBeGuess({ authentication }: HttpDeps, c: Context): boolean {
  const bearer = bearerOf(c)
  if (bearer === undefined || ownKey.test(bearer)) return false
  return authentication.tokens === undefined || !tokenShape.test(bearer)
}

/**
 * Limits requests of an address, before anything is known of who asks. From where keys were guessed
 * too often, no further guess is looked at.
 */
export function limitAddress(deps: HttpDeps, limits: RateLimits): MiddlewareHandler {
  return async (c, next) => {
    const address = networkOf(deps, c)
    if (address === undefined) return next()
    const guesses = mayBeGuess(deps, c)
    const failures = guesses ? await limits.look('sign_in', address) : undefined
    const refused = failures?.isOver === true ? [failures] : []
    check(c, [...refused, await limits.take('address', address)])
    await next()
    if (guesses && c.res.status === 401) await limits.take('sign_in', address)
    return undefined
  }
}

/** Limits attempts to sign in by the address that they come from. */
export function limitSignIn(deps: HttpDeps, limits: RateLimits): MiddlewareHandler {
  return async (c, next) => {
    const address = networkOf(deps, c)
    if (address === undefined) return next()
    const standings = check(c, [await limits.take('sign_in', address)])
    await next()
    tell(c, standings)
    return undefined
  }
}

/** Whom limits count: a key, or a person over all of their sessions. */
function callerOf({ keyId, userId, via }: Principal): { key?: string; user?: string } {
  const key = keyId ?? (via === 'admin_key' ? via : undefined)
  return key === undefined ? { user: userId } : { key }
}

/** Limits requests of a key, or of a person over all of their sessions; must follow the sign-in. */
export function limitCaller(limits: RateLimits): MiddlewareHandler<SignedIn> {
  return async (c, next) => {
    const { key, user = '' } = callerOf(c.get('principal'))
    const taken = await (key === undefined ? limits.take('user', user) : limits.take('key', key))
    const standings = check(c, [taken])
    await next()
    if (standings.length > 0) tell(c, standings)
  }
}

/** Whose a live connection is. */
export function liveOwner(deps: HttpDeps, c: Context, principal: Principal): ConnectionOwner {
  return { ...callerOf(principal), address: networkOf(deps, c) }
}
