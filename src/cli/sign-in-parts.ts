import { createHash } from 'node:crypto'
import { createOidcClient, type OidcClient } from '../access/oidc.ts'
import { createTokenVerifier, type TokenIssuer, type TokenVerifier } from '../access/tokens.ts'
import type { Config } from '../config.ts'
import type { Log } from '../domain/log.ts'

function tokenIssuer(config: Config): TokenIssuer | undefined {
  const { TOKEN_JWKS_URL: jwksUrl, TOKEN_ISSUER: issuer, TOKEN_AUDIENCE: audience } = config
  if (jwksUrl !== undefined && issuer !== undefined && audience !== undefined) {
    return { jwksUrl, issuer, audience }
  }
  if (config.SUPABASE_URL === undefined) return undefined
  const auth = `${config.SUPABASE_URL.replace(/\/+$/, '')}/auth/v1`
  return { jwksUrl: `${auth}/.well-known/jwks.json`, issuer: auth, audience: 'authenticated' }
}

/** Reads the tokens of the sign-in service that the settings name. */
export function makeTokens(config: Config, log: Log): { tokens?: TokenVerifier } {
  const issuer = tokenIssuer(config)
  return issuer === undefined ? {} : { tokens: createTokenVerifier(issuer, log) }
}

/** The OpenID provider that the settings name. */
export function makeOidc(
  config: Config,
  server: { publicUrl: string; sessionKey: string; clock: () => Date },
): { oidc?: OidcClient } {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId } = config
  if (issuer === undefined || clientId === undefined) return {}
  const { publicUrl, sessionKey, clock } = server
  const oidc = createOidcClient({
    issuer,
    clientId,
    clientSecret: config.OIDC_CLIENT_SECRET,
    scopes: config.OIDC_SCOPES,
    secondFactorAcr: config.OIDC_SECOND_FACTOR,
    redirectUri: `${publicUrl}/sign-in/oidc/callback`,
    stateKey: createHash('sha256').update(`sign-in state ${sessionKey}`).digest(),
    clock,
  })
  return { oidc }
}
