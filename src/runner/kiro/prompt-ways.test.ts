import { expect, test } from 'vitest'
import { openLifeline } from '../testing/lifeline.ts'
import { isLast, logTexts } from '../testing/rig.ts'
import { buildWith, startKiroRig } from './testing/kiro-rig.ts'

const v3 = ['acp', '--agent-engine', 'v3', '--auth-method', 'cli']
const v2 = ['acp']

test('prompts Kiro task by task on V2, and verifies each', async () => {
  await using rig = await startKiroRig({ scene: 'prompts', kiro: { engine: 'v2' } })
  const build = await buildWith(rig)
  expect(build.last.data.event).toMatchObject({ type: 'build.completed', done: 3, total: 3 })
  expect(build.launches).toEqual([v2])
  expect(build.calls('session/prompt')).toHaveLength(3)
  expect(build.calls('initialize')).toEqual([
    expect.objectContaining({
      clientInfo: expect.anything(),
      clientCapabilities: expect.objectContaining({ terminal: expect.any(Boolean) }),
    }),
  ])
})

test('starts a Kiro that dies in a prompt again, and tells it what was done before', async () => {
  await using rig = await startKiroRig({ scene: 'prompts-die-once', kiro: { engine: 'v2' } })
  const build = await buildWith(rig)
  expect(build.last.data.event).toMatchObject({ type: 'build.completed', done: 3, total: 3 })
  expect(build.launches).toHaveLength(2)
  const asked = JSON.stringify(build.calls('session/prompt'))
  expect(asked).toContain('- 1.1 Set up the project')
  expect(logTexts(rig.receiver.taken(), 'runner').join()).toContain('It is started again (1 of 3).')
})

test('gives a Kiro up that dies again and again', async () => {
  await using rig = await startKiroRig({ scene: 'prompts-die', kiro: { engine: 'v2' } })
  const build = await buildWith(rig)
  expect(build.last.data.event).toMatchObject({ type: 'build.failed', code: 'agent_died' })
  expect(build.launches).toHaveLength(4)
})

test('falls back to V2 when kiro-cli knows no V3, and says so', async () => {
  await using rig = await startKiroRig({ scene: 'only-v2' })
  const build = await buildWith(rig)
  expect(build.last.data.event).toMatchObject({ type: 'build.completed', done: 3, total: 3 })
  expect(build.launches).toEqual([v3, v2])
  const said = logTexts(rig.receiver.taken(), 'runner').filter((line) =>
    /^(Kiro is driven|That cannot)/.test(line),
  )
  expect(said).toEqual([
    'Kiro is driven by Kiro’s own run of all tasks (V3).',
    expect.stringMatching(/^That cannot be done: .*exit code 2.*unexpected argument/),
    'Kiro is driven by a prompt for each task (V2).',
  ])
})

test('prompts V3 when it has no methods for specs', async () => {
  await using rig = await startKiroRig({ scene: 'specless' })
  const build = await buildWith(rig)
  expect(build.last.data.event).toMatchObject({ type: 'build.completed', done: 3, total: 3 })
  expect(build.launches).toEqual([v3, v3])
  expect(logTexts(rig.receiver.taken(), 'runner')).toContain(
    'That cannot be done: it has no methods for specs',
  )
})

test('does not wait for ever for a V2 that stays silent, and chats instead', async () => {
  await using rig = await startKiroRig({ scene: 'silent-v2', kiro: { initMs: 3_000 } })
  const build = await buildWith(rig)
  expect(build.last.data.event).toMatchObject({ type: 'build.completed', done: 3, total: 3 })
  expect(build.launches.map(([command]) => command)).toEqual(['acp', 'acp', 'chat', 'chat', 'chat'])
  expect(logTexts(rig.receiver.taken(), 'runner')).toContain(
    'That cannot be done: Kiro did not answer within 3 s.',
  )
})

test('prompts when Kiro finds no tasks in tasks.md', async () => {
  await using rig = await startKiroRig({ scene: 'reads-no-tasks', kiro: { engine: 'v3' } })
  const build = await buildWith(rig)
  expect(build.last.data.event).toMatchObject({
    type: 'build.failed',
    code: 'agent_error',
    message: expect.stringMatching(/finds no tasks.*exit code 1.*bye/),
  })
})

test('stays with the engine that is asked for', async () => {
  await using rig = await startKiroRig({ scene: 'nothing-works', kiro: { engine: 'v2' } })
  const build = await buildWith(rig)
  expect(build.last.data.event).toMatchObject({ type: 'build.failed', code: 'agent_error' })
  expect(build.launches).toEqual([v2])
})

