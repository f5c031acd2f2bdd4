import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Act } from '../scripted-agent.ts'

const run = promisify(execFile)

/** Tells its whole environment in many ways and, where its argument says so, writes it down. */
export const act: Act = async ({ argument, say }) => {
  const env = JSON.stringify(process.env)
  const key = process.env.AGENT_API_KEY ?? ''
  await say(env)
  await say(JSON.stringify({ long: 'x '.repeat(4_100), env }))
  await say(`${key.slice(0, 4)}\u001b[31m${key.slice(4)}\u001b[0m`)
  await say(Buffer.from(key).toString('base64'))
  await say(Buffer.from(key).toString('hex'))
  await say(encodeURIComponent(key))
  process.stderr.write(`${env}\n`)
  process.stdout.write(`${env}\n`)
  const reason = `I needed ${key}`
  await writeFile(
    '.kiro/specs/demo/build-report.json',
    JSON.stringify({ tasks: [{ number: '2', state: 'open', reason }] }),
  )
  await run('git', [
    'rm',
    '--cached',
    '-q',
    '--ignore-unmatch',
    '.kiro/specs/demo/build-report.json',
  ])
  if (argument === 'file') {
    await mkdir('deep/er', { recursive: true })
    await writeFile('deep/er/.env', `KEY=${key}\n`)
  }
  if (argument === 'history') {
    await writeFile('.env', `KEY=${Buffer.from(key).toString('base64')}\n`)
    await run('git', ['add', '--all'])
    await run('git', ['commit', '--quiet', '--message', 'oops'])
    await run('git', ['rm', '--quiet', '-f', '.env'])
    await run('git', ['commit', '--quiet', '--message', 'nothing to see'])
  }
}
