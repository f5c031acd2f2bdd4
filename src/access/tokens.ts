import { createRemoteJWKSet, errors, jwtVerify } from 'jose'
import { z } from 'zod'
import { AppError } from '../domain/errors.ts'
import type { Log } from '../domain/log.ts'

/** Signatures that are believed: `none` and shared keys are not, whatever a token says of itself. */
export const believedAlgorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const

/** Whose tokens are believed: those of Supabase Auth, or of another issuer with the same claims. */
export interface TokenIssuer {
  jwksUrl: string
  issuer: string
  audience: string
}

/** What a bearer token says of a person. */
export interface TokenSubject {
  userId: string
  email: string | null
  secondFactor: boolean
  expiresAt: Date
}

export interface TokenVerifier {
  /** Undefined for a token that does not hold. @throws AppError `keys_unreachable` */
  read(token: string, now: Date): Promise<TokenSubject | undefined>
}

/** Only signed-in people: Supabase Auth gives anonymous ones a token too. */
const Claims = z.object({
  sub: z.uuid(),
  exp: z.number(),
  role: z.literal('authenticated').optional(),
  is_anonymous: z.literal(false).optional(),
  email: z.string().min(3).max(320).or(z.literal('')).optional(),
  aal: z.string().optional(),
})

/** What jose throws when the keys themselves could not be had, not when a token is bad. */
function isUnreachable(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout) return true
  if (!(error instanceof errors.JOSEError)) return true
  return error.code === 'ERR_JOSE_GENERIC'
}

/** Reads access tokens that are signed by one of the issuer's published keys. */
export function createTokenVerifier(
  { jwksUrl, issuer, audience }: TokenIssuer,
  log: Log,
): TokenVerifier {
  const keys = createRemoteJWKSet(new URL(jwksUrl), { timeoutDuration: 5_000 })
  return {
    async read(token, now) {
      try {
        const { payload } = await jwtVerify(token, keys, {
          algorithms: [...believedAlgorithms],
          issuer,
          audience,
          requiredClaims: ['exp', 'sub'],
          currentDate: now,
        })
        const claims = Claims.safeParse(payload)
        if (!claims.success) return undefined
        const { sub: userId, email, aal, exp } = claims.data
        const expiresAt = new Date(exp * 1_000)
        return { userId, email: email || null, secondFactor: aal === 'aal2', expiresAt }
      } catch (error) {
        if (!isUnreachable(error)) return undefined
        log.error({ error: String(error), jwksUrl }, 'access.keys_unreachable')
        throw new AppError(
          'keys_unreachable',
          'The keys of the sign-in service cannot be read at this moment. Try again shortly.',
          { status: 503, retryable: true, cause: error, details: { retryAfterSeconds: 5 } },
        )
      }
    },
  }
}
