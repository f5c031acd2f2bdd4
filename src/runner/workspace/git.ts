import { devNull } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from '../../domain/errors.ts'
import type { StartProgram } from '../process/child-process.ts'

/** Runs git in one repository and gives its standard output; throws `git_failed`, `git_missing`. */
export type Git = (...args: string[]) => Promise<string>

const usualTimeoutMs = 60_000
const graceMs = 1_000
const maxOutput = 16 * 1024 * 1024

/** Arguments that switch off what a repository that an agent has written to could make git start. */
export const safeArguments: readonly string[] = [
  '--no-pager',
  ...[
    ['core.hooksPath', devNull],
    ['core.fsmonitor', 'false'],
    ['core.attributesFile', devNull],
    ['commit.gpgSign', 'false'],
    ['log.showSignature', 'false'],
  ].flatMap(([key, value]) => ['-c', `${key}=${value}`]),
]

/** 501, because trying again changes nothing until somebody has installed it. */
function missing(reason: string): AppError {
  return new AppError(
    'git_missing',
    `git cannot be started on the builder's machine (${reason}). Install git and build again.`,
    { status: 501 },
  )
}

/**
 * git for a folder: no shell, this environment alone, and a process group that is ended, because
 * filters that an agent configured may start programs all the same.
 */
export function gitIn(
  folder: string,
  env: Record<string, string>,
  start: StartProgram,
  timeoutMs = usualTimeoutMs,
): Git {
  return async (...args) => {
    const failed = (reason: string) =>
      new AppError('git_failed', `git ${args[0] ?? ''} failed in the workspace: ${reason}`)
    const group = start(
      { command: 'git', args: [...safeArguments, ...args], cwd: folder, env },
      graceMs,
    )
    group.stdin.end()
    let output = ''
    let errors = ''
    group.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      if (output.length < maxOutput) output += chunk
    })
    group.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      if (errors.length < 2_000) errors += chunk
    })
    const timer = new AbortController()
    const limit = delay(timeoutMs, undefined, { signal: timer.signal }).catch(() => undefined)
    const exit = await Promise.race([group.exited, limit])
    timer.abort()
    await group.end()
    if (exit === undefined) throw failed('it took too long')
    if (exit.type === 'not_started') throw missing(exit.message)
    if (exit.code !== 0) throw failed(errors.trim().slice(0, 500))
    return output
  }
}
