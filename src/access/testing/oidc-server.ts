import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { assertNever } from '../../domain/assert-never.ts'

/** What the provider does next, beside what the protocol asks of it. */
export interface OidcMood {
  claims: JWTPayload
  /** Claims that the next ID tokens lack. */
  without: string[]
  /** How they are signed: by the published key, or in one of the ways that nobody may believe. */
  signed: 'well' | 'none' | 'hs256' | 'foreign'
}

/** A provider to the letter of OpenID Connect Core and Discovery, on the loopback. */
export interface OidcServer {
  issuer: string
  mood: OidcMood
  /** A signed token of this issuer. */
  token(claims: JWTPayload, signed?: OidcMood['signed']): Promise<string>
  close(): Promise<void>
}

export const clientId = 'talkwright'
export const clientSecret = 'a secret/with +signs'

interface Asked {
  nonce: string | null
  challenge: string
  redirectUri: string
}

async function bodyOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return new URLSearchParams(text)
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
}

async function makeSigner() {
  const own = await generateKeyPair('ES256', { extractable: true })
  const foreign = await generateKeyPair('ES256')
  const published = { ...(await exportJWK(own.publicKey)), kid: 'k1', use: 'sig', alg: 'ES256' }
  const publicText = new TextEncoder().encode(await exportSPKI(own.publicKey))
  async function sign(claims: JWTPayload, signed: OidcMood['signed']): Promise<string> {
    const jwt = new SignJWT(claims)
    switch (signed) {
      case 'well':
        return jwt.setProtectedHeader({ alg: 'ES256', kid: 'k1' }).sign(own.privateKey)
      case 'foreign':
        return jwt.setProtectedHeader({ alg: 'ES256', kid: 'k1' }).sign(foreign.privateKey)
      case 'hs256':
        return jwt.setProtectedHeader({ alg: 'HS256', kid: 'k1' }).sign(publicText)
      case 'none': {
        const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
        return `${part({ alg: 'none' })}.${part(claims)}.`
      }
      default:
        return assertNever(signed)
    }
  }
  return { published, sign }
}

/** The two endpoints of the authorisation code flow, each code good for one exchange. */
function makeFlow(
  mood: OidcMood,
  sign: (claims: JWTPayload, signed: OidcMood['signed']) => Promise<string>,
) {
  const codes = new Map<string, Asked>()

  function authorise(url: URL, response: ServerResponse): void {
    const query = url.searchParams
    const challenge = query.get('code_challenge') ?? ''
    const redirectUri = query.get('redirect_uri') ?? ''
    const fits =
      query.get('client_id') === clientId &&
      query.get('response_type') === 'code' &&
      query.get('code_challenge_method') === 'S256' &&
      (query.get('scope') ?? '').split(' ').includes('openid')
    if (!fits) return json(response, 400, { error: 'invalid_request' })
    const code = randomUUID()
    codes.set(code, { nonce: query.get('nonce'), challenge, redirectUri })
    const back = new URL(redirectUri)
    back.searchParams.set('code', code)
    back.searchParams.set('state', query.get('state') ?? '')
    response.writeHead(302, { Location: back.href }).end()
  }

  async function exchange(
    issuer: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const body = await bodyOf(request)
    const code = body.get('code') ?? ''
    const asked = codes.get(code)
    codes.delete(code)
    const challenge = createHash('sha256').update(body.get('code_verifier') ?? '')
    const isClient =
      body.get('client_id') === clientId && body.get('client_secret') === clientSecret
    if (!isClient) return json(response, 401, { error: 'invalid_client' })
    if (
      asked === undefined ||
      challenge.digest('base64url') !== asked.challenge ||
      body.get('redirect_uri') !== asked.redirectUri
    ) {
      return json(response, 400, { error: 'invalid_grant' })
    }
    const now = Math.floor(Date.now() / 1000)
    const usual = { iss: issuer, aud: clientId, sub: 'ada', iat: now, exp: now + 60 }
    const claims: JWTPayload = { ...usual, nonce: asked.nonce, ...mood.claims }
    for (const name of mood.without) delete claims[name]
    const token = { access_token: 'unused', token_type: 'Bearer', expires_in: 60 }
    json(response, 200, { ...token, id_token: await sign(claims, mood.signed) })
  }

  return { authorise, exchange }
}

/** Starts a provider; close it. */
export async function startOidcServer(): Promise<OidcServer> {
  const { published, sign } = await makeSigner()
  const mood: OidcMood = { claims: {}, without: [], signed: 'well' }
  const { authorise, exchange } = makeFlow(mood, sign)

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return json(response, 200, {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['ES256'],
        })
      case '/jwks':
        return json(response, 200, { keys: [published] })
      case '/authorize':
        return authorise(url, response)
      case '/token':
        return void exchange(issuer, request, response)
      default:
        return json(response, 404, {})
    }
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    issuer,
    mood,
    token: (claims, signed = 'well') => sign(claims, signed),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
