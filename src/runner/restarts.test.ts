import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'
import { BuildCreated, type BuildWebhook } from '../domain/build.ts'
import { Used } from './builds/usage.ts'
import type { RunnerConfig } from './main.ts'
import { openLifeline } from './testing/lifeline.ts'
import {
  apiKey,
  demoOrder,
  isLast,
  logTexts,
  scriptedAgent,
  startRig,
  type Rig,
} from './testing/rig.ts'
import { orderWithCriteria } from './testing/task-rig.ts'

const taskAgent = fileURLToPath(new URL('./testing/task-agent.ts', import.meta.url))

const agentOf = (mode: 'whole' | 'tasks', args: string[]) => ({
  name: 'agent',
  command: process.execPath,
  args,
  env: {},
  mode,
})

async function ordered(rig: Rig): Promise<string> {
  return BuildCreated.parse(await (await rig.order()).json()).build_id
}

const isTask =
  (id: string, state: string) =>
  ({ data: { event } }: BuildWebhook) =>
    event.type === 'build.task' && event.task.id === id && event.task.state === state

test('begins again from the plan when an agent cannot go on, and says so', async () => {
  await using line = await openLifeline()
  await using rig = await startRig({ script: 'stalls', argument: line.port })
  const id = await ordered(rig)
  await line.connected
  await rig.restart({ agent: agentOf('whole', [scriptedAgent, 'works']) })
  await line.gone
  const last = await rig.receiver.until(isLast)
  expect(last.data.event).toMatchObject({ type: 'build.completed', done: 2 })
  const hooks = rig.receiver.taken()
  const starts = hooks.flatMap(({ data: { event } }) =>
    event.type === 'build.started' ? [event.attempt] : [],
  )
  expect(starts).toEqual([undefined, 2])
  expect(logTexts(hooks, 'runner')).toContain(
    'The runner was restarted: the build goes on with 0 of 4 tasks done.',
  )
  expect(await rig.status(id)).toMatchObject({ state: 'completed', sequence: hooks.length })
})

test.each(['hangs', 'commits-and-hangs'])(
  'goes on after the last task that the runner has verified (the next one %s)',
  async (action) => {
    const script = JSON.stringify({ '1.2': [action] })
    await using rig = await startRig({
      script: '',
      config: { agent: agentOf('tasks', [taskAgent, script]) },
    })
    const id = await ordered(rig)
    await rig.receiver.until(isTask('1.2', 'in_progress'))
    const { folder = '' } = await rig.status(id)
    const prompts = path.join(folder, '../home/prompts.txt')
    const changed = () => existsSync(path.join(folder, 'test/task-1.2.test.js'))
    await vi.waitFor(() => expect(changed()).toBe(true), { timeout: 30_000 })
    const asked = readFileSync(prompts, 'utf8')

    await rig.restart({ agent: agentOf('tasks', [taskAgent, '{}']) })
    const last = await rig.receiver.until(isLast)
    expect(last.data.event).toMatchObject({ type: 'build.completed', done: 3, total: 3 })
    const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' })
    expect(git('log', '--reverse', '--format=%s', 'main').trim().split('\n').slice(1)).toEqual([
      'task 1.1: Set up the project',
      'task 1.2: Write the page',
      'task 2: Send mail',
    ])
    const later = readFileSync(prompts, 'utf8').slice(asked.length)
    expect(later.match(/^Carry out task [\d.]+/gm)).toEqual([
      'Carry out task 1.2',
      'Carry out task 2',
    ])
    expect(logTexts(rig.receiver.taken(), 'runner')).toContain(
      'The runner was restarted: the build goes on with 1 of 4 tasks done.',
    )
  },
)

