import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { WriteLog } from '../builds/build-log.ts'
import type { GroupProcess, StartProgram } from '../process/child-process.ts'
import { joinLines } from '../process/log-text.ts'
import { readConfined } from '../workspace/confined-files.ts'
import { readJsonReport } from './results/json-report.ts'
import { countTests, readPrinted, saysSomething } from './results/printed.ts'
import { readTap } from './results/tap.ts'
import { maxCases, type TestResults } from './results/test-results.ts'
import { findTestCommand, type TestCommand } from './test-command.ts'

export type TestRun =
  | { type: 'passed'; results: TestResults }
  /** `tail` is the end of what was printed. */
  | { type: 'failed'; results: TestResults; exitCode: number | null; tail: readonly string[] }
  | { type: 'no_tests' }
  | { type: 'not_started'; message: string }
  | { type: 'timed_out' }
  | { type: 'stopped' }

export interface TestRunOptions {
  workspace: string
  /** HOME of the tests; a real path. */
  home: string
  /** Starts them where the build's programs run. */
  start: StartProgram
  env: Record<string, string>
  timeoutMs: number
  graceMs: number
  log: WriteLog
  signal: AbortSignal
}

/** Lines of the end of the output that are kept. */
const tailLines = 200
/** A report beyond this is not read; a thousand tests write about 300 kB. */
const maxReportBytes = 32 * 1024 * 1024

/** Runs the workspace's own tests in a process group of their own, which is ended afterwards. */
export async function runTests(options: TestRunOptions): Promise<TestRun> {
  const { workspace: cwd, home, start } = options
  // A name that nobody knows before: whatever an agent put into HOME is not in the way.
  const report = `test-results-${randomUUID()}`
  const test = await findTestCommand(cwd, path.join(home, report))
  if (!test) return { type: 'no_tests' }
  if (options.signal.aborted) return { type: 'stopped' }
  options.log('command', 'npm test')
  // Test runners that would watch for changes end by themselves where this is set.
  const env = { ...options.env, CI: 'true' }
  const group = start({ ...test, cwd, env }, options.graceMs)
  group.stdin.end()
  const printed = followOutput(group, options.log)
  const stop = new AbortController()
  const either = AbortSignal.any([stop.signal, options.signal])
  const limit = delay(options.timeoutMs, 'timed_out' as const, { signal: either }).catch(
    () => 'stopped' as const,
  )
  try {
    const exit = await Promise.race([group.exited, limit])
    if (typeof exit === 'string') return { type: exit }
    if (exit.type === 'not_started') return exit
    const results = await readResults(test, () => takeReport(home, report), printed)
    return exit.code === 0
      ? { type: 'passed', results }
      : { type: 'failed', results, exitCode: exit.code, tail: printed.tail() }
  } finally {
    stop.abort()
    await group.end()
  }
}

/** The report where the runner of the tests wrote one, else what it printed. */
async function readResults(
  { report }: TestCommand,
  takeText: () => Promise<string | undefined>,
  printed: Printed,
): Promise<TestResults> {
  const tail = printed.tail()
  // A run that says nothing at all says that no test passed; one in unknown words may have had some.
  const cases = tail.length === 0 ? [] : readPrinted(printed.telling())
  const told = { counts: countTests(tail), cases }
  if (report === undefined) return told
  const text = await takeText()
  if (text === undefined) return told
  if (report === 'json') return readJsonReport(text) ?? told
  const lines = text.split('\n')
  return { counts: countTests(lines), cases: readTap(lines).slice(0, maxCases) }
}

/** The report that a runner of tests has written, which goes; undefined when there is none. */
async function takeReport(home: string, name: string): Promise<string | undefined> {
  const text = await readConfined(home, name, maxReportBytes).then(String, () => undefined)
  // What the tests made instead of a file stays: it is in nobody's way.
  await rm(path.join(home, name), { force: true }).catch(() => undefined)
  return text
}

/** What was printed so far, bounded. */
interface Printed {
  tail(): readonly string[]
  /** The lines that say something of tests. */
  telling(): readonly string[]
}

/** Writes both streams to the log and keeps what is needed of them. */
function followOutput(group: GroupProcess, log: WriteLog): Printed {
  let tail: string[] = []
  const telling: string[] = []
  for (const stream of [group.stdout, group.stderr]) {
    const joiner = joinLines()
    const take = (lines: readonly string[]) => {
      for (const line of lines) {
        log('test', line)
        if (saysSomething(line) && telling.length < maxCases) telling.push(line)
      }
      tail = [...tail, ...lines].slice(-tailLines)
    }
    stream.setEncoding('utf8')
    stream.on('data', (chunk: string) => take(joiner.push(chunk)))
    stream.once('end', () => take(joiner.flush()))
    stream.on('error', () => undefined)
  }
  return { tail: () => tail, telling: () => telling }
}
