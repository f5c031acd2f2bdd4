import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { unzipSync } from 'fflate'
import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { BuildLogLine } from '../domain/build.ts'
import { demoOrder, logTexts, playing, startRig } from './testing/rig.ts'

const LogPage = z.object({ items: z.array(BuildLogLine), next: z.number().nullable() })

test('carries a plan out and tells every step in order', async () => {
  vi.stubEnv('HOST_SECRET', 'must not reach the agent')
  await using rig = await startRig({ script: 'works' })
  const { id, last } = await rig.build()
  vi.unstubAllEnvs()

  const hooks = rig.receiver.taken()
  expect(hooks.map((hook) => hook.data.sequence)).toEqual(hooks.map((_, index) => index + 1))
  expect(hooks[0]?.data.event).toEqual({ type: 'build.started', agent: 'scripted' })
  expect(hooks.every((hook) => hook.data.metadata.build === 'b1')).toBe(true)
  expect(rig.receiver.received[0]?.id).toBe(`msg_${id}_1`)

  const status = await rig.status(id)
  expect(status).toMatchObject({ state: 'completed', sequence: hooks.length })
  const folder = status.folder ?? ''
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' })
  const head = git('rev-parse', 'HEAD').trim()
  expect(last.data.event).toEqual({
    type: 'build.completed',
    done: 2,
    total: 3,
    tests: { passed: 2, failed: 0 },
    commit: head,
    folder,
  })
  expect(status.tasks.map(({ id, state }) => [id, state])).toEqual([
    ['1.1', 'completed'],
    ['1.2', 'completed'],
    ['2', 'not_started'],
    ['3', 'not_started'],
  ])
  expect(git('show', '-s', '--format=%s', status.tasks[0]?.commit ?? '')).toContain('task 1.1: ')
  expect(status.tasks[2]?.reason).toBe('No mail server can be reached.')
  const { plan_hash } = await demoOrder('http://localhost/')
  const [first] = git('log', '--reverse', '--format=%s by %an').split('\n')
  expect(first).toBe(`spec: ${plan_hash} by Talkwright Builder`)
  expect(path.basename(path.dirname(folder))).toMatch(/^demo-a-page-with-mail-[0-9a-f]{8}$/)
})

test('commits what an agent left loose before the tests speak of the commit', async () => {
  await using rig = await startRig({ script: 'leaves-loose' })
  const { id, last } = await rig.build()
  const { folder = '' } = await rig.status(id)
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' })
  expect(last.data.event).toMatchObject({
    type: 'build.completed',
    commit: git('rev-parse', 'HEAD').trim(),
  })
  expect(git('show', '--format=', '--name-only', 'HEAD').trim()).toBe('loose.js')
  expect(git('status', '--porcelain')).toBe('')
  expect(logTexts(rig.receiver.taken(), 'runner').join()).toContain('1 changed files without')
})

test.skipIf(process.platform !== 'linux')(
  'keeps no file of a build open that has ended',
  async () => {
    await using rig = await startRig({ script: 'works' })
    const { id } = await rig.build()
    expect((await rig.status(id)).state).toBe('completed')
    const open = () =>
      readdirSync('/proc/self/fd').flatMap((descriptor) => {
        try {
          return readlinkSync(`/proc/self/fd/${descriptor}`)
        } catch {
          return []
        }
      })
    await expect.poll(() => open().filter((file) => file.startsWith(rig.root))).toEqual([])
  },
)

test('tests without the code that a .gitignore keeps out of what is handed on', async () => {
  await using rig = await startRig({ script: '', config: { agent: playing('hide', '') } })
  const { id, last } = await rig.build()
  expect(last.data.event).toMatchObject({ type: 'build.failed', code: 'tests_failed' })
  expect(logTexts(rig.receiver.taken(), 'runner')).toContainEqual(
    expect.stringMatching(/^\.gitignore keeps these files out .*: lib\/$/),
  )
  const { folder = '' } = await rig.status(id)
  expect(readdirSync(path.join(folder, 'lib'))).toEqual(['sum.js'])
  expect(readdirSync(path.dirname(folder)).filter((name) => name.startsWith('left-out'))).toEqual(
    [],
  )
})

test('logs what the agent says, the files it changes and what the tests print', async () => {
  await using rig = await startRig({ script: 'works' })
  await rig.build()
  const hooks = rig.receiver.taken()
  expect(logTexts(hooks, 'agent')).toEqual(['I begin with the project.'])
  expect(logTexts(hooks, 'file')).toEqual([
    'Write package.json package.json',
    'Write the page page.js',
  ])
  expect(logTexts(hooks, 'command')).toEqual(['npm test'])
  expect(logTexts(hooks, 'test').join('\n')).toContain('pass 2')
})

