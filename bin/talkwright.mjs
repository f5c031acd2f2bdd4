#!/usr/bin/env node
// Starts the command line on a Node that runs TypeScript as it is. Plain JavaScript, because this
// file must run on older Nodes too: it finds the one that was installed along and hands over to it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const main = join(root, 'src', 'cli', 'main.ts')
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major > 22 || (major === 22 && minor >= 18)) {
  // Later starts find the sources compiled.
  module.enableCompileCache()
  const { runCli } = await import(main)
  await runCli(process.argv)
} else {
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const folders = [join(root, 'node_modules', '.bin'), join(root, '..', '.bin')]
  const node = folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
  if (node === undefined) {
    process.stderr.write(
      `Talkwright needs Node 22.18 or newer and this is ${process.versions.node}. Run npm ci again, or install a newer Node.\n`,
    )
    process.exit(1)
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` },
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1)
    else process.kill(process.pid, signal)
  })
}
