import { spawn, type ChildProcess, type StdioPipe } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { PassThrough, type Readable, type Writable } from 'node:stream'
import {
  descendantsOf,
  isRunning,
  listProcesses,
  useBelow,
  type ProcessUse,
} from './process-tree.ts'
import { readFirstProcess } from './first-process.ts'

export interface ProcessSpec {
  command: string
  args: readonly string[]
  cwd: string
  env: Readonly<Record<string, string>>
  /**
   * The program opens a namespace of processes, tells of its first one on descriptor 3, and learns
   * from the end of the tether that the runner is gone.
   */
  opensNamespace?: boolean
}

/** The descriptor that is open as long as the runner lives. */
export const tetherDescriptor = 4

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
  /** What the processes take that run in the group, or in its namespace. */
  use(): Promise<ProcessUse>
}

/** Starts a program of a build, confined or not. */
export type StartProgram = (spec: ProcessSpec, graceMs: number) => GroupProcess

/** How what a leader started is reached. */
interface Reach {
  ask(): Promise<void>
  /** Resolves when all of it is gone. */
  kill(): Promise<void>
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It has ended by itself.
  }
}

/** Signals the whole group; a group that is gone is no error. */
function signalGroup(child: Child, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  if (process.platform === 'win32') child.kill(signal)
  else send(-child.pid, signal)
}

function reachGroup(child: Child): Reach {
  return {
    ask: async () => signalGroup(child, 'SIGTERM'),
    kill: async () => signalGroup(child, 'SIGKILL'),
  }
}

/** Looks at a process this often while it ends: the system tells nobody but its parent. */
const lookMs = 5

async function untilGone(pid: number): Promise<void> {
  while (await isRunning(pid)) await delay(lookMs)
}

/** What runs below a process; waits while it has yet to start something. */
async function untilBelow(pid: number): Promise<number[]> {
  for (;;) {
    const below = descendantsOf(pid, await listProcesses())
    if (below.length > 0 || !(await isRunning(pid))) return below
    await delay(lookMs)
  }
}

/**
 * The first process of a namespace takes all others along when it ends, whatever they did to their
 * groups and sessions. It is itself deaf to SIGTERM, and its parent's end would be its own.
 */
function reachNamespace(child: Child, first: Promise<number | undefined>, graceMs: number): Reach {
  return {
    async ask() {
      const pid = await withinGrace(first, graceMs)
      if (pid === undefined) return
      const inner = await withinGrace(untilBelow(pid), graceMs)
      for (const one of inner ?? []) send(one, 'SIGTERM')
    },
    async kill() {
      const pid = await withinGrace(first, graceMs)
      if (pid !== undefined) {
        send(pid, 'SIGKILL')
        await withinGrace(untilGone(pid), graceMs)
      }
      signalGroup(child, 'SIGKILL')
    },
  }
}

type Child = ChildProcess & { stdin: Writable; stdout: Readable; stderr: Readable }

function hasStreams(child: ChildProcess): child is Child {
  return child.stdin !== null && child.stdout !== null && child.stderr !== null
}

function start(spec: ProcessSpec): Child {
  const stdio: StdioPipe[] = ['pipe', 'pipe', 'pipe']
  if (spec.opensNamespace) stdio.push('pipe', 'pipe')
  const child = spawn(spec.command, [...spec.args], {
    cwd: spec.cwd,
    env: { ...spec.env },
    stdio,
    detached: process.platform !== 'win32',
  })
  child.stdio[tetherDescriptor]?.on('error', () => undefined)
  if (!hasStreams(child)) throw new Error('The system gave a process without its streams.')
  return child
}

/** Starts a program without a shell, detached into a group, with this environment alone. */
export const startGroup: StartProgram = (spec, graceMs) => {
  const child = start(spec)
  child.stdin.on('error', () => undefined)
  const reach = spec.opensNamespace
    ? reachNamespace(child, readFirstProcess(child.stdio[3]), graceMs)
    : reachGroup(child)
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const left = new Promise<Exit>((resolve) => {
    child.once('error', (error) => resolve({ type: 'not_started', message: error.message }))
    child.once('exit', (code, signal) => resolve({ type: 'exited', code, signal }))
  })
  const exited = left.then(async (exit) => {
    // What the leader started and left behind must not outlive it, nor hold its output open.
    await reach.kill()
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
        await reach.ask()
        await withinGrace(left, graceMs)
        await reach.kill()
      }
      await exited
    },
    use: async () => (child.pid === undefined ? noUse : useBelow(child.pid)),
  }
}

const noUse: ProcessUse = { processes: 0, memoryBytes: 0 }

/** A program that cannot be started, as one that ended at once. */
export function notStarted(message: string): GroupProcess {
  const nothing = () => new PassThrough().end()
  return {
    stdin: nothing(),
    stdout: nothing(),
    stderr: nothing(),
    exited: Promise.resolve({ type: 'not_started', message }),
    end: async () => undefined,
    use: async () => noUse,
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