test('runs kiro-cli chat for each turn, in one session', async () => {
  await using rig = await startKiroRig({ scene: 'chat', kiro: { engine: 'chat' } })
  const build = await buildWith(rig)
  expect(build.last.data.event).toMatchObject({ type: 'build.completed', done: 3, total: 3 })
  const format = ['chat', '--no-interactive', '--output-format', 'stream-json']
  const [first = [], second = []] = build.launches
  expect(first.slice(0, 6)).toEqual([...format, '--agent-engine', 'v3'])
  expect(first[6]).toMatch(/^--trust-tools=/)
  expect(first.at(-1)).toContain('task 1.1')
  expect(second).toEqual(expect.arrayContaining(['--resume-id', 'sess_1']))
  const hooks = rig.receiver.taken()
  expect(logTexts(hooks, 'agent')).toContain('I begin; you are not logged in to anything here.')
  expect(logTexts(hooks, 'runner')).toContain('Kiro spent 0.25 credits.')
})

test('trusts all tools in chat only where agents may run commands', async () => {
  const config = { permissions: { rules: [], otherwise: 'allow' as const } }
  await using rig = await startKiroRig({ scene: 'chat', kiro: { engine: 'chat' }, config })
  const { launches } = await buildWith(rig)
  expect(launches.every((launch) => launch.includes('--trust-all-tools'))).toBe(true)
})

test('names no engine to a kiro-cli that knows none', async () => {
  await using rig = await startKiroRig({ scene: 'old-chat' })
  const build = await buildWith(rig)
  expect(build.last.data.event).toMatchObject({ type: 'build.completed', done: 3, total: 3 })
  expect(build.launches[2]).toContain('--agent-engine')
  for (const launch of build.launches.slice(3)) expect(launch).not.toContain('--agent-engine')
})

test('reads JSON lines with escape codes and noise around them', async () => {
  await using rig = await startKiroRig({ scene: 'chat-ansi', kiro: { engine: 'chat' } })
  const build = await buildWith(rig)
  expect(build.last.data.event).toMatchObject({ type: 'build.completed', done: 3, total: 3 })
  const hooks = rig.receiver.taken()
  expect(logTexts(hooks, 'agent')).toEqual(
    expect.arrayContaining(['WARNING model flag ignored', 'not json at all', '{"type":"unknown"}']),
  )
  expect(logTexts(hooks).join('')).not.toContain('\u001b')
  expect(logTexts(hooks, 'runner')).toContain('Kiro spent 1.00 credits.')
})

test('says that tools were denied, and does not believe what Kiro made of it', async () => {
  await using rig = await startKiroRig({ scene: 'chat-denied', kiro: { engine: 'chat' } })
  const build = await buildWith(rig)
  expect(build.last.data.event).toMatchObject({ type: 'build.failed', code: 'nothing_built' })
  expect(logTexts(rig.receiver.taken(), 'runner')).toContain(
    'Kiro was denied 1 tools: nobody is there to be asked.',
  )
})

test.each([
  ['chat-error', 'agent_error', /\(prompt\): No capacity/],
  ['chat-error-0', 'agent_error', /\(model\): No such model/],
  ['chat-key', 'agent_needs_login', /KIRO_API_KEY/],
  ['chat-nothing', 'agent_died', /exit code 0 without saying that it finished.*panicked/],
  ['chat-mcp', 'agent_died', /exit code 3 \(an MCP server did not start\)/],
])('does not trust the exit code of %s', async (scene, code, message) => {
  await using rig = await startKiroRig({ scene, kiro: { engine: 'chat' } })
  const { last } = await buildWith(rig)
  expect(last.data.event).toMatchObject({
    type: 'build.failed',
    code,
    message: expect.stringMatching(message),
  })
})

test('ends a chat that falls silent, with everything that it started', async () => {
  await using line = await openLifeline()
  await using rig = await startKiroRig({
    scene: 'chat-stalls',
    value: line.port,
    kiro: { engine: 'chat' },
    config: { limits: { idleMs: 2_000, graceMs: 200 } },
  })
  await rig.order()
  await line.connected
  const last = await rig.receiver.until(isLast)
  expect(last.data.event).toMatchObject({ type: 'build.failed', code: 'agent_stalled' })
  await line.gone
})

test.each([
  [{ turns: 1 }, 'turn_limit'],
  [{ outputBytes: 100 }, 'output_limit'],
])('ends a chat that goes over a limit: %j', async (limits, code) => {
  const config = { limits: { graceMs: 200, ...limits } }
  await using rig = await startKiroRig({ scene: 'chat', kiro: { engine: 'chat' }, config })
  const { last } = await buildWith(rig)
  expect(last.data.event).toMatchObject({ type: 'build.failed', code })
})

test('names every way that did not work', async () => {
  await using rig = await startKiroRig({ scene: 'nothing-works' })
  const { last } = await buildWith(rig)
  expect(last.data.event).toMatchObject({
    type: 'build.failed',
    message: expect.stringMatching(/unknown command: chat/),
  })
})

test('says that kiro-cli is not installed', async () => {
  await using rig = await startKiroRig({
    scene: '',
    config: {
      agent: { name: 'kiro', command: '/nonexistent/kiro-cli', args: [], env: {}, mode: 'kiro' },
    },
  })
  const { last } = await rig.build()
  expect(last.data.event).toMatchObject({ type: 'build.failed', code: 'agent_not_started' })
})