test('logs the last words of a turn, also when its end comes with them', async () => {
  const program = fileURLToPath(new URL('./testing/hasty-agent.ts', import.meta.url))
  const hasty = { name: 'hasty', command: process.execPath, args: [program], env: {} }
  const agent = { ...hasty, mode: 'whole' as const }
  await using rig = await startRig({ script: '', config: { agent } })
  await rig.build()
  const said = Array.from({ length: 50 }, (_, index) => `line ${index + 1}`)
  expect(logTexts(rig.receiver.taken(), 'agent')).toEqual(said)
})

test('hands the agent a prompt that names the spec and whether optional tasks count', async () => {
  await using rig = await startRig({ script: 'works' })
  const { id, last } = await rig.build({ include_optional: true })
  const { folder = '' } = await rig.status(id)
  const prompt = readFileSync(path.join(folder, '../home/prompt.txt'), 'utf8')
  expect(prompt).toContain('spec `demo`')
  expect(prompt.split('\n')).toContain('include-optional: true')
  expect(last.data.event).toMatchObject({ done: 2, total: 4 })
})

test('serves the events after a sequence and the workspace as a zip', async () => {
  await using rig = await startRig({ script: 'works' })
  const { id } = await rig.build()
  const page = await rig.call(`/v1/builds/${id}/events?after=2&limit=3`)
  const all = rig.receiver.taken()
  expect(await page.json()).toEqual({ items: all.slice(2, 5) })
  const zip = await rig.call(`/v1/builds/${id}/artifact`)
  expect(zip.headers.get('content-type')).toBe('application/zip')
  const names = Object.keys(unzipSync(new Uint8Array(await zip.arrayBuffer())))
  expect(names).toContain('package.json')
  expect(names).toContain('.kiro/specs/demo/tasks.md')
  expect(names.filter((name) => name.startsWith('.git/'))).toEqual([])
})

test('serves the repository as a git bundle that clones', async () => {
  await using rig = await startRig({ script: 'works' })
  const { id, last } = await rig.build()
  const answer = await rig.call(`/v1/builds/${id}/artifact?format=bundle`)
  expect(answer.headers.get('content-type')).toBe('application/x-git-bundle')
  const bundle = path.join(rig.root, 'build.bundle')
  writeFileSync(bundle, Buffer.from(await answer.arrayBuffer()))
  const clone = path.join(rig.root, 'clone')
  execFileSync('git', ['clone', '--quiet', bundle, clone])
  const git = (...args: string[]) => execFileSync('git', args, { cwd: clone, encoding: 'utf8' })
  expect(last.data.event).toMatchObject({ commit: git('rev-parse', 'HEAD').trim() })
  expect(git('log', '--format=%s')).toContain('task 1.1: Set up the project')
  expect(git('branch', '--show-current').trim()).toBe('main')
  const { folder = '' } = await rig.status(id)
  const left = readdirSync(path.dirname(folder), { recursive: true })
  expect(left.filter((name) => String(name).includes('bundle'))).toEqual([])
})

test('hands out no objects of another repository that the workspace was led to', async () => {
  await using rig = await startRig({ script: 'works' })
  const { id } = await rig.build()
  const { folder = '' } = await rig.status(id)
  writeFileSync(path.join(folder, '.git/objects/info/alternates'), `${rig.root}\n`)
  const answer = await rig.call(`/v1/builds/${id}/artifact?format=bundle`)
  expect(answer.status).toBe(409)
  expect(await answer.json()).toMatchObject({ code: 'repository_not_own' })
})

