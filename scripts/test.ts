// The whole test run: finds or installs what the tests need, runs them, and says at the end what
// was left out and why.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { probeSandbox } from '../src/runner/sandbox/probe.ts'
import { findProgram } from '../src/runner/sandbox/find-program.ts'
import { findChromium, findPgbouncer, findPostgres, findRedis } from '../test/support/find-parts.ts'
import { findOpencode, installOpencode } from '../test/support/opencode.ts'

interface Part {
  name: string
  debianPackage: string
  find: (environment: NodeJS.ProcessEnv) => string | undefined
}

const parts: readonly Part[] = [
  { name: 'PostgreSQL 15 or newer', debianPackage: 'postgresql', find: findPostgres },
  { name: 'pgbouncer', debianPackage: 'pgbouncer', find: findPgbouncer },
  { name: 'redis-server', debianPackage: 'redis-server', find: findRedis },
  { name: 'Chromium', debianPackage: 'chromium', find: findChromium },
  {
    name: 'bubblewrap',
    debianPackage: 'bubblewrap',
    find: ({ PATH }) => findProgram('bwrap', PATH ?? '')?.file,
  },
  {
    name: 'git',
    debianPackage: 'git',
    find: () => ['/usr/bin/git', '/usr/local/bin/git'].find((path) => existsSync(path)),
  },
]

function mayInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
}

function install(packages: readonly string[]): void {
  const options = {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  } as const
  execFileSync('apt-get', ['update', '-qq'], options)
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options)
}

/** Gives the lines that say what is missing and how to get it. */
function provide(): string[] {
  const missing = () => parts.filter((part) => part.find(process.env) === undefined)
  const wanted = missing().map((part) => part.debianPackage)
  if (wanted.length > 0 && mayInstall()) {
    console.log(`Installing from Debian's packages: ${wanted.join(', ')}`)
    try {
      install(wanted)
    } catch (error) {
      console.error(`That failed: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return missing().map(
    (part) => `${part.name} is not here. Install it: apt-get install ${part.debianPackage}`,
  )
}

/** Installs a real agent for the tests; undefined when it is there, else why it is not. */
function provideAgent(): string | undefined {
  if (findOpencode(process.env) !== undefined) return undefined
  console.log('Installing opencode from npm (177 MB), which is kept for later runs.')
  try {
    installOpencode(process.env)
    return undefined
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return `opencode is not here and cannot be installed: ${reason}`
  }
}

interface Report {
  numPassedTests: number
  numFailedTests: number
  testResults: { assertionResults: { status: string; fullName: string }[] }[]
}

function readReport(path: string): Report | undefined {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Report) : undefined
}

const missing = provide()
const sandbox = await probeSandbox(process.env['PATH'] ?? '')
const withoutAgent = provideAgent()
if (withoutAgent !== undefined) missing.push(withoutAgent)
if (sandbox.type === 'missing') missing.push(`A sandbox is not here. ${sandbox.reason}`)
const folder = mkdtempSync(join(tmpdir(), 'talkwright-test-'))
const reportFile = join(folder, 'report.json')
const vitest = spawn(
  process.execPath,
  [
    join('node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportFile}`,
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
)
const [code] = (await once(vitest, 'exit')) as [number | null]
const report = readReport(reportFile)
rmSync(folder, { recursive: true, force: true })

const skipped = (report?.testResults ?? [])
  .flatMap((file) => file.assertionResults)
  .filter((test) => test.status === 'skipped' || test.status === 'pending')
for (const test of skipped) console.log(`skipped: ${test.fullName}`)
for (const line of missing) console.log(`missing: ${line}`)
console.log(
  `${report?.numPassedTests ?? 0} passed, ${report?.numFailedTests ?? 0} failed, ${skipped.length} skipped`,
)
// Where changes are judged, the one real agent among the tests is not left out.
const isIncomplete = process.env['CI'] !== undefined && withoutAgent !== undefined
process.exitCode = isIncomplete ? 1 : (code ?? 1)
