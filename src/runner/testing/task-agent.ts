import { execFile } from 'node:child_process'
import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { Readable, Writable } from 'node:stream'
import { promisify } from 'node:util'
import { agent, methods, ndJsonStream } from '@agentclientprotocol/sdk'
import type { StopReason } from '@agentclientprotocol/sdk'
import { z } from 'zod'

/**
 * An agent for tests that is handed one task at a time: `node task-agent.ts <script>`. The script is
 * JSON: for each task's number what it does in its first turn, its second and so on; a task that is
 * not named is carried out well.
 */

const run = promisify(execFile)
const Script = z.record(z.string(), z.array(z.string()))
const script = Script.parse(JSON.parse(process.argv[2] ?? '{}'))
const turns = new Map<string, number>()

async function writePackage(): Promise<void> {
  const scripts = { test: 'node --test' }
  await writeFile('package.json', JSON.stringify({ name: 'demo', type: 'module', scripts }))
}

async function writeTest(number: string, name: string, passing: boolean): Promise<void> {
  await mkdir('test', { recursive: true })
  await writeFile(
    `test/task-${number}.test.js`,
    `import test from 'node:test'
import assert from 'node:assert'
test(${JSON.stringify(name)}, () => assert.equal(1 + 1, ${passing ? 2 : 3}))
`,
  )
}

async function carryOut(number: string): Promise<void> {
  await writePackage()
  await writeTest(number, `task ${number} works`, true)
}

async function act(number: string, action: string): Promise<StopReason> {
  switch (action) {
    case 'works':
      await carryOut(number)
      break
    case 'breaks':
      await writeTest(number, `task ${number} works`, false)
      await writeFile('broken.js', 'export const broken = true\n')
      break
    case 'nothing':
      break
    case 'refuses':
      return 'refusal'
    case 'dies':
      return process.exit(7)
    case 'commits':
      await carryOut(number)
      await run('git', ['checkout', '--quiet', '-b', 'mine'])
      await run('git', ['add', '--all'])
      await run('git', ['commit', '--quiet', '--message', 'task 2: Send mail'])
      break
    case 'edits-spec':
      await carryOut(number)
      await rm('.kiro/specs/demo/design.md')
      await appendFile('.kiro/specs/demo/tasks.md', '- [x] 9. Another task\n')
      await mkdir('.kiro/hooks', { recursive: true })
      await writeFile('.kiro/hooks/evil.json', '{}')
      break
    default:
      throw new Error(`The script has no action ${action}.`)
  }
  return 'end_turn'
}

agent({ name: 'task-agent' })
  .onRequest(methods.agent.initialize, () => ({ protocolVersion: 1 }))
  .onRequest(methods.agent.session.new, () => ({ sessionId: 'session-1' }))
  .onRequest(methods.agent.session.prompt, async ({ params }) => {
    const [block] = params.prompt
    const text = block?.type === 'text' ? block.text : ''
    await appendFile('../prompts.txt', `${text}\n----\n`)
    const number = /\b[Tt]ask ([\d.]*\d)/.exec(text)?.[1] ?? ''
    const turn = turns.get(number) ?? 0
    turns.set(number, turn + 1)
    return { stopReason: await act(number, script[number]?.[turn] ?? 'works') }
  })
  .connect(ndJsonStream(Writable.toWeb(process.stdout), Readable.toWeb(process.stdin)))
