import { createRemoteJWKSet, EncryptJWT, jwtDecrypt, jwtVerify, type JWTVerifyGetKey } from 'jose'
import * as openid from 'openid-client'
import { z } from 'zod'
import { AppError } from '../domain/errors.ts'
import { believedAlgorithms } from './tokens.ts'

/** How this server is known at an OpenID provider. */
export interface OidcOptions {
  issuer: string
  clientId: string
  clientSecret?: string | undefined
  scopes: string
  /** Values of `acr` that stand for a second factor, beside `mfa` in `amr`. */
  secondFactorAcr: readonly string[]
  redirectUri: string
  /** Encrypts what a browser keeps between the beginning and the end of a sign-in. */
  stateKey: Uint8Array
  clock: () => Date
}

/** Somebody whom the provider has signed in. */
export interface OidcPerson {
  issuer: string
  subject: string
  name: string | null
  email: string | null
  secondFactor: boolean
}

export interface OidcBegun {
  /** Where to send the browser. */
  url: string
  /** What it keeps meanwhile, in a cookie. */
  state: string
}

/** What a sign-in is for beside signing in; it comes back with the browser, sealed. */
export interface OidcPurpose {
  /** The token of an invitation that is accepted with it. */
  invitation?: string | undefined
  /** Who wants it to be their way in from now on. */
  tieTo?: string | undefined
}

export interface OidcClient {
  begin(purpose: OidcPurpose): Promise<OidcBegun>
  /** @throws AppError `sign_in_failed` */
  finish(
    query: URLSearchParams,
    state: string | undefined,
  ): Promise<{ person: OidcPerson; purpose: OidcPurpose }>
}

export const signInSeconds = 600

const State = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  invitation: z.string().optional(),
  tieTo: z.string().optional(),
})
type State = z.infer<typeof State>

const Claims = z.object({
  sub: z.string().min(1).max(255),
  nonce: z.string(),
  name: z.string().trim().min(1).max(200).optional().catch(undefined),
  email: z.string().min(3).max(320).optional().catch(undefined),
  email_verified: z.boolean().optional().catch(undefined),
  amr: z.array(z.string()).optional().catch(undefined),
  acr: z.string().optional().catch(undefined),
})

function failed(cause: unknown): AppError {
  if (cause instanceof AppError) return cause
  return new AppError('sign_in_failed', 'The sign-in did not work. Begin it again.', {
    status: 401,
    cause,
  })
}

interface Provider {
  config: openid.Configuration
  keys: JWTVerifyGetKey
}

/** Asked once; an answer that did not come is asked for again at the next sign-in. */
function makeDiscovery(options: OidcOptions): () => Promise<Provider> {
  let found: Promise<Provider> | undefined
  async function discover(): Promise<Provider> {
    const { clientId, clientSecret } = options
    const issuer = new URL(options.issuer)
    const plain = issuer.protocol === 'http:' ? [openid.allowInsecureRequests] : []
    const config = await openid.discovery(issuer, clientId, clientSecret, undefined, {
      execute: plain,
      timeout: 10,
    })
    const { jwks_uri: jwksUri, issuer: named } = config.serverMetadata()
    if (jwksUri === undefined || named !== options.issuer) {
      throw new Error('The provider names another issuer, or no keys.')
    }
    return { config, keys: createRemoteJWKSet(new URL(jwksUri), { timeoutDuration: 5_000 }) }
  }
  return async () => {
    found ??= discover()
    try {
      return await found
    } catch (error) {
      found = undefined
      throw new AppError(
        'provider_unreachable',
        'The sign-in service does not answer as it should. Try again shortly.',
        { status: 503, retryable: true, cause: error },
      )
    }
  }
}

/** What must come back with the browser: nobody but this server can read or make it. */
function makeStates({ stateKey, clock }: OidcOptions) {
  const bounds = { issuer: 'talkwright', audience: 'sign-in' }
  return {
    seal: (state: State) => {
      const seconds = Math.floor(clock().getTime() / 1000)
      return new EncryptJWT({ ...state })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setIssuer(bounds.issuer)
        .setAudience(bounds.audience)
        .setExpirationTime(seconds + signInSeconds)
        .encrypt(stateKey)
    },
    open: async (sealed: string): Promise<State> => {
      const { payload } = await jwtDecrypt(sealed, stateKey, {
        ...bounds,
        currentDate: clock(),
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
      })
      return State.parse(payload)
    },
  }
}

/**
 * Sign-in at one OpenID provider by the authorisation code flow with PKCE, state and nonce. The ID
 * token's signature is checked against the provider's published keys, with its issuer, audience and time.
 */
export function createOidcClient(options: OidcOptions): OidcClient {
  const provider = makeDiscovery(options)
  const states = makeStates(options)
  const { redirectUri, clientId, issuer, scopes, secondFactorAcr } = options

  async function personOf(idToken: string, keys: JWTVerifyGetKey, nonce: string) {
    const { payload } = await jwtVerify(idToken, keys, {
      algorithms: [...believedAlgorithms],
      issuer,
      audience: clientId,
      requiredClaims: ['exp', 'iat', 'sub', 'nonce'],
      currentDate: options.clock(),
      clockTolerance: 5,
    })
    const claims = Claims.parse(payload)
    if (claims.nonce !== nonce) throw new Error('The nonce is another one.')
    const { sub: subject, name, email, email_verified: verified, amr, acr } = claims
    const secondFactor =
      amr?.includes('mfa') === true || (acr !== undefined && secondFactorAcr.includes(acr))
    const shownEmail = verified === false ? undefined : email
    return { issuer, subject, name: name ?? null, email: shownEmail ?? null, secondFactor }
  }

  return {
    async begin(purpose) {
      const { config } = await provider()
      const verifier = openid.randomPKCECodeVerifier()
      const state = openid.randomState()
      const nonce = openid.randomNonce()
      const url = openid.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: scopes,
        code_challenge: await openid.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      })
      return { url: url.href, state: await states.seal({ state, nonce, verifier, ...purpose }) }
    },
    async finish(query, sealed) {
      try {
        if (sealed === undefined) throw new Error('The browser brings no state along.')
        const { state, nonce, verifier, ...purpose } = await states.open(sealed)
        const { config, keys } = await provider()
        const url = new URL(redirectUri)
        url.search = query.toString()
        const tokens = await openid.authorizationCodeGrant(config, url, {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        })
        const { id_token: idToken } = tokens
        if (idToken === undefined) throw new Error('The provider gave no ID token.')
        return { person: await personOf(idToken, keys, nonce), purpose }
      } catch (error) {
        throw failed(error)
      }
    },
  }
}
