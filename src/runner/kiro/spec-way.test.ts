import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { BuildCreated } from '../../domain/build.ts'
import { planHash } from '../../domain/plan.ts'
import { probeSandbox } from '../sandbox/probe.ts'
import { openLifeline } from '../testing/lifeline.ts'
import { isLast, logTexts } from '../testing/rig.ts'
import { buildWith, startKiroRig } from './testing/kiro-rig.ts'

const { type: sandbox } = await probeSandbox('/usr/local/bin:/usr/bin:/bin')

const v3 = ['acp', '--agent-engine', 'v3', '--auth-method', 'cli']

const git = (folder: string, ...args: string[]) =>
  execFileSync('git', args, { cwd: folder, encoding: 'utf8' })

test('has Kiro run its tasks, and commits each one that it ticks', async () => {
  await using rig = await startKiroRig({ scene: 'works' })
  const build = await buildWith(rig)
  expect(build.last.data.event).toMatchObject({ type: 'build.completed', done: 3, total: 3 })
  expect(build.launches).toEqual([v3])
  const { folder = '', tasks } = build.status
  const commitOf = (id: string) => tasks.find((task) => task.id === id)?.commit ?? ''
  const filesOf = (id: string) =>
    git(folder, 'show', '--name-only', '--format=%s', commitOf(id)).split('\n').filter(Boolean)
  const tasksFile = '.kiro/specs/demo/tasks.md'
  expect(filesOf('1.1')).toEqual([
    'task 1.1: Set up the project',
    tasksFile,
    'package.json',
    'test/app.test.js',
  ])
  expect(filesOf('1.2')).toEqual(['task 1.2: Write the page', tasksFile, 'page.js'])
  expect(filesOf('2')).toEqual(['task 2: Send mail', tasksFile, 'mail.js'])
  expect(git(folder, 'status', '--porcelain')).toBe('')
  // Each commit ticks its own task alone, and the last of the sub-tasks their parent.
  const boxes = (id: string) =>
    [...git(folder, 'show', `${commitOf(id)}:${tasksFile}`).matchAll(/- \[(.)\]/g)].map(
      ([, box]) => box,
    )
  expect(boxes('1.1').join('')).toBe(' x   ')
  expect(boxes('1.2').join('')).toBe('xxx  ')
  expect(boxes('2').join('')).toBe('xxxx ')
})

test('says what Kiro says of its tasks once, and which way was taken', async () => {
  await using rig = await startKiroRig({ scene: 'works' })
  await buildWith(rig)
  const hooks = rig.receiver.taken()
  const said = logTexts(hooks, 'runner')
  expect(said.filter((line) => line.startsWith('Kiro: '))).toEqual([
    'Kiro: task 1.1 is under way.',
    'Kiro: task 1.1 is done, it says.',
    'Kiro: task 1.2 is under way.',
    'Kiro: task 1.2 is done, it says.',
    'Kiro: task 2 is under way.',
    'Kiro: task 2 is done, it says.',
  ])
  expect(said).toContain('Kiro is driven by Kiro’s own run of all tasks (V3).')
  expect(said).toContain('Kiro spent 1.50 credits.')
  expect(logTexts(hooks, 'agent')).toEqual(['I begin.'])
})

test('tells Kiro who asks and what it can do, and hands it the spec that lies there', async () => {
  await using rig = await startKiroRig({ scene: 'works' })
  const build = await buildWith(rig)
  expect(build.calls('initialize')).toEqual([
    expect.objectContaining({
      protocolVersion: 1,
      clientInfo: { name: 'talkwright-runner', version: '1' },
      clientCapabilities: expect.objectContaining({ terminal: expect.any(Boolean) }),
    }),
  ])
  const { folder = '' } = build.status
  const spec = path.join(folder, '.kiro/specs/demo')
  expect(build.calls('spec/resolveSession')).toEqual([
    { featureName: 'demo', strategy: 'reuse', workspacePaths: [folder] },
  ])
  const [invoked] = build.calls('spec/invoke')
  expect(invoked).toMatchObject({
    operation: 'runAllTasks',
    sessionId: 'sess_1',
    featureName: 'demo',
    tasksFilePath: path.join(spec, 'tasks.md'),
  })
  expect(invoked).toHaveProperty(
    'specDocuments',
    expect.arrayContaining(
      ['requirements.md', 'design.md', 'tasks.md'].map((name) => path.join(spec, name)),
    ),
  )
})

