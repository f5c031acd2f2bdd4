import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'pg'

export interface PostgresCluster {
  /** Of the database `postgres`, as its superuser. */
  url: string
  port: number
  running(): boolean
  /** Ends it as a loss of power would: no checkpoint, and every connection is dropped. */
  crash(): Promise<void>
  /** Starts it again on the same port; does nothing while it runs. */
  start(): Promise<void>
  /** Ends it, whatever is connected, and removes its folder. */
  stop(): Promise<void>
}

/** PostgreSQL refuses to run as root; `nobody` is on every Debian. */
const unprivileged = { uid: 65_534, gid: 65_534 }

/** Who server programs run as: root's own may not. */
export function identity(): { uid?: number; gid?: number } {
  return process.getuid?.() === 0 ? unprivileged : {}
}

/** A port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('No port was given.')
  return address.port
}

async function answers(url: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.end()
}

export interface ClusterOptions {
  /** An empty folder that its server may write to; a temporary one of its own by default. */
  folder?: string
  initdb?: readonly string[]
  /** `name=value` of postgresql.conf. */
  settings?: readonly string[]
  /** Gets what the server writes to its log, as it comes. */
  onLog?: (text: string) => void
}

/** Spawns the server; gives it once it takes connections. */
async function launch(
  command: readonly [string, ...string[]],
  options: object,
  onLog?: (text: string) => void,
) {
  const [program, ...args] = command
  const server = spawn(program, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  await new Promise<void>((resolve, reject) => {
    // Read to its end: a server that cannot write its log stands still.
    server.stderr.on('data', (chunk: Buffer) => {
      onLog?.(chunk.toString())
      said = (said + chunk.toString()).slice(-4_000)
      if (said.includes('ready to accept connections')) resolve()
    })
    server.once('error', reject)
    server.once('exit', () => reject(new Error(`PostgreSQL did not start: ${said}`)))
  })
  return server
}

async function end(server: ChildProcess | undefined, signal: 'SIGINT' | 'SIGQUIT'): Promise<void> {
  if (server === undefined || server.exitCode !== null || server.signalCode !== null) return
  const gone = once(server, 'exit')
  server.kill(signal)
  await gone
}

/** Starts a PostgreSQL of its own in a folder of its own, with default durability. */
export async function startPostgres(
  binaries: string,
  { folder = mkdtempSync(join(tmpdir(), 'talkwright-pg-')), ...wanted }: ClusterOptions = {},
): Promise<PostgresCluster> {
  const who = identity()
  if (who.uid !== undefined && who.gid !== undefined) chownSync(folder, who.uid, who.gid)
  const data = join(folder, 'data')
  const options = { ...who, cwd: folder, env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' } }
  const initdb = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8']
  await promisify(execFile)(
    join(binaries, 'initdb'),
    [...initdb, ...(wanted.initdb ?? [])],
    options,
  )
  const port = await freePort()
  const settings = ['listen_addresses=127.0.0.1', 'max_connections=200', ...(wanted.settings ?? [])]
  const places = ['-D', data, '-p', String(port), '-k', folder]
  const command = [
    join(binaries, 'postgres'),
    ...places,
    ...settings.flatMap((setting) => ['-c', setting]),
  ] as const
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  let server: ChildProcess | undefined = await launch(command, options, wanted.onLog)
  await answers(url)
  return {
    url,
    port,
    running: () => server !== undefined && server.exitCode === null && server.signalCode === null,
    crash: () => end(server, 'SIGQUIT'),
    async start() {
      if (server?.exitCode === null && server.signalCode === null) return
      server = undefined
      server = await launch(command, options, wanted.onLog)
    },
    async stop() {
      await end(server, 'SIGINT')
      await rm(folder, { recursive: true, force: true })
    },
  }
}
