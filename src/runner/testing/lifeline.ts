import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Sees a process live and die by the connection that it holds. */
export interface Lifeline extends AsyncDisposable {
  port: string
  /** A folder that holds a socket, for processes that a sandbox keeps from the port. */
  folder: string
  socket: string
  /** Resolves when a process has connected. */
  connected: Promise<void>
  /** Resolves when that process is gone: the system closes its connection, whatever it ignores. */
  gone: Promise<void>
}

export async function openLifeline(): Promise<Lifeline> {
  const folder = await mkdtemp(path.join(tmpdir(), 'talkwright-lifeline-'))
  const local = path.join(folder, 'socket')
  const servers = [createServer().listen(0, '127.0.0.1'), createServer().listen(local)] as const
  await Promise.all(servers.map((server) => once(server, 'listening')))
  const socket = new Promise<Socket>((resolve) => {
    for (const server of servers) server.once('connection', resolve)
  })
  const gone = socket.then(
    (open) =>
      new Promise<void>((resolve) => {
        open.on('error', () => undefined)
        open.once('close', () => resolve())
        open.resume()
      }),
  )
  return {
    port: String((servers[0].address() as AddressInfo).port),
    folder,
    socket: local,
    connected: socket.then((open) => once(open, 'data')).then(() => undefined),
    gone,
    async [Symbol.asyncDispose]() {
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
      await rm(folder, { recursive: true, force: true })
    },
  }
}
