import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'

/** Sees a process live and die by the connection that it holds. */
export interface Lifeline extends AsyncDisposable {
  port: string
  /** Resolves when a process has connected. */
  connected: Promise<void>
  /** Resolves when that process is gone: the system closes its connection, whatever it ignores. */
  gone: Promise<void>
}

export async function openLifeline(): Promise<Lifeline> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = new Promise<Socket>((resolve) => server.once('connection', resolve))
  const gone = socket.then(
    (open) =>
      new Promise<void>((resolve) => {
        open.on('error', () => undefined)
        open.once('close', () => resolve())
        open.resume()
      }),
  )
  return {
    port: String((server.address() as AddressInfo).port),
    connected: socket.then((open) => once(open, 'data')).then(() => undefined),
    gone,
    async [Symbol.asyncDispose]() {
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