test('starts Kiro in a home of its own, without what is the runner’s, and never with -v', async () => {
  await using rig = await startKiroRig({ scene: 'works' })
  const { environment, launches, status } = await buildWith(rig)
  expect(environment['HOME']).toBe(path.join(status.folder ?? '', '..', 'home'))
  expect(environment['KIRO_API_KEY']).toBe('ksk_s3cret-value')
  expect(Object.keys(environment).filter((name) => name.startsWith('VITEST'))).toEqual([])
  expect(launches.flat()).not.toContain('-v')
})

test.skipIf(sandbox === 'missing')('runs Kiro in the sandbox as any agent', async () => {
  await using rig = await startKiroRig({ scene: 'works', config: { sandbox: 'required' } })
  const { last } = await buildWith(rig)
  expect(last.data.event).toMatchObject({ type: 'build.completed', done: 3, total: 3 })
})

test('answers every permission that Kiro asks for, once', async () => {
  await using rig = await startKiroRig({ scene: 'works' })
  const { answers } = await buildWith(rig)
  const allowed = { outcome: { outcome: 'selected', optionId: 'accept' } }
  expect(answers).toEqual([allowed, allowed, allowed, allowed])
})

test('asks Kiro to go on when it ends its turn early', async () => {
  await using rig = await startKiroRig({ scene: 'stops-early' })
  const build = await buildWith(rig)
  expect(build.last.data.event).toMatchObject({ type: 'build.completed', done: 3, total: 3 })
  expect(build.calls('spec/invoke')).toHaveLength(3)
  expect(logTexts(rig.receiver.taken(), 'runner')).toEqual(
    expect.arrayContaining([
      'Kiro ended its turn with 2 open tasks: it is asked to go on.',
      'Kiro ended its turn with 1 open tasks: it is asked to go on.',
    ]),
  )
})

test('asks no more often than it may', async () => {
  await using rig = await startKiroRig({ scene: 'stops-early', kiro: { rounds: 2 } })
  const build = await buildWith(rig)
  expect(build.last.data.event).toMatchObject({ type: 'build.completed', done: 2, total: 3 })
  expect(build.calls('spec/invoke')).toHaveLength(2)
  expect(build.status.tasks[2]?.reason).toBe('Kiro ended its turn without beginning this task.')
})

test('stops asking when a turn does nothing, and says what became of queued tasks', async () => {
  await using rig = await startKiroRig({ scene: 'queues' })
  const build = await buildWith(rig)
  expect(build.last.data.event).toMatchObject({ type: 'build.completed', done: 1, total: 3 })
  expect(build.calls('spec/invoke')).toHaveLength(2)
  const reasons = build.status.tasks.map(({ state, reason }) => [state, reason])
  expect(reasons.slice(0, 3)).toEqual([
    ['completed', undefined],
    ['not_started', 'Kiro ticked this task, but says that it failed: not verified.'],
    ['not_started', 'Kiro queued this task and never began it.'],
  ])
  // What was begun for the open task is put aside, so that the tests see what is committed.
  const { folder = '' } = build.status
  expect(git(folder, 'status', '--porcelain')).toBe('')
  expect(git(folder, 'stash', 'list')).toContain('left open')
  expect(readFileSync(path.join(folder, '.kiro/specs/demo/tasks.md'), 'utf8')).toContain(
    '- [ ] 1.2 Write the page',
  )
})

