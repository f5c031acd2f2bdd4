import { execFileSync, type ExecFileSyncOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findRedis } from '../../test/support/find-parts.ts'
import { say } from './output.ts'

/** The redis-server of this machine, installed from Debian's packages where we may; or why not. */
export function provideRedis(): { binary: string } | { missing: string } {
  const here = findRedis(process.env)
  if (here !== undefined) return { binary: here }
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say("Installing from Debian's packages: redis-server")
    const options: ExecFileSyncOptions = {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }
    try {
      execFileSync('apt-get', ['update', '-qq'], options)
      execFileSync(
        'apt-get',
        ['install', '-y', '-qq', '--no-install-recommends', 'redis-server'],
        options,
      )
    } catch (error) {
      say(`That failed: ${String(error)}`)
    }
  }
  const installed = findRedis(process.env)
  return installed === undefined
    ? { missing: 'redis-server is not here; install it: apt-get install redis-server' }
    : { binary: installed }
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

export interface Redis {
  port: number
  stop(): Promise<void>
}

/**
 * An empty Redis that writes its log to the disk every second, as its documentation advises; on any
 * free port unless one is wanted.
 */
export async function startRedis(binary: string, wanted?: number): Promise<Redis> {
  const folder = mkdtempSync(join(tmpdir(), 'talkwright-redis-'))
  const port = wanted ?? (await freePort())
  const settings = {
    port: String(port),
    bind: '127.0.0.1',
    dir: folder,
    save: '',
    appendonly: 'yes',
    appendfsync: 'everysec',
    // BullMQ's jobs must never be thrown out.
    'maxmemory-policy': 'noeviction',
  }
  const server = spawn(
    binary,
    Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
    { stdio: ['ignore', 'pipe', 'ignore'] },
  )
  const gone = once(server, 'exit')
  const kill = () => server.kill('SIGKILL')
  // Interrupted, the bench leaves no server behind.
  process.once('exit', kill)
  let ready = false
  for await (const chunk of server.stdout.iterator({ destroyOnReturn: false })) {
    ready = String(chunk).includes('Ready to accept connections')
    if (ready) break
  }
  if (!ready) throw new Error('redis-server did not start.')
  server.stdout.resume()
  return {
    port,
    async stop() {
      server.kill('SIGTERM')
      await gone
      process.off('exit', kill)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
