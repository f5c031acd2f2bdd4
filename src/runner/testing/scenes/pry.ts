import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile, readdir, symlink, writeFile } from 'node:fs/promises'
import { createServer, connect } from 'node:net'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Act } from '../scripted-agent.ts'

const run = promisify(execFile)

const outcome = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'yes',
    (error: NodeJS.ErrnoException) => `no ${error.code ?? error.message}`,
  )

function reach(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve()
    })
    socket.once('error', reject)
  })
}

async function reachOwnServer(): Promise<void> {
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  await reach((server.address() as { port: number }).port)
  server.close()
}

/** Tries everything that a build's agent has no business with, and says what came of it. */
export const act: Act = async ({ cwd, argument, say }) => {
  const { secret, port, pid } = JSON.parse(argument) as Record<string, string>
  const root = path.dirname(cwd)
  await symlink(secret ?? '', 'link')
  const attempts: Record<string, () => Promise<unknown>> = {
    'read a secret': () => readFile(secret ?? ''),
    'read a secret by a link': () => readFile('link'),
    'read the order': () => readFile(path.join(root, 'build.json')),
    'see no other build': () =>
      readdir(path.dirname(root)).then((names) => assert.equal(names.length, 1)),
    'read the keys of the machine': () => readFile('/etc/shadow'),
    'write to the system': () => writeFile('/usr/written', ''),
    'write beside the workspace': () => writeFile(path.join(root, 'written'), ''),
    'write a setting of the system': () =>
      readFile('/proc/sys/kernel/core_pattern').then((now) =>
        writeFile('/proc/sys/kernel/core_pattern', now),
      ),
    'see the runner': () => readFile(`/proc/${pid}/environ`),
    'reach the machine': () => reach(Number(port)),
    'reach a server of its own': () => reachOwnServer(),
    'write its work': () => writeFile('written', ''),
    'write to its home': () => writeFile(path.join(process.env.HOME ?? '', 'written'), ''),
    'write to /tmp': () => writeFile('/tmp/written', ''),
    'become another user': () => run('unshare', ['--user', '--map-root-user', 'true']),
    'mount something': () => run('mount', ['-t', 'tmpfs', 'none', '/tmp']),
  }
  for (const [name, attempt] of Object.entries(attempts)) {
    await say(`${name}: ${await outcome(attempt())}`)
  }
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  await say(`processes: ${processes.length < 10 ? 'few' : processes.length}`)
}
