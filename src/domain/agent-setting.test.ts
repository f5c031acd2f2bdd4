import { expect, test } from 'vitest'
import { parseAgentSetting } from './agent-setting.ts'

test('reads an agent by its name and as JSON', () => {
  expect(parseAgentSetting(' kiro ')).toEqual({ agent: 'kiro' })
  const setting = {
    agent: 'kiro',
    env: { KIRO_API_KEY: 'ksk_1' },
    engine: 'v3',
    permissions: { rules: [], otherwise: 'ask' },
  }
  expect(parseAgentSetting(JSON.stringify(setting))).toEqual(setting)
})

test.each([
  ['nobody', /^agent is not right: it is none of scaffolder, kiro, claude, .* needs a command/],
  ['constructor', /^agent is not right/],
  ['../x', /^agent is not right: must be small letters/],
  ['{"agent": "scaffolder", "env": {"KEY": "s3cret"}}', /takes no settings/],
  ['{"agent": "claude", "engine": "v3"}', /^engine is not right: only Kiro/],
  [
    '{"agent": "claude", "env": {"KEY": "s3cret", "KEY_FILE": "x"}}',
    /^env\.KEY is not right: KEY_FILE/,
  ],
  ['{"agent": "kiro"', /is no JSON/],
  ['{"agent": "kiro", "engine": "v9"}', /^engine is not right/],
  ['{"agent": "kiro", "env": {"A B": "s3cret"}}', /^env\.A B is not right/],
  ['{"agent": "kiro", "key": "s3cret"}', /not right/],
])('says what is wrong with %s, and no value of it', (text, message) => {
  const parse = () => parseAgentSetting(text)
  expect(parse).toThrow(message)
  expect(parse).not.toThrow('s3cret')
})
