import { serve } from '@hono/node-server'
import { AppError } from '../domain/errors.ts'

export interface HttpServer {
  /** The port that it listens on. */
  port: number
  /** From now on requests go here; before, they are answered 503. */
  handle(fetch: (request: Request) => Response | Promise<Response>): void
  close(): Promise<void>
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
  const taken = 'code' in error && error.code === 'EADDRINUSE'
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
  let handler: (request: Request) => Response | Promise<Response> = starting
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: (request) => handler(request), hostname: host, port }, (info) =>
      resolve({
        port: info.port,
        handle: (fetch) => {
          handler = fetch
        },
        close: () =>
          new Promise((closed) => {
            server.close(() => closed())
            // Event streams never end by themselves.
            if ('closeAllConnections' in server) server.closeAllConnections()
          }),
      }),
    )
    server.once('error', (error: Error) => reject(listenError(error, host, port)))
  })
}
