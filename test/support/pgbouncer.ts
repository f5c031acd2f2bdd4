import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, identity } from './postgres-cluster.ts'

/** A pooler that gives a connection for one transaction only, as serverless databases have it. */
export interface Pooler {
  /** The address of a database behind it. */
  url(direct: string): string
  stop(): Promise<void>
}

export interface PoolerOptions {
  program: string
  /** The server behind it; its users are trusted. */
  postgres: string
  users: readonly string[]
  /** Connections to the server for each user and database. */
  size: number
}

function settings({ postgres, size }: PoolerOptions, folder: string, port: number): string {
  const { hostname, port: behind } = new URL(postgres)
  return `[databases]
* = host=${hostname} port=${behind}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${join(folder, 'users.txt')}
pool_mode = transaction
default_pool_size = ${size}
reserve_pool_size = 0
max_client_conn = 100
`
}

/** Starts pgbouncer on a free port, with its files in a folder of its own and without root's rights. */
export async function startPooler(options: PoolerOptions): Promise<Pooler> {
  const who = identity()
  const folder = mkdtempSync(join(tmpdir(), 'talkwright-pool-'))
  const port = await freePort()
  const file = join(folder, 'pgbouncer.ini')
  writeFileSync(file, settings(options, folder, port))
  writeFileSync(join(folder, 'users.txt'), options.users.map((name) => `"${name}" ""\n`).join(''))
  if (who.uid !== undefined && who.gid !== undefined) chownSync(folder, who.uid, who.gid)
  const child = spawn(options.program, [file], {
    ...who,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {},
  })
  const gone = once(child, 'exit')
  let said = ''
  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4_000)
      if (said.includes('process up')) resolve()
    })
    child.once('error', reject)
    child.once('exit', () => reject(new Error(`pgbouncer did not start: ${said}`)))
  })
  return {
    url(direct) {
      const url = new URL(direct)
      url.port = String(port)
      return url.href
    },
    async stop() {
      child.kill('SIGTERM')
      await gone
      await rm(folder, { recursive: true, force: true })
    },
  }
}