test('believes no claim that is not ticked, or for which nothing changed', async () => {
  await using rig = await startKiroRig({ scene: 'claims' })
  const { status } = await buildWith(rig)
  const [, page, mail] = status.tasks
  expect(page).toMatchObject({
    state: 'not_started',
    reason: 'Kiro ticked this task, but nothing was changed for it alone: not verified.',
  })
  expect(mail).toMatchObject({
    state: 'not_started',
    reason: 'Kiro says that this task is done, but did not tick it.',
  })
})

test('takes the session up again when Kiro dies, and hears no repeats of it', async () => {
  await using rig = await startKiroRig({ scene: 'dies-once' })
  const build = await buildWith(rig)
  expect(build.last.data.event).toMatchObject({ type: 'build.completed', done: 3, total: 3 })
  expect(build.launches).toEqual([v3, v3])
  expect(build.calls('session/load')).toEqual([
    { sessionId: 'sess_1', cwd: build.status.folder, mcpServers: [] },
  ])
  const hooks = rig.receiver.taken()
  expect(logTexts(hooks, 'agent')).toEqual(['out of memory'])
  expect(logTexts(hooks, 'runner').join('\n')).toMatch(/exit code 137.*started again \(1 of 3\)/)
})

test('goes on with what is committed when the runner is restarted', async () => {
  await using line = await openLifeline()
  await using rig = await startKiroRig({ scene: 'cut-off', value: line.port })
  const { build_id: id } = BuildCreated.parse(await (await rig.order()).json())
  await line.connected
  await rig.restart()
  const last = await rig.receiver.until(isLast)
  expect(last.data.event).toMatchObject({ type: 'build.completed', done: 3, total: 3 })
  const { folder = '', tasks } = await rig.status(id)
  expect(git(folder, 'show', `${tasks[1]?.commit}:page.js`)).toContain('export')
  await line.gone
})

test('asks for a fresh session when Kiro ends over one that it does not know', async () => {
  await using rig = await startKiroRig({ scene: 'loses-session' })
  const build = await buildWith(rig)
  expect(build.last.data.event).toMatchObject({ type: 'build.completed', done: 3, total: 3 })
  expect(build.launches).toHaveLength(3)
  expect(build.calls('session/load')).toHaveLength(1)
  expect(build.calls('spec/resolveSession')).toHaveLength(2)
})

test('asks for a fresh session when Kiro says that it does not know one', async () => {
  await using rig = await startKiroRig({ scene: 'forgets-session' })
  const build = await buildWith(rig)
  expect(build.last.data.event).toMatchObject({ type: 'build.completed', done: 3, total: 3 })
  expect(build.launches).toHaveLength(2)
})

test('gives a Kiro up that dies again and again, and keeps what it did', async () => {
  await using rig = await startKiroRig({ scene: 'dies-always', kiro: { restarts: 2 } })
  const build = await buildWith(rig)
  expect(build.last.data.event).toMatchObject({ type: 'build.failed', code: 'agent_died' })
  expect(build.launches).toHaveLength(3)
  expect(build.status.tasks[0]).toMatchObject({ id: '1.1', state: 'completed' })
})

test('needs no further start of a Kiro that dies when all is done', async () => {
  await using rig = await startKiroRig({ scene: 'dies-done' })
  const build = await buildWith(rig)
  expect(build.last.data.event).toMatchObject({ type: 'build.completed', done: 3 })
  expect(build.launches).toHaveLength(1)
})

test('lets no noise and no message without sense disturb it', async () => {
  await using rig = await startKiroRig({ scene: 'nonsense' })
  const build = await buildWith(rig)
  expect(build.last.data.event).toMatchObject({ type: 'build.completed', done: 3, total: 3 })
  expect(build.answers.slice(0, 2)).toEqual([
    { shellType: 'bash' },
    expect.objectContaining({ code: -32601 }),
  ])
  expect(logTexts(rig.receiver.taken(), 'agent')).toEqual(
    expect.arrayContaining(['Kiro 3.2.0', 'A new version is available!']),
  )
})

