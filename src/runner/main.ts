import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { createAdaptorServer } from '@hono/node-server'
import { AppError } from '../domain/errors.ts'
import type { RunnerOptions } from './options.ts'
import { createRunner } from './runner.ts'

export interface RunnerConfig extends RunnerOptions {
  /** Default 127.0.0.1. */
  host?: string
  /** 0 takes any free port. */
  port: number
}

export interface RunningRunner extends AsyncDisposable {
  /** Where the build API answers: `http://127.0.0.1:4871`. */
  url: string
  close(): Promise<void>
}

/**
 * Serves the build API until `signal` is raised or `close` is called. Prints nothing. Throws
 * `port_taken` when another program listens there.
 */
export async function runRunner(config: RunnerConfig, signal: AbortSignal): Promise<RunningRunner> {
  const runner = await createRunner(config)
  const host = config.host ?? '127.0.0.1'
  const server = createAdaptorServer({ fetch: runner.app.fetch })
  server.listen(config.port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    await runner.close()
    const message = `The runner cannot listen on ${host}:${config.port}: choose another port.`
    throw new AppError('port_taken', message, { cause: error })
  }
  const { port } = server.address() as AddressInfo
  let closed: Promise<void> | undefined
  const close = () => {
    closed ??= (async () => {
      const stopped = new Promise<void>((resolve) => server.close(() => resolve()))
      await runner.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
      await stopped
    })()
    return closed
  }
  const onAbort = () => void close()
  if (signal.aborted) await close()
  else signal.addEventListener('abort', onAbort, { once: true })
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    close,
    [Symbol.asyncDispose]: close,
  }
}
