import { execFile } from 'node:child_process'
import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable, Writable } from 'node:stream'
import { promisify } from 'node:util'
import { agent, methods, ndJsonStream } from '@agentclientprotocol/sdk'
import type { AgentContext, StopReason } from '@agentclientprotocol/sdk'
import { z } from 'zod'

/**
 * An agent for tests that is handed one task at a time: `node task-agent.ts <script>`. The script is
 * JSON: for each task's number what it does in its first turn, its second and so on; a task that is
 * not named is carried out well. A second argument says whether it `resumes`, `loads` or `forgets`
 * sessions.
 */

const run = promisify(execFile)
const inHome = (name: string) => path.join(process.env.HOME ?? '', name)
const Script = z.record(z.string(), z.array(z.string()))
const script = Script.parse(JSON.parse(process.argv[2] ?? '{}'))
const testNames = new Map<string, string[]>()
/** What it can do with a session of an earlier process. */
const memory = process.argv[3] ?? 'forgets'

const Turns = z.record(z.string(), z.number())

/** Counts a task's turns, also across processes. */
async function countTurn(number: string): Promise<number> {
  const text = await readFile(inHome('turns.json'), 'utf8').catch(() => '{}')
  const turns = Turns.parse(JSON.parse(text))
  const turn = turns[number] ?? 0
  await writeFile(inHome('turns.json'), JSON.stringify({ ...turns, [number]: turn + 1 }))
  return turn
}

async function writePackage(): Promise<void> {
  const scripts = { test: 'node --test' }
  await writeFile('package.json', JSON.stringify({ name: 'demo', type: 'module', scripts }))
}

async function writeTests(number: string, names: string[], passing: boolean): Promise<void> {
  await mkdir('test', { recursive: true })
  const tests = names.map(
    (name) => `test(${JSON.stringify(name)}, () => assert.equal(1 + 1, ${passing ? 2 : 3}))\n`,
  )
  const imports = `import test from 'node:test'\nimport assert from 'node:assert'\n`
  await writeFile(`test/task-${number}.test.js`, imports + tests.join(''))
}

interface Scene {
  client: AgentContext
  sessionId: string
  number: string
  /** Names for tests of the criteria that the prompt states; one for the task without any. */
  names: string[]
}

async function carryOut({ number, names }: Scene): Promise<void> {
  await writePackage()
  await writeTests(number, names, true)
}

async function tellCost({ client, sessionId }: Scene, amount: number): Promise<void> {
  await client.notify(methods.client.session.update, {
    sessionId,
    update: { sessionUpdate: 'usage_update', used: 1, size: 2, cost: { amount, currency: 'USD' } },
  })
}

const forever = () => new Promise<never>(() => setInterval(() => undefined, 60_000))

async function makeInnerRepository(): Promise<void> {
  await run('git', ['init', '--quiet', 'inner'])
  await writeFile('inner/a.js', 'export const a = 1\n')
  await run('git', ['-C', 'inner', 'add', '--all'])
  await run('git', ['-C', 'inner', 'commit', '--quiet', '--message', 'inner'])
}

async function editSpec(): Promise<void> {
  await rm('.kiro/specs/demo/design.md')
  await appendFile('.kiro/specs/demo/tasks.md', '- [x] 9. Another task\n')
  await mkdir('.kiro/hooks', { recursive: true })
  await writeFile('.kiro/hooks/evil.json', '{}')
}

/** Asks for leave and says what came of it. */
async function mayPublish({ client, sessionId }: Scene): Promise<boolean> {
  const { outcome } = await client.request(methods.client.session.requestPermission, {
    sessionId,
    toolCall: {
      toolCallId: 'publish',
      title: 'npm publish',
      kind: 'execute',
      rawInput: { command: 'npm publish' },
    },
    options: [
      { optionId: 'once', name: 'Once', kind: 'allow_once' },
      { optionId: 'no', name: 'No', kind: 'reject_once' },
    ],
  })
  return outcome.outcome === 'selected' && outcome.optionId === 'once'
}

async function act(scene: Scene, action: string): Promise<StopReason> {
  const { number, names } = scene
  switch (action) {
    case 'works':
      await carryOut(scene)
      break
    case 'asks':
      return (await mayPublish(scene)) ? act(scene, 'works') : 'refusal'
    case 'costs':
      await carryOut(scene)
      await tellCost(scene, 0.25)
      await tellCost(scene, 0.5)
      break
    case 'tells-secret':
      await writePackage()
      await writeTests(number, [`${names[0] ?? ''} with s3cret-value`], true)
      break
    case 'untested':
      await writePackage()
      await writeFile(`code-${number}.js`, 'export const code = true\n')
      break
    case 'breaks':
      await writeTests(number, names, false)
      await writeFile('broken.js', 'export const broken = true\n')
      break
    case 'hangs':
      await carryOut(scene)
      return forever()
    case 'commits-and-hangs':
      await act(scene, 'commits')
      return forever()
    case 'nothing':
      break
    case 'refuses':
      return 'refusal'
    case 'dies':
      return process.exit(7)
    case 'nests':
      await carryOut(scene)
      await makeInnerRepository()
      break
    case 'unnests':
      await rm('inner/.git', { recursive: true })
      break
    case 'commits':
      await carryOut(scene)
      await run('git', ['checkout', '--quiet', '-b', 'mine'])
      await run('git', ['add', '--all'])
      await run('git', ['commit', '--quiet', '--message', 'task 2: Send mail'])
      break
    case 'edits-spec':
      await carryOut(scene)
      await editSpec()
      break
    default:
      throw new Error(`The script has no action ${action}.`)
  }
  return 'end_turn'
}

agent({ name: 'task-agent' })
  .onRequest(methods.agent.initialize, () => ({
    protocolVersion: 1,
    agentCapabilities: {
      loadSession: memory === 'loads',
      sessionCapabilities: memory === 'resumes' ? { resume: {} } : {},
    },
  }))
  .onRequest(methods.agent.session.resume, () => ({}))
  .onRequest(methods.agent.session.load, async ({ params, client }) => {
    const content = { type: 'text' as const, text: 'said before\n' }
    await client.notify(methods.client.session.update, {
      sessionId: params.sessionId,
      update: { sessionUpdate: 'agent_message_chunk', content },
    })
    return {}
  })
  .onRequest(methods.agent.session.new, () => ({ sessionId: 'session-1' }))
  .onRequest(methods.agent.session.prompt, async ({ params, client }) => {
    const [block] = params.prompt
    const text = block?.type === 'text' ? block.text : ''
    await appendFile(inHome('prompts.txt'), `${text}\n----\n`)
    const number = /\b[Tt]ask ([\d.]*\d)/.exec(text)?.[1] ?? ''
    const turn = await countTurn(number)
    const stated = [...text.matchAll(/^- (\d+\.\d+): (.*)$/gm)]
    const criteria = stated.map(([, ref = '', words = '']) => `${ref} ${words}`)
    // A task that is given back is named by its number alone.
    const names = testNames.get(number) ?? (criteria.length > 0 ? criteria : [`task ${number}`])
    testNames.set(number, names)
    const scene = { client, sessionId: params.sessionId, number, names }
    return { stopReason: await act(scene, script[number]?.[turn] ?? 'works') }
  })
  .connect(ndJsonStream(Writable.toWeb(process.stdout), Readable.toWeb(process.stdin)))