test('serves the log by kind, a page at a time, and as text', async () => {
  await using rig = await startRig({ script: 'works' })
  const { id } = await rig.build()
  const said = rig.receiver.taken().filter(({ type }) => type === 'build.log')
  const page = async (query: string) => {
    const answer = await rig.call(`/v1/builds/${id}/log?${query}`)
    expect(answer.status).toBe(200)
    return LogPage.parse(await answer.json())
  }
  const all = await page('')
  expect(all.next).toBe(null)
  expect(all.items.map(({ sequence }) => sequence)).toEqual(said.map((hook) => hook.data.sequence))

  const chosen = all.items.filter(({ kind }) => kind === 'file' || kind === 'command')
  const walked: BuildLogLine[] = []
  for (let next: number | null = 0; next !== null;) {
    const part = await page(`kind=file,command&limit=1&after=${next}`)
    expect(part.items).toHaveLength(1)
    walked.push(...part.items)
    next = part.next
  }
  expect(walked).toEqual(chosen)

  const text = await rig.call(`/v1/builds/${id}/log.txt?kind=command`)
  expect(text.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(await text.text()).toMatch(/^\S+ command npm test\n$/)
  expect((await rig.call(`/v1/builds/${id}/log?kind=noise`)).status).toBe(422)
  expect((await rig.call('/v1/builds/none/log.txt')).status).toBe(404)
})

test.each([
  ['fails-tests', 'tests_failed', /1 failed, 1 passed/],
  ['dies', 'agent_died', /exit code 7/],
  ['claims', 'nothing_built', /no task is ticked and committed/],
  ['rewrites', 'nothing_built', /nothing was built/],
  ['refuses', 'agent_refused', /refused/],
  ['speaks-2', 'agent_error', /version 2 of ACP/],
  ['wants-login', 'agent_needs_login', /API key/],
])('fails a build whose agent %s with %s', async (script, code, message) => {
  await using rig = await startRig({ script })
  const { id, last } = await rig.build()
  expect(last.data.event).toMatchObject({ type: 'build.failed', code })
  expect(last.data.event).toHaveProperty('message', expect.stringMatching(message))
  expect((await rig.status(id)).error?.code).toBe(code)
})

test.each(['true', 'echo all tests passed', 'node --test', 'node quiet.js', 'npm --version > v'])(
  'completes no build whose test script shows nothing: %s',
  async (argument) => {
    await using rig = await startRig({ script: 'tests-nothing', argument })
    const { last } = await rig.build()
    expect(last.data.event).toMatchObject({ type: 'build.failed', code: 'no_tests' })
  },
)

test('reports a tick without a commit of its own as open, with the reason', async () => {
  await using rig = await startRig({ script: 'claims' })
  const { id } = await rig.build()
  const { tasks } = await rig.status(id)
  expect(tasks.map((task) => task.state)).toEqual(Array(4).fill('not_started'))
  expect(tasks[0]?.reason).toMatch(/no commit of its own/)
})

test('holds tasks.md against the approved plan', async () => {
  await using rig = await startRig({ script: 'rewrites' })
  const { id } = await rig.build()
  const { tasks } = await rig.status(id)
  expect(tasks[0]).toMatchObject({ title: 'Set up the project', state: 'not_started' })
  expect(tasks[0]?.reason).toMatch(/removed or rewrote/)
})

test('shows the last words of an agent that died', async () => {
  await using rig = await startRig({ script: 'dies' })
  await rig.build()
  expect(logTexts(rig.receiver.taken(), 'agent')).toContain('out of luck')
})

test('says that an agent could not be started', async () => {
  const agent = {
    name: 'none',
    command: '/nonexistent/agent',
    args: [],
    env: {},
    mode: 'whole' as const,
  }
  await using rig = await startRig({ script: '', config: { agent } })
  const { last } = await rig.build()
  expect(last.data.event).toMatchObject({ type: 'build.failed', code: 'agent_not_started' })
})

test('serves files within the workspace only', async () => {
  await using rig = await startRig({ script: 'writes-outside' })
  const { last } = await rig.build()
  const hooks = rig.receiver.taken()
  expect(logTexts(hooks, 'agent')).toEqual(
    expect.arrayContaining([
      '../escaped: refused',
      'up/escaped: refused',
      '/tmp/escaped: refused',
      '.git/hooks/pre-commit: refused',
      'inside: b',
    ]),
  )
  expect(logTexts(hooks, 'runner').filter((text) => text.startsWith('Refused'))).toHaveLength(4)
  expect(last.type).toBe('build.completed')
  expect(
    readdirSync(rig.root, { recursive: true }).map((name) => path.basename(String(name))),
  ).not.toContain('escaped')
})

test('survives noise on the standard output, and logs it clean and without secrets', async () => {
  await using rig = await startRig({ script: 'garbage' })
  const { last } = await rig.build()
  expect(last.type).toBe('build.completed')
  const texts = logTexts(rig.receiver.taken(), 'agent')
  expect(texts).toEqual(
    expect.arrayContaining(['Welcome', 'not json', 'green bell, the key is [secret]']),
  )
})

test('bounds the log of a chatty agent, and keeps room for the tests', async () => {
  await using rig = await startRig({
    script: 'chats',
    argument: '200',
    config: { limits: { logLines: 60, graceMs: 1_000 } },
  })
  await rig.build()
  const hooks = rig.receiver.taken()
  // One line is the runner's own: that there is no sandbox.
  expect(logTexts(hooks, 'agent')).toHaveLength(29)
  expect(logTexts(hooks).filter((text) => text.includes('left out'))).toHaveLength(1)
  expect(logTexts(hooks, 'test').join('\n')).toContain('pass 2')
})
