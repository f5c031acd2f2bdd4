import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { findOpencode } from '../../test/support/opencode.ts'
import type { RunnerConfig } from './main.ts'
import { probeSandbox } from './sandbox/probe.ts'
import {
  startChatServer,
  type ChatServer,
  type Saying,
  type Situation,
} from './testing/chat-server.ts'
import { logTexts, startRig } from './testing/rig.ts'
import { orderWithCriteria } from './testing/task-rig.ts'

const opencode = findOpencode(process.env)
const { type: sandbox } = await probeSandbox('/usr/local/bin:/usr/bin:/bin')

const testFile = (name: string, passes: boolean) => `import test from 'node:test'
import assert from 'node:assert/strict'
import { books } from '../books.js'

test('${name}', () => assert.equal(books.length, ${passes ? 0 : 1}))
`

const packageJson = JSON.stringify({
  name: 'books',
  type: 'module',
  scripts: { test: 'node --test' },
})

/** The files that the model writes for a prompt. */
function filesFor(said: string): readonly [string, string][] {
  if (said.includes('Carry out task 1.1')) {
    return [
      ['package.json', packageJson],
      ['books.js', 'export const books = []\n'],
      ['test/books.test.js', testFile('1.1 keeps the title of each book', true)],
    ]
  }
  if (said.includes('Carry out task 1.2')) {
    return [['test/show.test.js', testFile('1.2 shows the book', false)]]
  }
  if (said.includes('Task 1.2 is not done yet')) {
    return [['test/show.test.js', testFile('1.2 shows the book', true)]]
  }
  return [['test/lend.test.js', testFile('2.1 notes the member', true)]]
}

/** Writes one file after the other, then says that it is done. */
function script({ said, answers, system }: Situation): Saying {
  const file = filesFor(said)[answers]
  if (file === undefined) return { text: 'All done, and every test passes!' }
  const [name, content] = file
  const workspace = /Working directory: (\S+)/.exec(system)?.[1] ?? ''
  return { tool: 'write', input: { filePath: `${workspace}/${name}`, content } }
}

/** opencode as its own configuration has it talk to the model. */
function agentFor(model: ChatServer): RunnerConfig['agent'] {
  const limit = { context: 128_000, output: 8_000 }
  const configuration = {
    model: 'local/m1',
    small_model: 'local/m1',
    share: 'disabled',
    autoupdate: false,
    permission: { edit: 'ask' },
    provider: {
      local: {
        npm: '@ai-sdk/openai-compatible',
        options: { baseURL: model.baseUrl, apiKey: 'a-key-of-the-model' },
        models: { m1: { tool_call: true, limit } },
      },
    },
  }
  return {
    name: 'opencode',
    command: opencode ?? 'opencode',
    args: ['acp'],
    env: {
      OPENCODE_CONFIG_CONTENT: JSON.stringify(configuration),
      OPENCODE_DISABLE_AUTOUPDATE: '1',
      OPENCODE_DISABLE_MODELS_FETCH: '1',
    },
    network: { hosts: [`127.0.0.1:${model.port}`] },
    mode: 'tasks',
  }
}

// Skipped tests are named at the end of a run, with how to get what they lack.
test.skipIf(opencode === undefined)(
  'opencode builds a project task by task, with a model on this machine',
  async () => {
    await using model = await startChatServer(script)
    const agent = agentFor(model)
    const mode = sandbox === 'works' ? 'required' : 'off'
    await using rig = await startRig({ script: '', config: { agent, sandbox: mode } })
    const { id, last } = await rig.build(await orderWithCriteria())
    const hooks = rig.receiver.taken()
    const log = logTexts(hooks)
    expect(last.data.event).toMatchObject({
      type: 'build.completed',
      done: 4,
      total: 4,
      tests: { passed: 3, failed: 0 },
    })

    const { evidence, folder = '', progress, tasks } = await rig.status(id)
    expect(evidence).toEqual([
      { ref: '1.1', result: 'passed', test: '1.1 keeps the title of each book' },
      { ref: '1.2', result: 'passed', test: '1.2 shows the book' },
      { ref: '2.1', result: 'passed', test: '2.1 notes the member' },
    ])
    const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' })
    expect(git('log', '--format=%s', '--reverse').trim().split('\n').slice(1)).toEqual(
      tasks.map((task) => `task ${task.id}: ${task.title}`),
    )
    expect(
      git('show', '--format=', '--name-only', tasks[0]?.commit ?? '')
        .trim()
        .split('\n'),
    ).toEqual(['.kiro/specs/demo/tasks.md', 'books.js', 'package.json', 'test/books.test.js'])
    expect(git('status', '--porcelain')).toBe('')

    // One prompt for each task but the checkpoint, and one that gives 1.2 back with its output.
    const prompts = new Set(model.asked.map(({ said }) => said.trim().split('\n')[0]))
    expect([...prompts].map((line) => line?.slice(0, 24))).toEqual([
      'Carry out task 1.1 of th',
      'Carry out task 1.2 of th',
      'Task 1.2 is not done yet',
      'Carry out task 2 of the ',
    ])
    const given = model.asked.find(({ said }) => said.includes('is not done yet'))
    expect(given?.said).toContain('✖ 1.2 shows the book')

    // It asks before it writes, and writes by its client although none is offered.
    expect(log.filter((line) => line.startsWith('Allowed: '))).not.toEqual([])
    expect(logTexts(hooks, 'file')).toContain(`write ${folder}/books.js`)
    // It tells what it has cost, which is nothing here.
    expect(progress?.cost).toEqual({ amount: 0, currency: 'USD' })
  },
  // Four turns of a real agent, each a process of 177 MB to wake on a machine that may be busy.
  180_000,
)
