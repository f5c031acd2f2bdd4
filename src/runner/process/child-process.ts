import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import type { Readable, Writable } from 'node:stream'
import { rememberGroup } from './leftover.ts'

export interface ProcessSpec {
  command: string
  args: readonly string[]
  cwd: string
  env: Readonly<Record<string, string>>
  /** Where the group is noted, in case the runner itself is killed. */
  noteFile?: string
}

export type Exit =
  | { type: 'exited'; code: number | null; signal: NodeJS.Signals | null }
  /** The program could not be started. */
  | { type: 'not_started'; message: string }

/** A process that leads a group of its own, so that all it starts can be ended with it. */
export interface GroupProcess {
  stdin: Writable
  stdout: Readable
  stderr: Readable
  /** When the leader has ended and its output is read; never rejects. */
  exited: Promise<Exit>
  /** Ends the whole group: SIGTERM, then SIGKILL after the grace; resolves when it is over. */
  end(): Promise<void>
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>

/** Signals the whole group; a group that is gone is no error. */
function signalGroup(child: Child, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill(signal)
    else process.kill(-child.pid, signal)
  } catch {
    // The group has ended by itself.
  }
}

/** Starts a program without a shell, detached into a group, with this environment alone. */
export function startGroup(spec: ProcessSpec, graceMs: number): GroupProcess {
  const child: Child = spawn(spec.command, [...spec.args], {
    cwd: spec.cwd,
    env: { ...spec.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  })
  if (spec.noteFile !== undefined) rememberGroup(spec.noteFile, child.pid)
  child.stdin.on('error', () => undefined)
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const left = new Promise<Exit>((resolve) => {
    child.once('error', (error) => resolve({ type: 'not_started', message: error.message }))
    child.once('exit', (code, signal) => resolve({ type: 'exited', code, signal }))
  })
  const exited = left.then(async (exit) => {
    // What the leader started and left behind must not outlive it, nor hold its output open.
    signalGroup(child, 'SIGKILL')
    if (exit.type === 'exited') await withinGrace(closed, graceMs)
    child.stdout.destroy()
    child.stderr.destroy()
    return exit
  })
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    stderr: child.stderr,
    exited,
    async end() {
      if (child.exitCode === null && child.signalCode === null) {
        signalGroup(child, 'SIGTERM')
        await withinGrace(left, graceMs)
        signalGroup(child, 'SIGKILL')
      }
      await exited
    },
  }
}

/** What a promise gives, or undefined when it takes longer than the grace. */
export async function withinGrace<T>(done: Promise<T>, graceMs: number): Promise<T | undefined> {
  const timer = new AbortController()
  const grace = delay(graceMs, undefined, { signal: timer.signal }).catch(() => undefined)
  try {
    return await Promise.race([done, grace])
  } finally {
    timer.abort()
  }
}
