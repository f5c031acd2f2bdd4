import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { Webhook } from 'standardwebhooks'
import { BuildWebhook } from '../../domain/build.ts'

export interface ReceivedWebhook {
  id: string
  webhook: BuildWebhook
  /** What the receiver answered. */
  status: number
}

/** A webhook receiver over HTTP that checks every signature. */
export interface Receiver extends AsyncDisposable {
  url: string
  /** Everything that arrived with a valid signature, repeats included. */
  received: ReceivedWebhook[]
  /** The events that were taken, without repeats. */
  taken(): BuildWebhook[]
  /** Resolves with the first webhook, past or future, that matches and was taken. */
  until(matches: (webhook: BuildWebhook) => boolean): Promise<BuildWebhook>
}

/** A server on a free port of the loopback address. */
export async function serve(handle: RequestListener): Promise<AsyncDisposable & { url: string }> {
  const server = createServer(handle)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** Starts a receiver; `answer` gives the status for the n-th request, from 1. */
export async function startReceiver(
  secret: string,
  answer: (count: number) => number = () => 204,
): Promise<Receiver> {
  const received: ReceivedWebhook[] = []
  const waiting = new Set<() => void>()
  const taken = () => {
    const seen = new Map<string, BuildWebhook>()
    for (const { id, webhook, status } of received) if (status < 300) seen.set(id, webhook)
    return [...seen.values()]
  }
  const server = await serve((request, response) => {
    void (async () => {
      const body = await text(request)
      const headers: Record<string, string> = {}
      for (const [name, value] of Object.entries(request.headers)) headers[name] = String(value)
      new Webhook(secret).verify(body, headers)
      const status = answer(received.length + 1)
      const id = headers['webhook-id'] ?? ''
      received.push({ id, webhook: BuildWebhook.parse(JSON.parse(body)), status })
      response.writeHead(status).end()
      for (const look of waiting) look()
    })().catch((error: unknown) => response.writeHead(400).end(String(error)))
  })
  return {
    url: `${server.url}/hook`,
    received,
    taken,
    until: (matches) =>
      new Promise((resolve) => {
        const look = () => {
          const found = taken().find(matches)
          if (!found) return
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
      }),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}
