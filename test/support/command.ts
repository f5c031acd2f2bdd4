import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'

const root = resolve(import.meta.dirname, '../..')

/** The command line as a process of its own, as a user starts it. */
export interface RunningCommand {
  child: ChildProcess
  /** Each JSON line of stdout, once; reading may be stopped and taken up again. */
  lines: AsyncIterable<Record<string, unknown>>
  stderr: () => string
  /** The exit code, once it has ended. */
  ended: Promise<number | null>
}

/** Starts `talkwright --json …` with an environment of its own; `detached` leads a process group. */
export function startCommand(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  options: { detached?: boolean } = {},
): RunningCommand {
  const child = spawn(process.execPath, [resolve(root, 'bin/talkwright.mjs'), ...args, '--json'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: options.detached ?? false,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
  })
  const errors: string[] = []
  child.stderr.on('data', (chunk) => errors.push(String(chunk)))
  const ended = once(child, 'exit').then(([code]) => (typeof code === 'number' ? code : null))
  const texts = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  // Without a `return`, so that whoever stops reading may go on later.
  const next = async (): Promise<IteratorResult<Record<string, unknown>, undefined>> => {
    const { value, done } = await texts.next()
    if (done === true) return { done: true, value: undefined }
    return { done: false, value: JSON.parse(value) as Record<string, unknown> }
  }
  const lines = { [Symbol.asyncIterator]: () => ({ next }) }
  return { child, lines, stderr: () => errors.join(''), ended }
}

/** Runs a command to its end. */
export async function runCommand(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<{ code: number | null; lines: Record<string, unknown>[]; stderr: string }> {
  const running = startCommand(args, environment)
  const lines: Record<string, unknown>[] = []
  for await (const line of running.lines) lines.push(line)
  return { code: await running.ended, lines, stderr: running.stderr() }
}
