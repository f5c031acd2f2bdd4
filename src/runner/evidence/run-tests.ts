import { setTimeout as delay } from 'node:timers/promises'
import type { WriteLog } from '../builds/build-log.ts'
import type { GroupProcess, StartProgram } from '../process/child-process.ts'
import { joinLines } from '../process/log-text.ts'
import { findTestCommand } from './test-command.ts'
import { countTests, type TestCounts } from './test-counts.ts'

export type TestRun =
  | { type: 'passed'; counts: TestCounts }
  | { type: 'failed'; counts: TestCounts; exitCode: number | null }
  | { type: 'no_tests' }
  | { type: 'not_started'; message: string }
  | { type: 'timed_out' }
  | { type: 'stopped' }

export interface TestRunOptions {
  workspace: string
  /** Starts them where the build's programs run. */
  start: StartProgram
  env: Record<string, string>
  timeoutMs: number
  graceMs: number
  log: WriteLog
  signal: AbortSignal
}

/** Lines of the end of the output that are searched for the summary. */
const summaryLines = 200

/** Runs the workspace's own tests in a process group of their own, which is ended afterwards. */
export async function runTests(options: TestRunOptions): Promise<TestRun> {
  const test = await findTestCommand(options.workspace)
  if (!test) return { type: 'no_tests' }
  if (options.signal.aborted) return { type: 'stopped' }
  options.log('command', 'npm test')
  const { workspace: cwd, env, start } = options
  const group = start({ ...test, cwd, env }, options.graceMs)
  group.stdin.end()
  const tail = followOutput(group, options.log)
  const stop = new AbortController()
  const either = AbortSignal.any([stop.signal, options.signal])
  const limit = delay(options.timeoutMs, 'timed_out' as const, { signal: either }).catch(
    () => 'stopped' as const,
  )
  try {
    const exit = await Promise.race([group.exited, limit])
    if (typeof exit === 'string') return { type: exit }
    if (exit.type === 'not_started') return exit
    const counts = countTests(tail())
    return exit.code === 0
      ? { type: 'passed', counts }
      : { type: 'failed', counts, exitCode: exit.code }
  } finally {
    stop.abort()
    await group.end()
  }
}

/** Writes both streams to the log; the function gives the last lines so far. */
function followOutput(group: GroupProcess, log: WriteLog): () => readonly string[] {
  let tail: string[] = []
  for (const stream of [group.stdout, group.stderr]) {
    const joiner = joinLines()
    const take = (lines: readonly string[]) => {
      for (const line of lines) log('test', line)
      tail = [...tail, ...lines].slice(-summaryLines)
    }
    stream.setEncoding('utf8')
    stream.on('data', (chunk: string) => take(joiner.push(chunk)))
    stream.once('end', () => take(joiner.flush()))
    stream.on('error', () => undefined)
  }
  return () => tail
}
