import { randomBytes, randomUUID } from 'node:crypto'
import type { JWTPayload } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { onEveryDatabase } from '../../test/support/databases.ts'
import { startTestServer, type TestServer } from '../../test/support/server.ts'
import { createOidcClient } from '../access/oidc.ts'
import {
  clientId,
  clientSecret,
  type OidcServer,
  startOidcServer,
} from '../access/testing/oidc-server.ts'
import { createTokenVerifier } from '../access/tokens.ts'
import { makeSignInLink } from '../access/sign-in-link.ts'
import { silentLog } from '../domain/log.ts'
import { tieIdentity } from '../store/identities.ts'
import { createApp } from './app.ts'
import type { InvitedView } from './access-views.ts'
import type { MeView } from './views.ts'

const publicUrl = 'http://localhost'

/** A browser as far as cookies go. */
function browser(app: TestServer['app']) {
  const jar = new Map<string, string>()
  async function go(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await app.request(path, {
      ...init,
      headers: { ...(cookie !== '' && { cookie }), ...(init.headers as Record<string, string>) },
    })
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';')
      const [name = '', value = ''] = pair.split('=')
      if (/max-age=0/i.test(set)) jar.delete(name)
      else jar.set(name, value)
    }
    return response
  }
  return { jar, go }
}
type Browser = ReturnType<typeof browser>

