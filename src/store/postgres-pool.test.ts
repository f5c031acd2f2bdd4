import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { connect } from './postgres-pool.ts'

/** What a server says that lets a client in: AuthenticationOk and ReadyForQuery (protocol 3.0). */
const welcome = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49])

let server: Server | undefined
afterEach(() => {
  server?.close()
})

/** A server whose every connection breaks right after it was let in. */
async function breakingServer(): Promise<string> {
  server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => {
      socket.write(welcome, () => socket.resetAndDestroy())
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port was given.')
  return `postgres://user:password@127.0.0.1:${address.port}/database`
}

it('goes on when connections break between their making and their first use', async () => {
  const connections = connect({
    connectionString: await breakingServer(),
    max: 4,
    ownsSession: true,
    onError: () => undefined,
  })
  const answers = await Promise.allSettled(
    Array.from({ length: 100 }, () => connections.run('select 1')),
  )
  await connections.close()
  // Each use is told; an error that nobody hears would have ended the process.
  expect(answers.every(({ status }) => status === 'rejected')).toBe(true)
})
