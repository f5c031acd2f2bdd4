import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SignJWT } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sameSecret } from './digest.ts'
import { randomToken, randomWebhookSecret } from './random-token.ts'
import { loadSecrets } from './secrets.ts'
import { createSessions, sessionSeconds } from './sessions.ts'

const subject = {
  userId: '0b7f1f5e-5f0e-4a57-9c6b-0d1c7a3d9c11',
  workspaceId: '7a0f2a53-0d3b-4f0e-8f1e-4bb0c3a8e222',
}

describe('sessions', () => {
  const now = new Date('2026-03-02T10:00:00Z')
  const key = randomToken()
  const sessions = createSessions(key)

  it('give back whom they were made for until they end', async () => {
    const value = await sessions.issue(subject, now)
    expect(await sessions.read(value, now)).toEqual(subject)
    const end = new Date(now.getTime() + (sessionSeconds + 1) * 1000)
    expect(await sessions.read(value, end)).toBeUndefined()
  })

  it('are refused when another server made them, when they were changed, or when they are none', async () => {
    const foreign = await createSessions(randomToken()).issue(subject, now)
    const own = await sessions.issue(subject, now)
    for (const value of [foreign, `${own.slice(0, -2)}xx`, '', 'a.b.c']) {
      expect(await sessions.read(value, now)).toBeUndefined()
    }
  })

  it('are refused under another algorithm, issuer or audience', async () => {
    const secret = new TextEncoder().encode(key)
    const sign = (alg: string, issuer: string, audience: string) =>
      new SignJWT({ workspace: subject.workspaceId })
        .setProtectedHeader({ alg })
        .setSubject(subject.userId)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(now)
        .setExpirationTime('1h')
        .sign(secret)
    const none = `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify({ sub: subject.userId }))}.`
    const wrong = [
      await sign('HS512', 'talkwright', 'talkwright-page'),
      await sign('HS256', 'other', 'talkwright-page'),
      await sign('HS256', 'talkwright', 'other'),
      none,
    ]
    for (const value of wrong) expect(await sessions.read(value, now)).toBeUndefined()
  })
})

describe('secrets', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'talkwright-secrets-'))
  })
  afterEach(async () => {
    await rm(folder, { recursive: true })
  })

  it('are made once, also by several processes at once, and are readable by their owner alone', async () => {
    const made = await Promise.all(Array.from({ length: 5 }, () => loadSecrets(folder)))
    const later = await loadSecrets(folder)
    for (const secrets of made) expect(secrets).toEqual(later)
    expect((await stat(join(folder, 'secrets.json'))).mode & 0o777).toBe(0o600)
  })

  it('are not silently replaced when their file is damaged', async () => {
    await writeFile(join(folder, 'secrets.json'), '{"sessionKey": ')
    await expect(loadSecrets(folder)).rejects.toMatchObject({ code: 'secrets_unreadable' })
  })
})

describe('random secrets', () => {
  it('fit a URL, differ, and are told apart', async () => {
    const tokens = Array.from({ length: 50 }, randomToken)
    expect(new Set(tokens).size).toBe(50)
    for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(randomWebhookSecret()).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    const [one = '', other = ''] = tokens
    expect(sameSecret(one, one)).toBe(true)
    expect(sameSecret(one, other)).toBe(false)
    expect(sameSecret(one, '')).toBe(false)
  })
})