test('finds the namespace of Kiro’s methods in its handshake', async () => {
  await using rig = await startKiroRig({ scene: 'renamed', kiro: { rounds: 1 } })
  const build = await buildWith(rig)
  expect(build.calls('_acme/kiro/spec/invoke')).toHaveLength(1)
  expect(build.status.tasks[0]).toMatchObject({ id: '1.1', state: 'completed' })
  // What was told of another spec says nothing of this one.
  expect(build.status.tasks[2]?.reason).toBe('Kiro ended its turn without beginning this task.')
})

test('has optional tasks carried out one by one when they are ordered', async () => {
  await using rig = await startKiroRig({ scene: 'optional' })
  const build = await buildWith(rig, { include_optional: true })
  expect(build.last.data.event).toMatchObject({ type: 'build.completed', done: 4, total: 4 })
  expect(build.calls('spec/invoke')).toMatchObject([
    { operation: 'runAllTasks' },
    { operation: 'executeTask', taskId: '3. Write property tests' },
  ])
})

test('proves a checkpoint, for which nothing changes, by the tests', async () => {
  const tasks = '## Tasks\n\n- [ ] 1. Write it\n- [ ] 2. Checkpoint - Ensure all tests pass\n'
  const files = [{ path: '.kiro/specs/demo/tasks.md', content: tasks }]
  await using rig = await startKiroRig({ scene: 'checkpoint' })
  const build = await buildWith(rig, { files, plan_hash: await planHash(files) })
  expect(build.last.data.event).toMatchObject({ type: 'build.completed', done: 2, total: 2 })
  const commands = logTexts(rig.receiver.taken(), 'command')
  expect(commands).toEqual(['npm test', 'npm test'])
})

test('makes its own commits of those that Kiro made, and keeps the spec as approved', async () => {
  await using rig = await startKiroRig({ scene: 'commits', kiro: { rounds: 1 } })
  const { status } = await buildWith(rig)
  const folder = status.folder ?? ''
  const subjects = git(folder, 'log', '--reverse', '--format=%s').split('\n').filter(Boolean)
  expect(subjects.slice(1)).toEqual(['task 1.1: Set up the project', 'task 1.2: Write the page'])
  expect(readFileSync(path.join(folder, '.kiro/specs/demo/design.md'), 'utf8')).toBe(
    '# Design Document: Demo\n',
  )
})

test('ends a Kiro that falls silent, with everything that it started', async () => {
  await using line = await openLifeline()
  const limits = { idleMs: 2_000, graceMs: 200 }
  await using rig = await startKiroRig({ scene: 'stalls', value: line.port, config: { limits } })
  await rig.order()
  await line.connected
  const last = await rig.receiver.until(isLast)
  expect(last.data.event).toMatchObject({ type: 'build.failed', code: 'agent_stalled' })
  await line.gone
})

test('ends what Kiro left behind when its turn is over', async () => {
  await using line = await openLifeline()
  await using rig = await startKiroRig({ scene: 'leaves-child', value: line.port })
  const { last } = await rig.build()
  expect(last.type).toBe('build.completed')
  await line.gone
})

test.each([
  ['asks-for-token', 1],
  ['asks-for-token-and-refuses', 1],
  ['asks-for-token-late', 1],
  ['prints-login', 1],
  ['ends-without-login', 1],
  ['wants-login', 1],
  ['login-expires', 1],
])('says how to log in when Kiro %s, at once', async (scene, launches) => {
  await using rig = await startKiroRig({ scene })
  const build = await buildWith(rig)
  expect(build.last.data.event).toMatchObject({
    type: 'build.failed',
    code: 'agent_needs_login',
    message: expect.stringContaining('KIRO_API_KEY'),
  })
  expect(build.launches).toHaveLength(launches)
})

test.each([
  ['out-of-credits', 'agent_error', /Monthly limit reached/],
  ['refuses', 'agent_refused', /refused/],
])('fails a build whose Kiro is %s with %s', async (scene, code, message) => {
  await using rig = await startKiroRig({ scene })
  const { last } = await buildWith(rig)
  expect(last.data.event).toMatchObject({
    type: 'build.failed',
    code,
    message: expect.stringMatching(message),
  })
})