test('what earlier attempts have shown and spent counts on', async () => {
  const first = { '1.1': ['costs'], '1.2': ['hangs'] }
  const limits = { spend: { amount: 0.8, currency: 'USD' } }
  const agent = agentOf('tasks', [taskAgent, JSON.stringify(first)])
  await using rig = await startRig({ script: '', config: { agent, limits } })
  const order = await rig.order(await orderWithCriteria())
  const { build_id: id } = BuildCreated.parse(await order.json())
  const { folder = '' } = await rig.status(id)
  const changed = () => existsSync(path.join(folder, 'test/task-1.2.test.js'))
  await vi.waitFor(() => expect(changed()).toBe(true), { timeout: 30_000 })

  const second = { '1.2': ['hangs', 'costs'] }
  await rig.restart({ agent: agentOf('tasks', [taskAgent, JSON.stringify(second)]), limits })
  const last = await rig.receiver.until(isLast)
  expect(last.data.event).toMatchObject({ type: 'build.failed', code: 'spend_limit' })
  const { progress, evidence } = await rig.status(id)
  expect(progress?.cost?.amount).toBeGreaterThan(0.8)
  expect(evidence.find(({ ref }) => ref === '1.1')?.result).toBe('passed')
})

test.each([
  ['turns', 'turn_limit'],
  ['outputBytes', 'output_limit'],
  ['wallMs', 'agent_timeout'],
] as const)('a restart gives a build no more than it had left of %s', async (limit, code) => {
  const agent = agentOf('whole', [scriptedAgent, 'chats-and-hangs', '10'])
  await using rig = await startRig({ script: '', config: { agent } })
  const id = await ordered(rig)
  const { folder = '' } = await rig.status(id)
  await rig.receiver.until((hook) => logTexts([hook]).includes('line 9'))
  await rig.runner().close()
  const used: unknown = JSON.parse(readFileSync(path.join(folder, '../used.json'), 'utf8'))
  const { output, ...others } = Used.parse(used)
  const limits = { graceMs: 200, [limit]: { ...others, outputBytes: output }[limit] }
  await rig.restart({ limits })
  const last = await rig.receiver.until(isLast)
  expect(last.data.event).toMatchObject({ type: 'build.failed', code })
})

test('fails a build during which the runner was restarted too often', async () => {
  await using line = await openLifeline()
  await using rig = await startRig({
    script: 'stalls',
    argument: line.port,
    config: { limits: { restarts: 0, graceMs: 1_000 } },
  })
  const id = await ordered(rig)
  await line.connected
  await rig.restart()
  await line.gone
  const last = await rig.receiver.until(isLast)
  expect(last.data.event).toMatchObject({ type: 'build.failed', code: 'runner_restarted' })
  expect(await rig.status(id)).toMatchObject({ state: 'failed', sequence: last.data.sequence })
})

test('fails a build whose workspace does not allow it to go on, with the reason', async () => {
  await using line = await openLifeline()
  await using rig = await startRig({ script: 'stalls', argument: line.port })
  const id = await ordered(rig)
  await line.connected
  const { folder = '' } = await rig.status(id)
  execFileSync('git', ['update-ref', '-d', 'HEAD'], { cwd: folder })
  execFileSync('git', ['reflog', 'expire', '--expire=now', '--all'], { cwd: folder })
  execFileSync('git', ['gc', '--quiet', '--prune=now'], { cwd: folder })
  await rig.restart()
  const last = await rig.receiver.until(isLast)
  expect(last.data.event).toMatchObject({
    type: 'build.failed',
    code: 'runner_restarted',
    message: expect.stringContaining('cannot be taken up again'),
  })
})

test('a build that was cancelled stays so when the runner dies before it has ended', async () => {
  await using line = await openLifeline()
  await using rig = await startRig({ script: 'works' })
  const root = path.join(rig.root, 'killed')
  const program = fileURLToPath(new URL('./testing/runner-process.ts', import.meta.url))
  const change: Partial<RunnerConfig> = { limits: { graceMs: 60_000 } }
  const killed = spawn(process.execPath, [
    program,
    root,
    'stalls',
    line.port,
    JSON.stringify(change),
  ])
  const [printed] = await once(killed.stdout.setEncoding('utf8'), 'data')
  const url = String(printed).trim()
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
  const body = JSON.stringify(await demoOrder(rig.receiver.url))
  const answer = await fetch(`${url}/v1/projects`, { method: 'POST', body, headers })
  const { build_id: id } = BuildCreated.parse(await answer.json())
  await line.connected
  const cancelled = await fetch(`${url}/v1/builds/${id}/cancel`, { method: 'POST', headers })
  expect(cancelled.status).toBe(202)
  killed.kill('SIGKILL')
  await once(killed, 'exit')
  await rig.restart({ root })
  expect((await rig.receiver.until(isLast)).type).toBe('build.cancelled')
})
