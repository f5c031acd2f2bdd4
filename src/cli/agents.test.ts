import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { startCommand } from '../../test/support/command.ts'
import { readConfig } from '../config.ts'
import { startReceiver } from '../runner/testing/receiver.ts'
import { apiKey, demoOrder, isLast, webhookSecret } from '../runner/testing/rig.ts'
import { makeAgent } from './agents.ts'

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

test('names what is wrong with an agent', () => {
  const wrong = { TALKWRIGHT_AGENT: '{"agent": "kiro", "engine": "v9"}' }
  expect(() => readConfig(wrong)).toThrow(/TALKWRIGHT_AGENT: engine is not right/)
})

test('has the agent of the settings carry builds out', async () => {
  const root = await mkdtemp(join(tmpdir(), 'talkwright-agent-'))
  await using receiver = await startReceiver(webhookSecret)
  const agent = {
    agent: 'kiro',
    command: process.execPath,
    args: [player, 'works', ''],
    env: { KIRO_API_KEY: 'ksk_s3cret-value' },
  }
  const runner = startCommand(['runner', '--port', '0', '--root', root, '--allow', '127.0.0.0/8'], {
    KIRO_API_KEY: apiKey,
    KIRO_WEBHOOK_SECRET: webhookSecret,
    TALKWRIGHT_AGENT: JSON.stringify(agent),
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
