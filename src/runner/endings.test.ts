import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { BuildCreated } from '../domain/build.ts'
import { expect, test } from 'vitest'
import { openLifeline } from './testing/lifeline.ts'
import { apiKey, demoOrder, isLast, scriptedAgent, startRig } from './testing/rig.ts'

test('cancel ends the agent with everything that it started', async () => {
  await using line = await openLifeline()
  await using rig = await startRig({ script: 'stalls', argument: line.port })
  const { build_id: id } = BuildCreated.parse(await (await rig.order()).json())
  await line.connected
  const answer = await rig.call(`/v1/builds/${id}/cancel`, { method: 'POST' })
  expect(answer.status).toBe(202)
  await line.gone
  const last = await rig.receiver.until(isLast)
  expect(last.type).toBe('build.cancelled')
  expect(await rig.status(id)).toMatchObject({ state: 'cancelled' })
})

test('cancelling a settled build changes nothing', async () => {
  await using rig = await startRig({ script: 'works' })
  const { id, last } = await rig.build()
  const answer = await rig.call(`/v1/builds/${id}/cancel`, { method: 'POST' })
  expect(await answer.json()).toMatchObject({ state: 'completed', sequence: last.data.sequence })
})

test('ends an agent that gives no sign of life', async () => {
  const limits = { idleMs: 700, graceMs: 200 }
  await using rig = await startRig({ script: 'hangs', config: { limits } })
  const { last } = await rig.build()
  expect(last.data.event).toMatchObject({ type: 'build.failed', code: 'agent_stalled' })
})

test('ends a build that takes too long', async () => {
  const limits = { wallMs: 700, graceMs: 200 }
  await using rig = await startRig({ script: 'hangs', config: { limits } })
  const { last } = await rig.build()
  expect(last.data.event).toMatchObject({ type: 'build.failed', code: 'agent_timeout' })
})

test('ends what an agent left behind when its turn is over', async () => {
  await using line = await openLifeline()
  await using rig = await startRig({ script: 'leaves-child', argument: line.port })
  const { last } = await rig.build()
  expect(last.type).toBe('build.completed')
  await line.gone
})

test('cancel ends tests that run', async () => {
  await using line = await openLifeline()
  await using rig = await startRig({ script: 'hanging-tests', argument: line.port })
  const { build_id: id } = BuildCreated.parse(await (await rig.order()).json())
  await line.connected
  await rig.call(`/v1/builds/${id}/cancel`, { method: 'POST' })
  await line.gone
  expect((await rig.receiver.until(isLast)).type).toBe('build.cancelled')
  expect((await rig.status(id)).tasks[0]?.state).toBe('completed')
})

test('ends tests that take too long', async () => {
  await using line = await openLifeline()
  const limits = { testMs: 1_000, graceMs: 200 }
  await using rig = await startRig({
    script: 'hanging-tests',
    argument: line.port,
    config: { limits },
  })
  const { last } = await rig.build()
  expect(last.data.event).toMatchObject({ type: 'build.failed', code: 'tests_timed_out' })
})

test('runs as many builds as allowed, and cancels one that waits', async () => {
  await using line = await openLifeline()
  await using rig = await startRig({
    script: 'stalls',
    argument: line.port,
    config: { maxConcurrent: 1, maxQueued: 1 },
  })
  const ids: string[] = []
  for (const key of ['one', 'two']) {
    ids.push(BuildCreated.parse(await (await rig.order({}, key)).json()).build_id)
  }
  const [running = '', queued = ''] = ids
  await line.connected
  expect(await rig.status(queued)).toMatchObject({ state: 'queued', sequence: 0 })
  const refused = await rig.order({}, 'three')
  expect(refused.status).toBe(429)
  expect(refused.headers.get('retry-after')).toBe('10')

  await rig.call(`/v1/builds/${queued}/cancel`, { method: 'POST' })
  await rig.receiver.until((hook) => hook.data.build_id === queued && isLast(hook))
  expect(await rig.status(queued)).toMatchObject({ state: 'cancelled', sequence: 1 })
  const early = await rig.call(`/v1/builds/${running}/artifact`)
  expect(early.status).toBe(409)
  await rig.call(`/v1/builds/${running}/cancel`, { method: 'POST' })
  await line.gone
})

test('takes in no more than may wait, however many come at once', async () => {
  await using line = await openLifeline()
  await using rig = await startRig({
    script: 'stalls',
    argument: line.port,
    config: { maxConcurrent: 1, maxQueued: 1 },
  })
  const keys = ['1', '2', '3', '4', '5']
  const answers = await Promise.all(keys.map((key) => rig.order({}, key)))
  const statuses = answers.map(({ status }) => status)
  expect(statuses.filter((status) => status !== 429)).toHaveLength(1)
  await line.connected
})