onEveryDatabase('signing in', (database) => {
  let provider: OidcServer
  let server: TestServer
  let app: TestServer['app']
  beforeAll(async () => {
    provider = await startOidcServer()
    server = await startTestServer(database(), { worker: false })
    const { issuer } = provider
    const oidc = createOidcClient({
      issuer,
      clientId,
      clientSecret,
      scopes: 'openid email profile',
      secondFactorAcr: ['phr'],
      redirectUri: `${publicUrl}/sign-in/oidc/callback`,
      stateKey: randomBytes(32),
      clock: () => new Date(),
    })
    const tokens = createTokenVerifier(
      { jwksUrl: `${issuer}/jwks`, issuer: `${issuer}/auth/v1`, audience: 'authenticated' },
      silentLog,
    )
    const authentication = { ...server.deps.authentication, tokens }
    app = createApp({ ...server.deps, authentication, oidc })
    await tieIdentity(database().db, { issuer, subject: 'the-owner' }, server.ownerId)
  })
  beforeEach(() => {
    Object.assign(provider.mood, { claims: {}, without: [], signed: 'well' })
  })
  afterAll(async () => {
    await server.stop()
    await provider.close()
  })

  /** Goes to the provider and back; gives the answer to the browser's return. */
  async function throughProvider(from: Browser, begin = '/sign-in/oidc', init = {}) {
    const away = await from.go(begin, init)
    const shown = /content="0;url=([^"]+)"/.exec(await away.text())?.[1]
    const url = away.headers.get('location') ?? shown?.replaceAll('&amp;', '&') ?? ''
    const back = await fetch(url, { redirect: 'manual' })
    const { pathname, search } = new URL(back.headers.get('location') ?? '')
    const path = `${pathname}${search}`
    return { path, answer: () => from.go(path) }
  }

  async function me(from: Browser): Promise<MeView> {
    const response = await from.go('/v1/me')
    expect(response.status).toBe(200)
    return (await response.json()) as MeView
  }

  async function ownerBrowser(): Promise<Browser> {
    const subject = { workspaceId: server.workspaceId, userId: server.ownerId }
    const token = await makeSignInLink(database().db, subject, new Date())
    const own = browser(app)
    expect((await own.go(`/sign-in/${token}`)).status).toBe(303)
    return own
  }

  /** Somebody with a session and no account at the provider. */
  async function adminBrowser(): Promise<Browser> {
    const { workspaceId } = server
    const userId = randomUUID()
    const membership = { workspace_id: workspaceId, user_id: userId, role: 'admin' as const }
    await database().db.insertInto('memberships').values(membership).execute()
    const { sessions } = server.deps.authentication
    const own = browser(app)
    const session = await sessions.issue({ userId, workspaceId }, new Date())
    own.jar.set('talkwright_session', session)
    return own
  }

  async function invitation(role = 'member'): Promise<string> {
    const response = await server.call('POST', '/v1/invitations', { name: 'Ada', role })
    return new URL(((await response.json()) as InvitedView).link).pathname
  }

  async function problemOf(response: Response): Promise<unknown> {
    return [response.status, ((await response.json()) as { code: string }).code]
  }

  describe('at an OpenID provider', () => {
    it('lets in whom an invitation lets in, and knows them again', async () => {
      provider.mood.claims = { sub: 'grace', name: 'Grace', email: 'grace@example.org' }
      const first = browser(app)
      const path = await invitation('viewer')
      const { answer } = await throughProvider(first, path, { method: 'POST' })
      expect((await answer()).status).toBe(303)
      const { userId, role } = await me(first)
      expect(role).toBe('viewer')
      const again = browser(app)
      expect((await (await throughProvider(again)).answer()).status).toBe(303)
      expect(await me(again)).toMatchObject({ userId, role: 'viewer' })
      const members = await (await again.go('/v1/members')).text()
      expect(members).toContain('grace@example.org')
    })

    it('keeps out whom nobody invited, and makes nobody of them', async () => {
      provider.mood.claims = { sub: 'mallory' }
      const { answer } = await throughProvider(browser(app))
      expect(await problemOf(await answer())).toEqual([403, 'not_invited'])
      const rows = await database()
        .db.selectFrom('identities')
        .select('user_id')
        .where('subject', '=', 'mallory')
        .execute()
      expect(rows).toEqual([])
    })

    it('gives somebody who is signed in a second way in, unless another site leads them', async () => {
      provider.mood.claims = { sub: 'an-account' }
      const own = await adminBrowser()
      const { userId } = await me(own)
      const led = { headers: { 'sec-fetch-site': 'cross-site' } }
      const { answer } = await throughProvider(own, '/sign-in/oidc', led)
      expect(await problemOf(await answer())).toEqual([403, 'not_invited'])
      await (await throughProvider(own)).answer()
      const elsewhere = browser(app)
      await (await throughProvider(elsewhere)).answer()
      expect(await me(elsewhere)).toMatchObject({ userId, role: 'admin' })
    })

    it('ties no second account to a person: that is somebody else at their browser', async () => {
      provider.mood.claims = { sub: 'somebody-else' }
      const { answer } = await throughProvider(await ownerBrowser())
      expect(await problemOf(await answer())).toEqual([403, 'not_invited'])
    })

    it('tells a person in a browser what went wrong, and a program by its code', async () => {
      const path = '/sign-in/oidc/callback?error=access_denied'
      expect(await problemOf(await browser(app).go(path))).toEqual([401, 'sign_in_failed'])
      const shown = await browser(app).go(path, { headers: { accept: 'text/html' } })
      expect(shown.status).toBe(401)
      expect(shown.headers.get('content-type')).toContain('text/html')
      expect(await shown.text()).toContain('<h1>Not signed in</h1>')
      const html = { 'Content-Type': 'text/html' }
      const page = async (at: string) =>
        at === '/' ? new Response('the page', { headers: html }) : undefined
      const paged = browser(createApp({ ...server.deps, page }))
      expect(await problemOf(await paged.go('/nowhere'))).toEqual([404, 'not_found'])
      const nowhere = await paged.go('/nowhere', { headers: { accept: 'text/html' } })
      expect([nowhere.status, await nowhere.text()]).toEqual([404, 'the page'])
    })

    it.each<[string, JWTPayload]>([
      ['of another issuer', { iss: 'https://evil.example' }],
      ['for another client', { aud: 'somebody-else' }],
      ['that is too old', { exp: 1_700_000_000, iat: 1_699_999_000 }],
      ['with another nonce', { nonce: 'another' }],
    ])('refuses an ID token %s', async (_why, claims) => {
      provider.mood.claims = { sub: 'the-owner', ...claims }
      const from = browser(app)
      const { answer } = await throughProvider(from)
      expect(await problemOf(await answer())).toEqual([401, 'sign_in_failed'])
      expect((await from.go('/v1/me')).status).toBe(401)
    })

    it.each(['nonce', 'exp', 'sub', 'aud', 'iss'])('refuses one without %s', async (name) => {
      provider.mood.claims = { sub: 'the-owner' }
      provider.mood.without = [name]
      const { answer } = await throughProvider(browser(app))
      expect(await problemOf(await answer())).toEqual([401, 'sign_in_failed'])
    })

    it.each(['none', 'hs256', 'foreign'] as const)('refuses one signed by %s', async (signed) => {
      provider.mood.claims = { sub: 'the-owner' }
      provider.mood.signed = signed
      const { answer } = await throughProvider(browser(app))
      expect(await problemOf(await answer())).toEqual([401, 'sign_in_failed'])
    })

    it('refuses a return that comes twice, with another state, or in another browser', async () => {
      provider.mood.claims = { sub: 'the-owner' }
      const from = browser(app)
      const once = await throughProvider(from)
      expect((await once.answer()).status).toBe(303)
      expect(await problemOf(await once.answer())).toEqual([401, 'sign_in_failed'])
      const other = await throughProvider(from)
      const changed = other.path.replace(/state=[^&]+/, 'state=another')
      expect(await problemOf(await from.go(changed))).toEqual([401, 'sign_in_failed'])
      const third = await throughProvider(from)
      expect(await problemOf(await browser(app).go(third.path))).toEqual([401, 'sign_in_failed'])
    })
  })

  describe('sessions', () => {
    it('are cookies that no script reads, and over HTTPS no other host sets', async () => {
      const secure = createApp({ ...server.deps, publicUrl: 'https://talk.example' })
      const subject = { workspaceId: server.workspaceId, userId: server.ownerId }
      const token = await makeSignInLink(database().db, subject, new Date())
      const response = await secure.request(`/sign-in/${token}`)
      const [cookie = ''] = response.headers.getSetCookie()
      expect(cookie).toMatch(/^__Host-talkwright_session=[\w-]{43};/)
      for (const word of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) {
        expect(cookie).toContain(word)
      }
      expect(cookie).not.toContain('Domain')
      expect(response.headers.get('strict-transport-security')).not.toBeNull()
    })

    it('end at the server when somebody signs out, here or everywhere', async () => {
      const [one, two, three] = [await ownerBrowser(), await ownerBrowser(), await ownerBrowser()]
      const kept = new Map(one.jar)
      expect((await one.go('/sign-out', { method: 'POST' })).status).toBe(204)
      const copy = browser(app)
      for (const [name, value] of kept) copy.jar.set(name, value)
      expect((await copy.go('/v1/me')).status).toBe(401)
      expect((await two.go('/v1/me')).status).toBe(200)
      expect((await two.go('/sign-out/everywhere', { method: 'POST' })).status).toBe(204)
      for (const each of [two, three]) expect((await each.go('/v1/me')).status).toBe(401)
    })

    it('are stored as hashes alone', async () => {
      const own = await ownerBrowser()
      const rows = await database().db.selectFrom('sessions').selectAll().execute()
      for (const value of own.jar.values()) expect(JSON.stringify(rows)).not.toContain(value)
    })
  })

  describe('by a token of a sign-in service', () => {
    const soon = () => Math.floor(Date.now() / 1000) + 60
    const claimsOf = (sub: string, more: JWTPayload = {}): JWTPayload => ({
      iss: `${provider.issuer}/auth/v1`,
      aud: 'authenticated',
      role: 'authenticated',
      exp: soon(),
      sub,
      ...more,
    })
    const ask = (token: string, path = '/v1/me', init: RequestInit = {}) =>
      app.request(path, {
        ...init,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      })

    it('lets in who has accepted an invitation', async () => {
      const sub = randomUUID()
      const token = await provider.token(claimsOf(sub, { email: 'ada@example.org' }))
      expect((await ask(token)).status).toBe(401)
      const body = JSON.stringify({ token: (await invitation('admin')).split('/').at(-1) })
      const accepted = await ask(token, '/v1/invitations/accept', { method: 'POST', body })
      expect(accepted.status).toBe(200)
      expect(await (await ask(token)).json()).toMatchObject({ userId: sub, role: 'admin' })
      expect((await ask(token, '/v1/queue')).status).toBe(200)
    })

    it.each<[string, (owner: string) => Promise<string>]>([
      ['of another issuer', (sub) => provider.token(claimsOf(sub, { iss: provider.issuer }))],
      ['for another audience', (sub) => provider.token(claimsOf(sub, { aud: 'anon' }))],
      ['that is too old', (sub) => provider.token(claimsOf(sub, { exp: 1_700_000_000 }))],
      ['of somebody anonymous', (sub) => provider.token(claimsOf(sub, { is_anonymous: true }))],
      ['of a service', (sub) => provider.token(claimsOf(sub, { role: 'service_role' }))],
      ['without a user', () => provider.token(claimsOf('not-an-id'))],
      ['without a signature', (sub) => provider.token(claimsOf(sub), 'none')],
      ['signed by the public key', (sub) => provider.token(claimsOf(sub), 'hs256')],
      ['signed by another key', (sub) => provider.token(claimsOf(sub), 'foreign')],
    ])('refuses one %s', async (_why, make) => {
      expect((await ask(await make(server.ownerId))).status).toBe(401)
    })

    it('asks admins for a second factor where the workspace wants it, and members for none', async () => {
      const plain = await provider.token(claimsOf(server.ownerId))
      const strong = await provider.token(claimsOf(server.ownerId, { aal: 'aal2' }))
      const change = (token: string, secondFactor: boolean) => {
        const body = JSON.stringify({ secondFactor })
        return ask(token, '/v1/workspace', { method: 'PATCH', body })
      }
      expect(await problemOf(await change(plain, true))).toEqual([422, 'second_factor_not_shown'])
      expect((await change(strong, true)).status).toBe(200)
      expect(await problemOf(await ask(plain, '/v1/queue'))).toEqual([
        403,
        'second_factor_required',
      ])
      expect((await ask(plain, '/v1/projects')).status).toBe(200)
      expect((await ask(strong, '/v1/queue')).status).toBe(200)
      provider.mood.claims = { sub: 'the-owner' }
      const from = browser(app)
      await (await throughProvider(from)).answer()
      expect((await from.go('/v1/queue')).status).toBe(403)
      provider.mood.claims = { sub: 'the-owner', amr: ['pwd', 'mfa'] }
      await (await throughProvider(from)).answer()
      expect((await from.go('/v1/queue')).status).toBe(200)
      expect((await change(strong, false)).status).toBe(200)
    })
  })

  it('opens to everybody where the settings say so, each with a workspace of their own', async () => {
    const { issuer } = provider
    const tokens = createTokenVerifier(
      { jwksUrl: `${issuer}/jwks`, issuer: `${issuer}/auth/v1`, audience: 'authenticated' },
      silentLog,
    )
    const authentication = { ...server.deps.authentication, tokens, signUp: 'open' as const }
    const openApp = createApp({ ...server.deps, authentication })
    const token = await provider.token({
      iss: `${issuer}/auth/v1`,
      aud: 'authenticated',
      exp: Math.floor(Date.now() / 1000) + 60,
      sub: randomUUID(),
      email: 'new@example.org',
    })
    const ask = () => openApp.request('/v1/me', { headers: { authorization: `Bearer ${token}` } })
    const answers = await Promise.all([ask(), ask(), ask()])
    const views = await Promise.all(answers.map((one) => one.json() as Promise<MeView>))
    expect(new Set(views.map(({ workspace }) => workspace.id)).size).toBe(1)
    expect(views[0]).toMatchObject({ role: 'owner', workspace: { name: 'new@example.org' } })
  })
})
