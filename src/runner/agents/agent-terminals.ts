import { realpath } from 'node:fs/promises'
import {
  RequestError,
  type CreateTerminalRequest,
  type TerminalExitStatus,
  type TerminalOutputResponse,
} from '@agentclientprotocol/sdk'
import { toAppError } from '../../domain/errors.ts'
import type { Exit, GroupProcess } from '../process/child-process.ts'
import { isWithin } from '../workspace/confined-files.ts'
import type { AgentJob, AgentObserver } from './agent-driver.ts'
import { keepOutput, type KeptOutput } from './kept-output.ts'
import type { Permissions } from './permissions.ts'

/** Serves the protocol's `terminal/*`; disposed of, every command has ended. */
export interface AgentTerminals extends AsyncDisposable {
  create(request: CreateTerminalRequest): Promise<{ terminalId: string }>
  output(id: string): TerminalOutputResponse
  waitForExit(id: string): Promise<TerminalExitStatus>
  kill(id: string): Promise<void>
  release(id: string): Promise<void>
}

interface Terminal {
  process: GroupProcess
  kept: KeptOutput
  exit?: TerminalExitStatus
}

export interface TerminalOptions {
  job: AgentJob
  observer: AgentObserver
  permissions: Permissions
  graceMs: number
}

const maxTerminals = 32
const maxOutput = 1024 * 1024

function refuse(reason: string): RequestError {
  return RequestError.invalidParams({ reason }, `Refused to run this command: ${reason}`)
}

/** The folder to run in; it has to be one of the workspace, by its text and on the disk. */
async function folderOf(workspace: string, cwd: string | null | undefined): Promise<string> {
  const folder = cwd ?? workspace
  const real = await realpath(folder).catch(() => '')
  if (real === workspace || (isWithin(workspace, folder) && isWithin(workspace, real))) return real
  throw refuse('its folder does not lie within the workspace')
}

const isName = /^[A-Za-z_][A-Za-z0-9_]{0,200}$/

/** What the agent adds to the environment; never what tells the build's processes from others. */
function environmentOf({ job }: TerminalOptions, { env = [] }: CreateTerminalRequest) {
  const added = env.filter(({ name }) => isName.test(name) && !Object.hasOwn(job.env, name))
  return {
    ...Object.fromEntries(added.slice(0, 200).map(({ name, value }) => [name, value])),
    ...job.env,
  }
}

/** As the protocol has it: a code, or a signal. */
function statusOf(exit: Exit): TerminalExitStatus {
  return exit.type === 'not_started'
    ? { exitCode: 127, signal: null }
    : { exitCode: exit.code, signal: exit.signal }
}

function describeExit({ exitCode, signal }: TerminalExitStatus): string {
  return signal == null ? `exit code ${exitCode ?? 'unknown'}` : `ended by ${signal}`
}

/** Keeps what a command prints, and tells how it ended. */
function follow({ process, kept }: Terminal, line: string, observer: AgentObserver) {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', () => undefined)
    stream.on('data', (chunk: Buffer) => {
      kept.push(chunk)
      observer.active()
    })
  }
  return process.exited.then((exit) => {
    if (exit.type === 'not_started') kept.push(Buffer.from(`${exit.message}\n`))
    const status = statusOf(exit)
    observer.log('command', `${line}: ${describeExit(status)}`)
    observer.changed()
    return status
  })
}

/** Starts what a request asks for, if it may. @throws RequestError */
async function startCommand(
  options: TerminalOptions,
  request: CreateTerminalRequest,
): Promise<Terminal> {
  const { job, observer, permissions, graceMs } = options
  const { command, args = [], cwd, outputByteLimit } = request
  const line = [command, ...args].join(' ')
  const folder = await folderOf(job.workspace, cwd)
  const permit = await permissions.permitCommand(line)
  if (permit.type !== 'allowed') throw refuse('it is not allowed')
  const spec = { command, args, cwd: folder, env: environmentOf(options, request) }
  const process = job.start(spec, graceMs)
  process.stdin.end()
  const limit = Math.min(Math.max(outputByteLimit ?? maxOutput, 0), maxOutput)
  observer.log('command', line)
  const terminal: Terminal = { process, kept: keepOutput(limit) }
  void follow(terminal, line, observer).then((status) => (terminal.exit = status))
  return terminal
}

/** Terminals whose commands run where the agent runs, without a shell unless the command is one. */
export function serveTerminals(options: TerminalOptions): AgentTerminals {
  const terminals = new Map<string, Terminal>()
  const opening = new Set<Promise<string>>()
  let made = 0
  let isOver = false

  const get = (id: string): Terminal => {
    const terminal = terminals.get(id)
    if (terminal) return terminal
    throw RequestError.invalidParams({ terminalId: id }, 'There is no such terminal')
  }
  const open = async (request: CreateTerminalRequest): Promise<string> => {
    if (terminals.size + opening.size >= maxTerminals)
      throw refuse(`${maxTerminals} terminals are open already`)
    made += 1
    const id = `terminal-${made}`
    const terminal = await startCommand(options, request)
    terminals.set(id, terminal)
    if (!isOver) return id
    await terminal.process.end()
    throw refuse('the build has ended')
  }
  return {
    async create(request) {
      const opened = open(request)
      opening.add(opened)
      try {
        return { terminalId: await opened }
      } catch (error) {
        const reason = error instanceof RequestError ? error : refuse(toAppError(error).message)
        options.observer.log('runner', `${reason.message} (${request.command.slice(0, 200)})`)
        throw reason
      } finally {
        opening.delete(opened)
      }
    },
    output(id) {
      const { kept, exit } = get(id)
      return { ...kept.read(), ...(exit && { exitStatus: exit }) }
    },
    waitForExit: async (id) => statusOf(await get(id).process.exited),
    kill: async (id) => get(id).process.end(),
    async release(id) {
      const { process } = get(id)
      terminals.delete(id)
      await process.end()
    },
    async [Symbol.asyncDispose]() {
      isOver = true
      await Promise.allSettled(opening)
      await Promise.all([...terminals.values()].map(({ process }) => process.end()))
    },
  }
}