test('gives the next slot to a workspace that has none, and bounds what each may queue', async () => {
  await using line = await openLifeline()
  await using rig = await startRig({
    script: 'stalls',
    argument: line.port,
    config: { maxConcurrent: 1, maxQueuedOfWorkspace: 1 },
  })
  const order = async (workspace: string, key: string) =>
    rig.order({ metadata: { workspace } }, key)
  const id = async (answer: Response) => BuildCreated.parse(await answer.json()).build_id
  const first = await id(await order('a', '1'))
  await line.connected
  await order('a', '2')
  const other = await id(await order('b', '3'))
  expect((await order('a', '4')).status).toBe(429)
  expect(await (await rig.call('/v1/runner')).json()).toEqual({
    agent: 'scripted',
    running: 1,
    waiting: 2,
    slots: 1,
  })
  await rig.call(`/v1/builds/${first}/cancel`, { method: 'POST' })
  const next = await rig.receiver.until(
    ({ type, data }) => type === 'build.started' && data.build_id !== first,
  )
  expect(next.data.build_id).toBe(other)
})

// Elsewhere the system does not say when a process was born, and nothing is ended by its number alone.
test.skipIf(process.platform !== 'linux')(
  'a runner that is killed loses no event, and the next one begins again (Linux)',
  async () => {
    await using line = await openLifeline()
    await using rig = await startRig({ script: 'works' })
    const root = path.join(rig.root, 'killed')
    const program = fileURLToPath(new URL('./testing/runner-process.ts', import.meta.url))
    const killed = spawn(process.execPath, [program, root, 'stalls', line.port])
    const [url] = await once(killed.stdout.setEncoding('utf8'), 'data')
    const body = JSON.stringify(await demoOrder(rig.receiver.url))
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
    await fetch(`${String(url).trim()}/v1/projects`, { method: 'POST', body, headers })
    await line.connected
    killed.kill('SIGKILL')
    await once(killed, 'exit')

    await rig.restart({ root })
    await line.gone
    const last = await rig.receiver.until(isLast)
    expect(last.data.event).toMatchObject({ type: 'build.completed', done: 2 })
    const sequences = rig.receiver.taken().map((hook) => hook.data.sequence)
    expect(sequences).toEqual(sequences.map((_, index) => index + 1))
  },
)

test('fails a build whose events could not be written, as soon as they can be again', async () => {
  await using line = await openLifeline()
  await using rig = await startRig({
    script: 'stalls',
    argument: line.port,
    config: { maxConcurrent: 1 },
  })
  const first = BuildCreated.parse(await (await rig.order({}, 'first')).json()).build_id
  const second = BuildCreated.parse(await (await rig.order({}, 'second')).json()).build_id
  await line.connected
  const events = path.join(rig.root, `demo-a-page-with-mail-${second.slice(-8)}`, 'events.jsonl')
  rmSync(events)
  mkdirSync(events)
  await rig.call(`/v1/builds/${first}/cancel`, { method: 'POST' })
  await expect.poll(async () => (await rig.call(`/v1/builds/${second}`)).status).toBe(500)
  rmdirSync(events)
  writeFileSync(events, '')
  const last = await rig.receiver.until((hook) => hook.data.build_id === second && isLast(hook))
  expect(last.data.event).toMatchObject({ type: 'build.failed', code: 'runner_error' })
  expect(await rig.status(second)).toMatchObject({ state: 'failed', sequence: 1 })
})

test('carries a queued build out after a restart', async () => {
  await using line = await openLifeline()
  await using rig = await startRig({
    script: 'stalls',
    argument: line.port,
    config: { maxConcurrent: 1 },
  })
  await rig.order({}, 'first')
  const queued = BuildCreated.parse(await (await rig.order({}, 'second')).json())
  await line.connected
  const works = {
    name: 'works',
    command: process.execPath,
    args: [scriptedAgent, 'works'],
    env: {},
    mode: 'whole' as const,
  }
  await rig.restart({ agent: works })
  const last = await rig.receiver.until(
    (hook) => hook.data.build_id === queued.build_id && isLast(hook),
  )
  expect(last.type).toBe('build.completed')
})

test('remembers idempotency keys across a restart', async () => {
  await using rig = await startRig({ script: 'refuses' })
  const first = await (await rig.order({}, 'the key')).json()
  await rig.receiver.until(isLast)
  await rig.restart()
  expect(await (await rig.order({}, 'the key')).json()).toEqual(first)
  expect((await rig.order({ name: 'another' }, 'the key')).status).toBe(409)
})
