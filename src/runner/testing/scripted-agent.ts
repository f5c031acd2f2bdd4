import { execFile, spawn } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable, Writable } from 'node:stream'
import { promisify } from 'node:util'
import { agent, methods, ndJsonStream, RequestError } from '@agentclientprotocol/sdk'
import type { AgentContext, StopReason } from '@agentclientprotocol/sdk'

/** An agent for tests: `node scripted-agent.ts <script> [argument]`. */

const run = promisify(execFile)
const [script = 'works', argument = ''] = process.argv.slice(2)
const tasksFile = '.kiro/specs/demo/tasks.md'

export interface Scene {
  client: AgentContext
  sessionId: string
  cwd: string
}

/** What a scene does before the agent carries its tasks out. */
export type Act = (
  scene: Scene & { argument: string; say: (text: string) => Promise<void> },
) => Promise<void>

const say = ({ client, sessionId }: Scene, text: string) =>
  client.notify(methods.client.session.update, {
    sessionId,
    update: { sessionUpdate: 'agent_message_chunk', content: { type: 'text', text } },
  })

async function report(scene: Scene, id: string, title: string, file: string): Promise<void> {
  const { client, sessionId, cwd } = scene
  await client.notify(methods.client.session.update, {
    sessionId,
    update: {
      sessionUpdate: 'tool_call',
      toolCallId: id,
      title,
      kind: 'edit',
      status: 'in_progress',
      locations: [{ path: path.join(cwd, file) }],
    },
  })
  await client.notify(methods.client.session.update, {
    sessionId,
    update: { sessionUpdate: 'tool_call_update', toolCallId: id, status: 'completed' },
  })
}

async function tick(number: string): Promise<void> {
  const text = await readFile(tasksFile, 'utf8')
  const lines = text
    .split('\n')
    .map((line) => (line.includes(`] ${number} `) ? line.replace('[ ]', '[x]') : line))
  await writeFile(tasksFile, lines.join('\n'))
}

async function writeApp(passing: boolean): Promise<void> {
  await mkdir('test', { recursive: true })
  const scripts = { test: 'node --test' }
  await writeFile('package.json', JSON.stringify({ name: 'demo', type: 'module', scripts }))
  await writeFile(
    'test/app.test.js',
    `import test from 'node:test'
import assert from 'node:assert'
test('adds', () => assert.equal(1 + 1, ${passing ? 2 : 3}))
test('environment', () => assert.equal(process.env.HOST_SECRET, undefined))
`,
  )
}

/** Takes the tests away, and has this `test` script succeed without them. */
async function dropTests(test: string): Promise<void> {
  await rm('test', { recursive: true })
  await writeFile('quiet.js', '')
  await writeFile(
    'package.json',
    JSON.stringify({ name: 'demo', type: 'module', scripts: { test } }),
  )
}

/** A test that never ends, and holds a connection to a test's server meanwhile. */
async function writeHangingTest(port: string): Promise<void> {
  await writeFile(
    'test/hangs.test.js',
    `import test from 'node:test'
import { connect } from 'node:net'
test('hangs', () => new Promise(() => {
  const socket = connect(${Number(port)}, '127.0.0.1', () => socket.write('up'))
}))
`,
  )
}

async function commit(subject: string): Promise<void> {
  await run('git', ['add', '--all'])
  await run('git', ['commit', '--quiet', '--allow-empty', '--message', subject])
}

async function carryOut(scene: Scene, passing: boolean): Promise<void> {
  await say(scene, 'I begin with ')
  await say(scene, 'the project.\n')
  await writeApp(passing)
  await tick('1.1')
  await commit('task 1.1: Set up the project')
  await report(scene, 'a', 'Write package.json', 'package.json')
  await tick('1.2')
  await commit('task 1.2: Write the page')
  await report(scene, 'b', 'Write the page', 'page.js')
  const reason = 'No mail server can be reached.'
  await writeFile(
    '.kiro/specs/demo/build-report.json',
    JSON.stringify({ tasks: [{ number: '2', state: 'open', reason }] }),
  )
  await commit('chore: report')
}

/** Starts a process that holds a connection to a test's server for as long as it lives. */
async function leaveChild(port: string): Promise<void> {
  const code = `process.on('SIGTERM', () => {})
const socket = require('node:net').connect(${Number(port)}, '127.0.0.1', () => socket.write('up'))
setInterval(() => {}, 1000)`
  spawn(process.execPath, ['-e', code], { stdio: 'ignore' })
}

