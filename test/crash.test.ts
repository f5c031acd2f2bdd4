import { rm } from 'node:fs/promises'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { ProjectUsageView } from '../src/http/usage-views.ts'
import type { ProjectListView } from '../src/http/views.ts'
import { servedModels, testKey } from '../src/model/testing/harness.ts'
import { startModelServer } from '../src/model/testing/model-server.ts'
import { runCommand, type RunningCommand, startCommand } from './support/command.ts'
import { makeDataFolder } from './support/data-folder.ts'

// Two whole servers start in here; this only ends what hangs.
vi.setConfig({ testTimeout: 300_000 })

const adminKey = 'the-admin-key-of-this-test'
const token = 'the-callback-token-of-this-test'

let folder: string
beforeEach(async () => {
  folder = await makeDataFolder('crash')
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

async function start(
  command: readonly string[] = ['serve', '--no-runner'],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ server: RunningCommand; url: string }> {
  const server = startCommand(command, {
    TALKWRIGHT_DATA: folder,
    TALKWRIGHT_ADMIN_KEY: adminKey,
    TAVUS_CALLBACK_TOKEN: token,
    PORT: '0',
    ...environment,
  })
  for await (const line of server.lines) {
    if (line['event'] === 'ready') return { server, url: String(line['url']) }
  }
  throw new Error(`The server ended: ${server.stderr()}`)
}

function talk(conversationId: string): string {
  return JSON.stringify({
    event_type: 'application.transcription_ready',
    conversation_id: conversationId,
    properties: {
      transcript: [
        { role: 'assistant', content: 'What do you need?' },
        { role: 'user', content: 'Members must be able to book rooms. Each room has a name.' },
      ],
    },
  })
}

async function projects(url: string): Promise<ProjectListView['items']> {
  const headers = { authorization: `Bearer ${adminKey}` }
  const response = await fetch(`${url}/v1/projects?limit=200`, { headers })
  return ((await response.json()) as ProjectListView).items
}

/** Uploads a talk whose plan is built without a question. */
async function orderBuild(url: string): Promise<string> {
  const upload = await fetch(`${url}/v1/conversations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      transcript: 'Client: Members must be able to add rooms. Each room has a name.',
      approval: 'auto',
    }),
  })
  expect(upload.status).toBe(201)
  return ((await upload.json()) as { projectId: string }).projectId
}

it('acts once on every webhook that it accepted before it was killed', async () => {
  const first = await start()
  const sent = Array.from({ length: 12 }, (_, index) => `c-crash-${index}`)
  const accepted: string[] = []
  const posting = sent.map(async (id) => {
    const response = await fetch(`${first.url}/webhooks/tavus/${token}`, {
      method: 'POST',
      body: talk(id),
    }).catch(() => undefined)
    if (response?.status !== 202) return
    accepted.push(id)
    // The others are under way at this moment, and so are the jobs of the first ones.
    if (accepted.length === 6) first.server.child.kill('SIGKILL')
  })
  await Promise.all(posting)
  await first.server.ended
  expect(accepted.length).toBeGreaterThanOrEqual(6)

  const second = await start()
  try {
    for (;;) {
      const items = await projects(second.url)
      const planned = items.filter((item) => item.status === 'awaiting_approval')
      expect(items.length).toBeLessThanOrEqual(sent.length)
      if (planned.length >= accepted.length && planned.length === items.length) break
      // The list has no stream of its own.
      await new Promise((next) => setTimeout(next, 100))
    }
  } finally {
    second.server.child.kill('SIGTERM')
    await second.server.ended
  }
})

it('keeps a model call on the books that was under way when it was killed', async () => {
  const asked = Promise.withResolvers<void>()
  await using models = await startModelServer({ key: testKey, models: servedModels })
  models.reply({ kind: 'by_hand', answer: () => asked.resolve() })
  const withModel = {
    TALKWRIGHT_MODELS: 'anthropic/claude-sonnet-4-5',
    ANTHROPIC_API_KEY: testKey,
    ANTHROPIC_BASE_URL: models.url,
  }
  const first = await start(['serve', '--no-runner'], withModel)
  const projectId = await orderBuild(first.url)
  await asked.promise
  first.server.child.kill('SIGKILL')
  await first.server.ended

  models.reply({ kind: 'error', status: 401, type: 'authentication_error', message: 'No.' })
  const second = await start(['serve', '--no-runner'], withModel)
  try {
    for await (const line of second.server.lines) if (line['type'] === 'stage.failed') break
    const headers = { authorization: `Bearer ${adminKey}` }
    const answer = await fetch(`${second.url}/v1/projects/${projectId}/usage`, { headers })
    const { total, calls, budgets } = (await answer.json()) as ProjectUsageView
    expect(calls).toMatchObject([
      { outcome: 'failed', costUsd: '0.00' },
      { outcome: 'open', costUsd: null, mostUsd: expect.stringMatching(/^0\.\d+$/) },
    ])
    expect(total).toMatchObject({ calls: 2, unknownCalls: 1, unknownUsd: calls[1]?.mostUsd })
    expect(budgets[0]).toMatchObject({ unknownCalls: 1, unknownUsd: calls[1]?.mostUsd })
  } finally {
    second.server.child.kill('SIGTERM')
    await second.server.ended
  }
})

it('leaves a build to a server that has a builder', async () => {
  const first = await start()
  await orderBuild(first.url)
  for await (const line of first.server.lines) if (line['type'] === 'build.queued') break
  first.server.child.kill('SIGTERM')
  await first.server.ended
  const second = await start(['serve'])
  try {
    const ends: unknown[] = []
    for await (const line of second.server.lines) {
      if (line['type'] === 'stage.failed') ends.push(line)
      if (line['type'] !== 'build.completed') continue
      ends.push(line['type'])
      break
    }
    expect(ends).toEqual(['build.completed'])
  } finally {
    second.server.child.kill('SIGTERM')
    await second.server.ended
  }
})

it('refuses a second server and a second runner on its folder without harm to a running build', async () => {
  const first = await start(['serve'])
  try {
    await orderBuild(first.url)
    for await (const line of first.server.lines) if (line['type'] === 'build.started') break
    const environment = { TALKWRIGHT_DATA: folder, PORT: '0' }
    const [server, runner] = await Promise.all([
      runCommand(['serve'], environment),
      runCommand(['runner', '--port', '0'], environment),
    ])
    expect(server).toMatchObject({ code: 1, lines: [{ error: { code: 'data_in_use' } }] })
    expect(runner).toMatchObject({ code: 1, lines: [{ error: { code: 'builds_in_use' } }] })
    const ends: unknown[] = []
    for await (const line of first.server.lines) {
      if (line['type'] !== 'build.completed' && line['type'] !== 'build.failed') continue
      ends.push(line['type'])
      break
    }
    expect(ends).toEqual(['build.completed'])
  } finally {
    first.server.child.kill('SIGTERM')
    await first.server.ended
  }
})
