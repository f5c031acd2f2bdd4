import { serve } from '@hono/node-server'
import { AppError, hasCode } from '../domain/errors.ts'
import { createSocketServer } from './upgrade.ts'

/** Answers a request; what the host knows of it beside comes along as bindings. */
export type Handler = (request: Request, bindings: object) => Response | Promise<Response>

export interface HttpServer {
  /** The port that it listens on. */
  port: number
  /** From now on requests go here; before, they are answered 503. */
  handle(fetch: Handler): void
  close(): Promise<void>
}

/** Requests under way have this long to be answered. */
const graceMs = 2_000

async function closeServer(server: ReturnType<typeof serve>): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
  if ('closeIdleConnections' in server) server.closeIdleConnections()
  const cut = setTimeout(() => {
    // Event streams never end by themselves.
    if ('closeAllConnections' in server) server.closeAllConnections()
  }, graceMs)
  await closed
  clearTimeout(cut)
}

function starting(): Response {
  return Response.json(
    {
      type: 'about:blank',
      title: 'Starting',
      status: 503,
      code: 'starting',
      detail: 'Try again shortly.',
    },
    { status: 503, headers: { 'Content-Type': 'application/problem+json', 'Retry-After': '1' } },
  )
}

function listenError(error: Error, host: string, port: number): AppError {
  const taken = hasCode(error, 'EADDRINUSE')
  return new AppError(
    taken ? 'port_in_use' : 'cannot_listen',
    taken
      ? `Port ${port} on ${host} is taken. Stop the other server or set PORT to another number.`
      : `Cannot listen on ${host}:${port}: ${error.message}`,
    { cause: error },
  )
}

/**
 * Listens before the rest has started, so that the address is known to it.
 *
 * @throws AppError `port_in_use`, `cannot_listen`
 */
export async function listen(host: string, port: number): Promise<HttpServer> {
  let handler: Handler = starting
  return new Promise((resolve, reject) => {
    const options = {
      fetch: (request: Request, bindings: object) => handler(request, bindings),
      hostname: host,
      port,
      websocket: { server: createSocketServer() },
    }
    const server = serve(options, (info) =>
      resolve({
        port: info.port,
        handle: (fetch) => {
          handler = fetch
        },
        close: () => closeServer(server),
      }),
    )
    server.once('error', (error: Error) => reject(listenError(error, host, port)))
  })
}
