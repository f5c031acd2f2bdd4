import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { readConfig } from './config.ts'
import { AppError } from './domain/errors.ts'

it('has a default for everything that a first start needs', () => {
  expect(readConfig({})).toMatchObject({
    HOST: '127.0.0.1',
    PORT: 4870,
    TALKWRIGHT_DATA: resolve('./data'),
    TALKWRIGHT_APPROVAL: 'manual',
    TAVUS_BASE_URL: 'https://tavusapi.com',
  })
})

it('reads a secret from the file that NAME_FILE names', () => {
  const folder = mkdtempSync(join(tmpdir(), 'talkwright-config-'))
  const file = join(folder, 'key')
  writeFileSync(file, 'a-secret-of-many-letters\n')
  expect(readConfig({ TALKWRIGHT_ADMIN_KEY_FILE: file }).TALKWRIGHT_ADMIN_KEY).toBe(
    'a-secret-of-many-letters',
  )
  rmSync(folder, { recursive: true })
})

it('puts an operator’s own prices before the published ones', () => {
  const folder = mkdtempSync(join(tmpdir(), 'talkwright-config-'))
  const file = join(folder, 'prices.json')
  writeFileSync(file, '[{"model":"local/*","input":"0","output":"0"}]')
  const { TALKWRIGHT_PRICES: prices } = readConfig({ TALKWRIGHT_PRICES_FILE: file })
  expect(prices.map((group) => group[0]?.model.split('/')[0])).toEqual(['local', 'anthropic'])
  rmSync(folder, { recursive: true })
})

it('takes an empty setting for an absent one', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({ PORT: 4870 })
})

it('names every setting that is wrong, and none of their values', () => {
  const wrong = {
    TALKWRIGHT_RETENTION: 'events=soon',
    TALKWRIGHT_PRICES: '[{"model":"qwen3","input":"1","output":"1"}]',
    PORT: 'eighty',
    DATABASE_URL: 'mysql://user:hunter2@host/db',
    TALKWRIGHT_ADMIN_KEY: 'short',
  }
  const message = messageOf(() => readConfig(wrong))
  for (const name of Object.keys(wrong)) expect(message).toContain(name)
  expect(message).not.toContain('hunter2')
})

it('asks no model of anything without a key', () => {
  const offline = { links: [], offline: true }
  const urls = {
    OPENAI_BASE_URL: 'http://127.0.0.1:9/v1',
    COMPATIBLE_BASE_URL: 'http://127.0.0.1:11434/v1',
    COMPATIBLE_API_KEY: 'key',
  }
  expect(readConfig({}).TALKWRIGHT_MODELS).toEqual(offline)
  expect(readConfig(urls).TALKWRIGHT_MODELS).toEqual(offline)
})

it('takes the usual models of the keys that are set, unless others or none are named', () => {
  const keys = { OPENAI_API_KEY: 'sk-one', ANTHROPIC_API_KEY: 'sk-two' }
  const both = readConfig(keys).TALKWRIGHT_MODELS
  expect(both.links.map(({ provider }) => provider)).toEqual(['anthropic', 'openai'])
  expect(both.offline).toBe(false)
  const one = readConfig({ OPENAI_API_KEY: 'sk-one' }).TALKWRIGHT_MODELS
  expect(one.links).toMatchObject([{ provider: 'openai' }])
  const none = readConfig({ ...keys, TALKWRIGHT_MODELS: 'offline' }).TALKWRIGHT_MODELS
  expect(none).toEqual({ links: [], offline: true })
})

it.each([
  [{ TALKWRIGHT_MODELS: 'openai/a, offline' }, 'OPENAI_API_KEY is not set'],
  [{ TALKWRIGHT_MODELS: 'anthropic/a' }, 'ANTHROPIC_API_KEY is not set'],
  [{ TALKWRIGHT_MODELS: 'compatible/a' }, 'COMPATIBLE_BASE_URL is not set'],
  [{ TALKWRIGHT_MODELS: 'gpt' }, 'must be PROVIDER/MODEL'],
  [{ OPENAI_API_KEY: 'hunter2\nhunter2' }, 'OPENAI_API_KEY: must be printable'],
  [{ OPENAI_BASE_URL: 'https://me:hunter2@host/v1' }, 'must not contain a user name'],
])('says what is wrong with models in %j', (settings, why) => {
  const message = messageOf(() => readConfig(settings))
  expect(message).toContain(why)
  expect(message).not.toContain('hunter2')
})

function messageOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof AppError && error.code === 'bad_config') return error.message
    throw error
  }
  throw new Error('Nothing was thrown.')
}
