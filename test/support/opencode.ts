import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The program of the npm package `opencode-ai` at the version that the tests are written for: 177 MB,
 * which is too much for everybody's `npm ci`.
 */
const program = {
  name: 'opencode-linux-x64',
  version: '1.18.33',
  integrity:
    'sha512-q/t/3p2CTxOT9y2kvjesb/LZab2+1eqlhhWA02Be6mjTtmYtNBcBsrI5yDo4Fw7ZSPBW2oyMIGMNRqiKQjiAWw==',
} as const

type Environment = Readonly<Record<string, string | undefined>>

/** Where it is kept between runs. */
function cacheFolder({ XDG_CACHE_HOME, HOME }: Environment): string {
  const cache = XDG_CACHE_HOME || join(HOME ?? '/tmp', '.cache')
  return join(cache, 'talkwright', `opencode-${program.version}`)
}

function programIn(folder: string): string {
  return join(folder, 'node_modules', program.name, 'bin', 'opencode')
}

/** An opencode to drive: named by `TALKWRIGHT_TEST_OPENCODE`, or installed by an earlier run. */
export function findOpencode(environment: Environment): string | undefined {
  const named = environment['TALKWRIGHT_TEST_OPENCODE']
  const places = [...(named ? [named] : []), programIn(cacheFolder(environment))]
  return places.find((file) => existsSync(file))
}

/**
 * Installs it from npm, held against its checksum, without running anything of it. Throws when the
 * registry cannot be reached or this is no Linux on x64.
 */
export function installOpencode(environment: Environment): void {
  const { name, version, integrity } = program
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('opencode is tested on Linux on x64 alone.')
  }
  const folder = cacheFolder(environment)
  // Made beside its place and moved there, so that a run that was cut off leaves no half of it.
  const next = `${folder}.${process.pid}`
  const dependencies = { [name]: version }
  const packages = { '': { dependencies }, [`node_modules/${name}`]: { version, integrity } }
  try {
    mkdirSync(next, { recursive: true })
    writeFileSync(join(next, 'package.json'), JSON.stringify({ private: true, dependencies }))
    writeFileSync(
      join(next, 'package-lock.json'),
      JSON.stringify({ lockfileVersion: 3, requires: true, packages }),
    )
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: next,
      stdio: 'inherit',
    })
    rmSync(folder, { recursive: true, force: true })
    renameSync(next, folder)
  } finally {
    rmSync(next, { recursive: true, force: true })
  }
}
