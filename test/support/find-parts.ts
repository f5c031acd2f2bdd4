import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { npmPostgres } from './npm-postgres.ts'

const debianRoot = '/usr/lib/postgresql'

function debianFolders(): string[] {
  if (!existsSync(debianRoot)) return []
  return readdirSync(debianRoot)
    .filter((version) => Number(version) >= 15)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(debianRoot, version, 'bin'))
}

/** PostgreSQL refuses to run as root, and another user may not see below root's own folders. */
function fromNpm(): string[] {
  const folder = process.getuid?.() === 0 ? undefined : npmPostgres()
  return folder === undefined ? [] : [folder]
}

/**
 * The folder that holds `initdb`, `pg_ctl` and `postgres`: named by `TALKWRIGHT_TEST_PGBIN`, from
 * Debian's packages, on the search path, or from npm. Undefined when there is none.
 */
export function findPostgres(environment: NodeJS.ProcessEnv): string | undefined {
  const named = environment['TALKWRIGHT_TEST_PGBIN']
  const onPath = (environment['PATH'] ?? '').split(delimiter)
  const candidates = [...(named ? [named] : []), ...debianFolders(), ...onPath, ...fromNpm()]
  return candidates.find((folder) =>
    ['initdb', 'pg_ctl', 'postgres'].every((name) => existsSync(join(folder, name))),
  )
}

const chromiumPaths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** A Chromium to drive: named by `TALKWRIGHT_TEST_CHROMIUM` or installed. */
export function findChromium(environment: NodeJS.ProcessEnv): string | undefined {
  const named = environment['TALKWRIGHT_TEST_CHROMIUM']
  return [...(named ? [named] : []), ...chromiumPaths].find((path) => existsSync(path))
}

const pgbouncerPaths = ['/usr/sbin/pgbouncer', '/usr/local/bin/pgbouncer', '/usr/bin/pgbouncer']

/** A pgbouncer: named by `TALKWRIGHT_TEST_PGBOUNCER` or installed. */
export function findPgbouncer(environment: NodeJS.ProcessEnv): string | undefined {
  const named = environment['TALKWRIGHT_TEST_PGBOUNCER']
  return [...(named ? [named] : []), ...pgbouncerPaths].find((path) => existsSync(path))
}

const redisPaths = [
  '/usr/bin/redis-server',
  '/usr/local/bin/redis-server',
  '/opt/homebrew/bin/redis-server',
]

/** A redis-server: named by `TALKWRIGHT_TEST_REDIS` or installed. */
export function findRedis(environment: NodeJS.ProcessEnv): string | undefined {
  const named = environment['TALKWRIGHT_TEST_REDIS']
  return [...(named ? [named] : []), ...redisPaths].find((path) => existsSync(path))
}

/** The Deno that npm installed for this platform; its launcher is passed by, so that it can be ended. */
export function findDeno(root: string): string | undefined {
  const folder = join(root, 'node_modules', '@deno')
  if (!existsSync(folder)) return undefined
  return readdirSync(folder)
    .map((name) => join(folder, name, process.platform === 'win32' ? 'deno.exe' : 'deno'))
    .find((path) => existsSync(path))
}
