// An agent that carries a plan out without thinking: for each open task it says lines at a steady
// pace, each with the time at which it was said, then commits a file and the task's tick.
import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Readable, Writable } from 'node:stream'
import { promisify } from 'node:util'
import { agent, methods, ndJsonStream } from '@agentclientprotocol/sdk'
import { taskLeaves } from '../../src/runner/evidence/task-leaves.ts'
import { tickTask } from '../../src/kiro/tasks.ts'

const run = promisify(execFile)
const [lines = 10, pauseMs = 100] = process.argv.slice(2).map(Number)

async function commit(subject: string): Promise<void> {
  await run('git', ['add', '--all'])
  await run('git', ['commit', '--quiet', '--message', subject])
}

async function writeTest(): Promise<void> {
  const scripts = { test: 'node --test' }
  await mkdir('test')
  await writeFile('package.json', JSON.stringify({ name: 'replay', type: 'module', scripts }))
  await writeFile(
    'test/replay.test.js',
    `import test from 'node:test'\ntest('replays', () => {})\n`,
  )
}

agent({ name: 'replay' })
  .onRequest(methods.agent.initialize, () => ({ protocolVersion: 1 }))
  .onRequest(methods.agent.session.new, () => ({ sessionId: 'replay' }))
  .onRequest(methods.agent.session.prompt, async ({ params, client }) => {
    const [feature = ''] = await readdir('.kiro/specs')
    const file = path.join('.kiro/specs', feature, 'tasks.md')
    await writeTest()
    for (const { number, title, optional } of taskLeaves(await readFile(file, 'utf8'))) {
      if (optional) continue
      for (let line = 0; line < lines; line += 1) {
        const text = `frame ${performance.timeOrigin + performance.now()}\n`
        const content = { type: 'text' as const, text }
        const update = { sessionUpdate: 'agent_message_chunk' as const, content }
        await client.notify(methods.client.session.update, { ...params, update })
        await pause(pauseMs)
      }
      await writeFile(`task-${number}.js`, `export const task = '${number}'\n`)
      await writeFile(file, tickTask(await readFile(file, 'utf8'), number))
      await commit(`task ${number}: ${title}`)
    }
    return { stopReason: 'end_turn' as const }
  })
  .connect(ndJsonStream(Writable.toWeb(process.stdout), Readable.toWeb(process.stdin)))
