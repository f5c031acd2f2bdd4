import { execFile, spawn } from 'node:child_process'
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
  stop(): Promise<void>
}

/** PostgreSQL refuses to run as root; `nobody` is on every Debian. */
const unprivileged = { uid: 65_534, gid: 65_534 }

function identity(): { uid?: number; gid?: number } {
  return process.getuid?.() === 0 ? unprivileged : {}
}

async function freePort(): Promise<number> {
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
  /** Server settings other than the defaults. */
  settings?: Readonly<Record<string, string>>
  /** Gets what the server writes to its log, as it comes. */
  onLog?: (text: string) => void
}

function settingArguments(settings: Readonly<Record<string, string>>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** Starts a PostgreSQL of its own in a temporary folder, with default durability. */
export async function startPostgres(
  binaries: string,
  { settings = {}, onLog }: ClusterOptions = {},
): Promise<PostgresCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'talkwright-pg-'))
  const who = identity()
  if (who.uid !== undefined && who.gid !== undefined) chownSync(folder, who.uid, who.gid)
  const data = join(folder, 'data')
  const options = { ...who, cwd: folder, env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' } }
  await promisify(execFile)(
    join(binaries, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8'],
    options,
  )
  const port = await freePort()
  const server = spawn(
    join(binaries, 'postgres'),
    [
      '-D',
      data,
      '-p',
      String(port),
      '-k',
      folder,
      '-c',
      'listen_addresses=127.0.0.1',
      ...settingArguments({ max_connections: '200', ...settings }),
    ],
    { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  for await (const chunk of server.stderr.iterator({ destroyOnReturn: false })) {
    if (String(chunk).includes('ready to accept connections')) break
  }
  server.stderr.on('error', () => undefined).on('data', (chunk) => onLog?.(String(chunk)))
  await answers(url)
  return {
    url,
    async stop() {
      const gone = once(server, 'exit')
      // SIGINT is PostgreSQL's fast shutdown: open connections are ended.
      server.kill('SIGINT')
      await gone
      await rm(folder, { recursive: true, force: true })
    },
  }
}
