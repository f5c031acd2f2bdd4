import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sameSecret } from './digest.ts'
import { randomToken, randomWebhookSecret } from './random-token.ts'
import { loadSecrets } from './secrets.ts'

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

  it('are never to be found half written', async () => {
    const path = join(folder, 'secrets.json')
    const found: string[] = []
    const making = loadSecrets(folder)
    const turn = () => new Promise<undefined>((next) => setImmediate(() => next(undefined)))
    for (let made; made === undefined; made = await Promise.race([making, turn()])) {
      if (existsSync(path)) found.push(readFileSync(path, 'utf8'))
    }
    const { sessionKey } = await making
    expect(await readdir(folder)).toEqual(['secrets.json'])
    for (const text of found) expect(text).toContain(sessionKey)
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
