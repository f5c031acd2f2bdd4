import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { buildFolder } from '../builds/build-folder.ts'
import { buildEnvironment } from '../process/environment.ts'
import { openSandbox } from '../sandbox/open-sandbox.ts'

/**
 * Stands for a runner that is killed as soon as it has started a program in a sandbox, before the
 * sandbox stands. The program would go on for ever.
 */
const [root = '', buildId = ''] = process.argv.slice(2)
const searchPath = '/usr/local/bin:/usr/bin:/bin'
const folder = buildFolder(path.join(root, 'build'))
for (const made of [folder.workspace, folder.home]) await mkdir(made, { recursive: true })
const sandbox = await openSandbox({ mode: 'required', root, searchPath, isOwnAgent: false })
sandbox.inside(folder)(
  {
    command: process.execPath,
    args: ['-e', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"],
    cwd: folder.workspace,
    env: buildEnvironment(searchPath, folder.home, buildId),
  },
  1_000,
)
process.kill(process.pid, 'SIGKILL')
