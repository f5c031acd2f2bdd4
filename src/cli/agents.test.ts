import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { startCommand } from '../../test/support/command.ts'
import { readConfig } from '../config.ts'
import { startReceiver } from '../runner/testing/receiver.ts'
import { apiKey, demoOrder, isLast, webhookSecret } from '../runner/testing/rig.ts'
import { describeAgent, limitsOf, makeAgent } from './agents.ts'

const player = fileURLToPath(new URL('../runner/kiro/testing/kiro-player.ts', import.meta.url))

test('takes the scaffolder unless another agent is named', () => {
  expect(makeAgent(readConfig({}))).toMatchObject({ name: 'scaffolder', isOwn: true })
  const kiro = makeAgent(readConfig({ TALKWRIGHT_AGENT: 'kiro', HOME: '/home/a' }))
  expect(kiro).toMatchObject({
    name: 'kiro',
    command: 'kiro-cli',
    mode: 'kiro',
    env: {},
    network: { hosts: [] },
    kiro: { engine: 'auto' },
  })
  expect(kiro.readable).toContain('/home/a/.local/bin/kiro-cli-chat')
  expect(kiro).not.toHaveProperty('isOwn')
})

test('starts a preset as its makers say, with what the settings add', () => {
  const setting = {
    agent: 'opencode',
    hosts: ['models.example.org'],
    env: { MODEL_KEY: 'k', XDG_DATA_HOME: '/x' },
  }
  const made = makeAgent(readConfig({ TALKWRIGHT_AGENT: JSON.stringify(setting) }))
  expect(made).toMatchObject({
    name: 'opencode',
    command: 'opencode',
    args: ['acp'],
    mode: 'tasks',
    env: { MODEL_KEY: 'k', XDG_DATA_HOME: '/x' },
    network: { hosts: ['models.example.org'] },
  })
  const claude = makeAgent(readConfig({ TALKWRIGHT_AGENT: 'claude' }))
  expect(claude).toMatchObject({
    command: 'claude-agent-acp',
    network: { hosts: ['api.anthropic.com'] },
  })
})

test('reads keys from the files that the environment names, and says which one is missing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'talkwright-agent-'))
  try {
    await writeFile(join(folder, 'key'), 's3cret-value\n')
    const using = (file: string) => {
      const env = { ANTHROPIC_API_KEY_FILE: join(folder, file) }
      return readConfig({ TALKWRIGHT_AGENT: JSON.stringify({ agent: 'claude', env }) })
    }
    expect(makeAgent(using('key')).env).toEqual({ ANTHROPIC_API_KEY: 's3cret-value' })
    expect(() => makeAgent(using('none'))).toThrow(/none that ANTHROPIC_API_KEY_FILE .* cannot be/)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('takes an agent of one’s own, from a file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'talkwright-agent-'))
  try {
    const setting = { agent: 'mine', command: '/opt/mine', args: ['--acp'], mode: 'whole' }
    await writeFile(join(folder, 'agent.json'), JSON.stringify(setting))
    const file = join(folder, 'agent.json')
    const made = makeAgent(readConfig({ TALKWRIGHT_AGENT_FILE: file }))
    expect(made).toMatchObject({ name: 'mine', command: '/opt/mine', args: ['--acp'] })
    expect(made.mode).toBe('whole')
    expect(() => readConfig({ TALKWRIGHT_AGENT_FILE: `${file}.none` })).toThrow(
      /TALKWRIGHT_AGENT_FILE: the file .* cannot be read/,
    )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('says where the agent is, what it lacks, and how to install it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'talkwright-agent-'))
  try {
    const config = () => readConfig({ TALKWRIGHT_AGENT: 'claude', PATH: folder })
    expect(() => describeAgent(config())).toThrow(
      /claude-agent-acp is not there to be started\. Install it: npm install --global/,
    )
    await writeFile(join(folder, 'claude-agent-acp'), '', { mode: 0o755 })
    expect(describeAgent(config())).toBe(
      `claude at ${folder}/claude-agent-acp, mode tasks; its env holds no ANTHROPIC_API_KEY`,
    )
    expect(describeAgent(readConfig({}))).toBe('the built-in scaffolder')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('takes the limits that the settings name, and no others', () => {
  const limits = { minutes: 90, answerMinutes: 0, diskMb: 2, spend: { amount: 5, currency: 'USD' } }
  const setting = JSON.stringify({ agent: 'kiro', limits })
  const { TALKWRIGHT_AGENT } = readConfig({ TALKWRIGHT_AGENT: setting })
  expect(limitsOf(TALKWRIGHT_AGENT)).toEqual({
    wallMs: 5_400_000,
    answerMs: 0,
    diskBytes: 2_097_152,
    spend: { amount: 5, currency: 'USD' },
  })
})

test('names what is wrong with an agent', () => {
  const wrong = { TALKWRIGHT_AGENT: '{"agent": "kiro", "engine": "v9"}' }
  expect(() => readConfig(wrong)).toThrow(/TALKWRIGHT_AGENT: engine is not right/)
})

test.each(['the environment', 'a file'])('has the agent of %s carry builds out', async (place) => {
  const root = await mkdtemp(join(tmpdir(), 'talkwright-agent-'))
  await using receiver = await startReceiver(webhookSecret)
  const agent = {
    agent: 'kiro',
    command: process.execPath,
    args: [player, 'works', ''],
    env: { KIRO_API_KEY: 'ksk_s3cret-value' },
  }
  const file = join(root, 'agent.json')
  await writeFile(file, JSON.stringify(agent))
  const args = ['runner', '--port', '0', '--root', root, '--allow', '127.0.0.0/8']
  const runner = startCommand(place === 'a file' ? [...args, '--agent', file] : args, {
    KIRO_API_KEY: apiKey,
    KIRO_WEBHOOK_SECRET: webhookSecret,
    TALKWRIGHT_AGENT: place === 'a file' ? 'scaffolder' : JSON.stringify(agent),
    TALKWRIGHT_SANDBOX: 'off',
  })
  try {
    const { value: ready } = await runner.lines[Symbol.asyncIterator]().next()
    await fetch(`${String(ready?.['url'])}/v1/projects`, {
      method: 'POST',
      body: JSON.stringify(await demoOrder(receiver.url)),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
    })
    const last = await receiver.until(isLast)
    expect(last.data.event).toMatchObject({ type: 'build.completed', done: 3, total: 3 })
    expect(receiver.taken()[0]?.data.event).toMatchObject({ type: 'build.started', agent: 'kiro' })
  } finally {
    runner.child.kill('SIGTERM')
    await runner.ended
    await rm(root, { recursive: true, force: true })
  }
})