async function writeOutside(scene: Scene): Promise<void> {
  const { client, sessionId, cwd } = scene
  await run('ln', ['-s', '..', 'up'])
  for (const target of ['../escaped', 'up/escaped', '/tmp/escaped', '.git/hooks/pre-commit']) {
    const file = path.isAbsolute(target) ? target : `${cwd}/${target}`
    const answer = await client
      .request(methods.client.fs.writeTextFile, { sessionId, path: file, content: 'x' })
      .then(
        () => 'written',
        () => 'refused',
      )
    await say(scene, `${target}: ${answer}\n`)
  }
  const inside = { sessionId, path: path.join(cwd, 'notes/inside.txt'), content: 'a\nb\nc' }
  await client.request(methods.client.fs.writeTextFile, inside)
  const { content } = await client.request(methods.client.fs.readTextFile, {
    ...inside,
    line: 2,
    limit: 1,
  })
  await say(scene, `inside: ${content}\n`)
}

/** Plays a scene of a file of its own: `plays <file> <argument>`. */
async function play(scene: Scene): Promise<void> {
  const { act } = (await import(argument)) as { act: Act }
  await act({ ...scene, argument: process.argv[4] ?? '', say: (text) => say(scene, `${text}\n`) })
}

const forever = () => new Promise<never>(() => setInterval(() => undefined, 60_000))

async function perform(scene: Scene): Promise<StopReason> {
  switch (script) {
    case 'dies':
      process.stderr.write('out of luck\n')
      return process.exit(7)
    case 'stalls':
      await leaveChild(argument)
      return forever()
    case 'hangs':
      return forever()
    case 'leaves-child':
      await leaveChild(argument)
      break
    case 'claims':
      await writeApp(true)
      for (const number of ['1.1', '1.2', '2']) await tick(number)
      await commit('everything is done')
      await say(scene, 'All tasks are done and verified!\n')
      return 'end_turn'
    case 'rewrites':
      await writeFile(tasksFile, '# Implementation Plan: x\n\n## Tasks\n\n- [x] 1.1 Nothing\n')
      await commit('task 1.1: Nothing')
      return 'end_turn'
    case 'writes-outside':
      await writeOutside(scene)
      break
    case 'garbage':
      process.stdout.write('\u001b[31mWelcome\u001b[0m\nnot json\n[]\n{"half":\n')
      await say(scene, '\u001b[32mgreen\u001b[0m \u0007bell, the key is s3cret-value\n')
      break
    case 'chats':
      for (let line = 0; line < Number(argument); line += 1) await say(scene, `line ${line}\n`)
      break
    case 'chats-and-hangs':
      for (let line = 0; line < Number(argument); line += 1) await say(scene, `line ${line}\n`)
      return forever()
    case 'hanging-tests':
      await mkdir('test')
      await writeHangingTest(argument)
      break
    case 'redirects':
      await run('git', ['config', `url.${argument}.insteadOf`, 'http://127.0.0.1'])
      await run('git', ['config', 'http.proxy', argument])
      await writeFile('../home/.gitconfig', `[http]\n\tproxy = ${argument}\n`)
      break
    case 'refuses':
      return 'refusal'
    case 'wants-login':
      throw RequestError.authRequired()
    case 'plays':
      await play(scene)
      break
    default:
      break
  }
  await carryOut(scene, script !== 'fails-tests')
  if (script === 'leaves-loose') await writeFile('loose.js', 'export const loose = true\n')
  if (script === 'tests-nothing') await dropTests(argument)
  return 'end_turn'
}

let cwd = process.cwd()

agent({ name: 'scripted' })
  .onRequest(methods.agent.initialize, () => ({ protocolVersion: script === 'speaks-2' ? 2 : 1 }))
  .onRequest(methods.agent.session.new, ({ params }) => {
    cwd = params.cwd
    return { sessionId: 'session-1' }
  })
  .onRequest(methods.agent.session.prompt, async ({ params, client }) => {
    const scene = { client, sessionId: params.sessionId, cwd }
    const [block] = params.prompt
    if (block?.type === 'text') {
      await writeFile(path.join(process.env.HOME ?? '', 'prompt.txt'), block.text)
    }
    return { stopReason: await perform(scene) }
  })
  .connect(ndJsonStream(Writable.toWeb(process.stdout), Readable.toWeb(process.stdin)))
