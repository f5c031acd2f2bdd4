import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { Act } from '../scripted-agent.ts'

/** A process that holds a connection, deaf to all that can be ignored, and tells when it is up. */
const daemon = `
for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) process.on(signal, () => {})
const { connect } = require('node:net')
const line = connect(process.argv[1], () => line.write('up', () => connect(process.argv[2])))
setInterval(() => {}, 1000)`

/** A process in between, whose end makes the daemon nobody's child. */
const between = `
require('node:child_process').spawn(process.execPath, ['-e', ...process.argv.slice(1)], {
  stdio: 'ignore', detached: true,
}).unref()`

/** Leaves a daemon behind: forked twice, in a session of its own. */
export const act: Act = async ({ argument }) => {
  const [socket = '', how] = argument.split('|')
  // Relative, because the names of sockets are short.
  const server = createServer().listen('up.socket')
  await once(server, 'listening')
  const program = ['-e', between, daemon, socket, 'up.socket']
  const isUp = once(server, 'connection')
  await once(spawn(process.execPath, program, { stdio: 'ignore' }), 'exit')
  await isUp
  server.close()
  if (how === 'stay') await new Promise(() => setInterval(() => undefined, 60_000))
}
