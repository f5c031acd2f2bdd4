import process from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'
import { spawn } from 'node:child_process'

/** What the app's tests said. */
export interface TestRun {
  passed: boolean
  /** By the number that a test's name begins with. */
  criteria: ReadonlyMap<string, { test: string; passed: boolean }>
  /** The end of the output, for the reason of a failure. */
  tail: string
}

/** Runs the tests of the app in a folder. */
export type RunTests = (workspace: string, signal: AbortSignal) => Promise<TestRun>

const timeoutMs = 120_000
const maxOutput = 4 * 1024 * 1024

/**
 * Runs `node --test` until the signal or the time ends it. It stays in the scaffolder's own process
 * group, so that whoever ends that group ends the tests too.
 */
export const runNodeTests: RunTests = async (workspace, signal) => {
  signal.throwIfAborted()
  const child = spawn(process.execPath, testArguments(process.versions.node), {
    cwd: workspace,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      if (output.length < maxOutput) output += chunk
    })
  }
  const stop = () => child.kill('SIGKILL')
  signal.addEventListener('abort', stop, { once: true })
  const timer = new AbortController()
  void delay(timeoutMs, undefined, { signal: timer.signal }).then(stop, () => undefined)
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', resolve)
    })
    signal.throwIfAborted()
    return readTap(output, code === 0)
  } finally {
    timer.abort()
    signal.removeEventListener('abort', stop)
  }
}

/** All files in one process where Node can: three times as fast as one process each. */
function testArguments(version: string): string[] {
  const isolation = Number(version.split('.')[0]) >= 24 ? ['--test-isolation=none'] : []
  return ['--test', '--test-reporter=tap', ...isolation]
}

/** The results of the tests whose names begin with a criterion's number. */
export function readTap(output: string, passed: boolean): TestRun {
  const criteria = new Map<string, { test: string; passed: boolean }>()
  for (const line of output.split('\n')) {
    const [, not, ref, rest = ''] =
      /^\s{0,40}(not )?ok \d{1,9} - (\d{1,6}\.\d{1,6}) (.*)$/.exec(line) ?? []
    if (ref === undefined) continue
    const before = criteria.get(ref)?.passed ?? true
    criteria.set(ref, { test: `${ref} ${rest}`.trim(), passed: before && not === undefined })
  }
  return { passed, criteria, tail: output.slice(-2_000) }
}
