import { setTimeout as delay } from 'node:timers/promises'
import { type RunningCommand, startCommand } from '../support/command.ts'
import { childWith } from './processes.ts'

/** How a process ended. */
export interface Ending {
  name: string
  how: 'killed' | 'asked' | 'by_itself' | 'before_it_was_ready' | 'overdue'
  code: number | null
  /** What it said last, when it ended in another way than it was told to. */
  said?: string
}

export interface Fleet {
  /** Resolves once every process has been ready. */
  ready: Promise<void>
  names: readonly string[]
  /** Ends a process at once; it is started again. */
  kill(index: number): void
  /** Asks a process to end and resolves once it has; it is started again. */
  end(index: number): Promise<void>
  /** Ends the server's build runner at once; false when there is none just now. */
  killRunner(): boolean
  endings(): readonly Ending[]
  /** Log lines of errors that nobody foresaw, of processes that have ended. */
  unforeseen(): readonly string[]
  /** Asks all of them to end and starts none again; those that are overdue are killed. */
  stop(): Promise<void>
}

interface Member {
  name: string
  unforeseen: string[]
  args: readonly string[]
  running?: RunningCommand
  ready: boolean
  told?: 'killed' | 'asked' | 'overdue'
}

export interface FleetOptions {
  workers: number
  environment: Readonly<Record<string, string>>
  /** How long a process that was asked to end may take. */
  graceMs: number
}

const readyEvents: ReadonlySet<unknown> = new Set(['ready', 'worker.ready'])

/** Reads everything, so that the process is never held up by a full pipe. */
async function readLines(member: Member, running: RunningCommand, onReady: () => void) {
  const errors: string[] = []
  for await (const line of running.lines) {
    if ('error' in line) errors.push(JSON.stringify(line['error']))
    if (!readyEvents.has(line['event'])) continue
    member.ready = true
    onReady()
  }
  return errors
}

function howEnded(member: Member): Ending['how'] {
  // Asked before it listens to signals, it ends as a program that knows none.
  if (member.told === 'asked' && !member.ready) return 'before_it_was_ready'
  if (member.told !== undefined) return member.told
  return member.ready ? 'by_itself' : 'before_it_was_ready'
}

async function runOnce(
  member: Member,
  options: FleetOptions,
  onReady: () => void,
): Promise<Ending> {
  const running = startCommand(member.args, options.environment)
  member.running = running
  member.ready = false
  delete member.told
  const errors = await readLines(member, running, onReady)
  const code = await running.ended
  const lines = running.stderr().split('\n')
  member.unforeseen.push(...lines.filter((line) => line.includes('"code":"internal"')))
  const how = howEnded(member)
  const expected = how === 'killed' || (how === 'asked' && code === 0)
  const said = [...errors, running.stderr().slice(-1_500)].join('\n').trim()
  return { name: member.name, how, code, ...(!expected && { said }) }
}

async function ask(member: Member, graceMs: number): Promise<void> {
  const { running } = member
  if (running === undefined || running.child.exitCode !== null) return
  member.told = 'asked'
  running.child.kill('SIGTERM')
  const timer = new AbortController()
  const overdue = delay(graceMs, 'overdue', { signal: timer.signal }).catch(() => 'ended')
  if ((await Promise.race([running.ended, overdue])) === 'overdue') {
    member.told = 'overdue'
    running.child.kill('SIGKILL')
  }
  timer.abort()
  await running.ended
}

/** Starts a server and some workers and starts each again whenever it has ended. */
export function startFleet(options: FleetOptions): Fleet {
  const endings: Ending[] = []
  const stopping = new AbortController()
  const workers = Array.from({ length: options.workers }, (_, n) => `worker ${n + 1}`)
  const members: Member[] = ['server', ...workers].map((name) => ({
    name,
    args: [name === 'server' ? 'serve' : 'worker'],
    ready: false,
    unforeseen: [],
  }))
  async function keep(member: Member, onReady: () => void): Promise<void> {
    while (!stopping.signal.aborted) {
      endings.push(await runOnce(member, options, onReady))
      // As a service manager does, so that a process that cannot start does not keep the machine busy.
      if (!stopping.signal.aborted) await delay(200)
    }
  }
  const started = members.map((member) => {
    const { promise, resolve } = Promise.withResolvers<void>()
    return { ready: promise, kept: keep(member, resolve) }
  })
  const at = (index: number) => members[index % members.length]
  return {
    ready: Promise.all(started.map(({ ready }) => ready)).then(() => undefined),
    names: members.map(({ name }) => name),
    kill(index) {
      const member = at(index)
      if (member?.running === undefined) return
      member.told = 'killed'
      member.running.child.kill('SIGKILL')
    },
    async end(index) {
      const member = at(index)
      if (member !== undefined) await ask(member, options.graceMs)
    },
    killRunner() {
      const pid = members[0]?.running?.child.pid
      const runner = pid === undefined ? undefined : childWith(pid, 'runner')
      if (runner !== undefined) process.kill(runner, 'SIGKILL')
      return runner !== undefined
    },
    endings: () => endings,
    unforeseen: () => members.flatMap((member) => member.unforeseen),
    async stop() {
      stopping.abort()
      await Promise.all(members.map((member) => ask(member, options.graceMs)))
      await Promise.all(started.map(({ kept }) => kept))
    },
  }
}
