import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Act } from '../scripted-agent.ts'

/** A process that holds a connection, deaf to everything that can be ignored. */
const daemon = `
for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) process.on(signal, () => {})
const socket = require('node:net').connect(process.argv[1], () => socket.write('up'))
setInterval(() => {}, 1000)`

/** A process in between, whose end makes the daemon nobody's child. */
const between = `
require('node:child_process').spawn(process.execPath, ['-e', process.argv[1], process.argv[2]], {
  stdio: 'ignore', detached: true,
}).unref()`

/** Leaves a daemon behind: forked twice, in a session of its own. */
export const act: Act = async ({ argument }) => {
  const [socket = '', how] = argument.split('|')
  const child = spawn(process.execPath, ['-e', between, daemon, socket], { stdio: 'ignore' })
  await once(child, 'exit')
  if (how === 'stay') await new Promise(() => setInterval(() => undefined, 60_000))
}
