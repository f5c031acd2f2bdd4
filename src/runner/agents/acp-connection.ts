import { Readable, Writable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { client, methods, ndJsonStream, RequestError } from '@agentclientprotocol/sdk'
import type { AnyMessage, ClientApp, ClientContext, Stream } from '@agentclientprotocol/sdk'
import { withinGrace, type Exit, type GroupProcess } from '../process/child-process.ts'
import { joinLines } from '../process/log-text.ts'
import type { AgentCommand } from '../options.ts'
import type { Exposed } from '../sandbox/sandbox.ts'
import type { AgentJob, AgentObserver } from './agent-driver.ts'
import { serveFiles, type AgentFiles } from './agent-files.ts'
import { serveTerminals, type AgentTerminals } from './agent-terminals.ts'
import { boundRequests } from './bound-requests.ts'
import { answerPermission } from './answer-permission.ts'
import { protocolLines } from './protocol-lines.ts'
import type { PermissionPolicy } from '../../domain/permission-policy.ts'
import { createPermissions, type Permissions } from './permissions.ts'
import { followSession, type SessionFollower } from './session-follower.ts'

export interface AcpOptions {
  agent: AgentCommand
  permissions: PermissionPolicy
  graceMs: number
}

/** What of the machine an agent's processes see. */
export function exposedTo({ command, readable = [], network }: AgentCommand): Exposed {
  return { programs: [command], readable, ...(network && { network }) }
}

/** An agent that runs, and the talk with it. */
export interface AcpConnection extends AsyncDisposable {
  /** Where its requests go. */
  agent: ClientContext
  /** Resolves when nothing more is heard of it; never rejects. */
  closed: Promise<void>
  /** How it ended, when it did so within the grace. */
  exit: () => Promise<Exit | undefined>
}

/** What a driver does with what is an agent's own, beside the standard. */
export interface AcpExtension {
  /** Answers a request that the standard does not know; undefined when it is not known here either. */
  request?: (method: string, params: unknown) => object | Promise<object> | undefined
  notification?: (method: string, params: unknown) => void
  /** Sees every `session/update`; false keeps one out of the log: it repeats what was told before. */
  update?: (params: unknown) => boolean
  /** Awaited before a permission request is answered. */
  beforePermission?: () => Promise<void>
}

function followErrors(agent: GroupProcess, observer: AgentObserver): void {
  const lines = joinLines()
  agent.stderr.setEncoding('utf8')
  agent.stderr.on('data', (chunk: string) => {
    observer.received(chunk.length)
    for (const line of lines.push(chunk)) observer.log('agent', line)
  })
  agent.stderr.once('close', () => {
    for (const line of lines.flush()) observer.log('agent', line)
  })
  agent.stderr.on('error', () => undefined)
}

/** Tells of every byte that passes. */
function counted(received: (bytes: number) => void): TransformStream<Uint8Array, Uint8Array> {
  return new TransformStream({
    transform(chunk, controller) {
      received(chunk.length)
      controller.enqueue(chunk)
    },
  })
}

/** The requests that give an agent a turn, by their ends: Kiro's own stand in its namespace. */
const givesTurn = /^(session\/prompt|.+\/spec\/invoke)$/

/** Tells of every turn that an agent is given. */
function countTurns({ readable, writable }: Stream, turn: () => void): Stream {
  const passing = new TransformStream<AnyMessage, AnyMessage>({
    transform(message, controller) {
      if ('method' in message && givesTurn.test(message.method)) turn()
      controller.enqueue(message)
    },
  })
  // What breaks this breaks the connection, which tells.
  passing.readable.pipeTo(writable).catch(() => undefined)
  return { readable, writable: passing.writable }
}

/** What the client's side is made of. */
interface ClientSide {
  files: AgentFiles
  follower: SessionFollower
  permissions: Permissions
  terminals: AgentTerminals
  extension: AcpExtension
}

/** The client's side of commands. */
function serveCommands(app: ClientApp, terminals: AgentTerminals): ClientApp {
  const { create, output, waitForExit, kill, release } = methods.client.terminal
  return app
    .onRequest(create, ({ params }) => terminals.create(params))
    .onRequest(output, ({ params }) => terminals.output(params.terminalId))
    .onRequest(waitForExit, ({ params }) => terminals.waitForExit(params.terminalId))
    .onRequest(kill, async ({ params }) => {
      await terminals.kill(params.terminalId)
      return {}
    })
    .onRequest(release, async ({ params }) => {
      await terminals.release(params.terminalId)
      return {}
    })
}

/** The client's side: permissions, files and what the agent reports. */
function serveAgent({ files, follower, permissions, terminals, extension }: ClientSide): ClientApp {
  const app = client({ name: 'talkwright-runner' })
  return serveCommands(app, terminals)
    .onRequest(methods.client.session.requestPermission, async ({ params }) => {
      await extension.beforePermission?.()
      return answerPermission(params, follower, permissions)
    })
    .onRequest(methods.client.fs.readTextFile, async ({ params }) => ({
      content: await files.read(params),
    }))
    .onRequest(methods.client.fs.writeTextFile, async ({ params }) => {
      await files.write(params)
      return {}
    })
    .onNotification(
      methods.client.session.update,
      (params: unknown) => params,
      ({ params }) => {
        if (extension.update?.(params) ?? true) follower.update(params)
      },
    )
    .onRequest('*', async ({ method, params }) => {
      const answer = await extension.request?.(method, params)
      if (answer === undefined) throw RequestError.methodNotFound(method)
      return answer
    })
    .onNotification('*', ({ method, params }) => extension.notification?.(method, params))
}

/**
 * Starts an agent in the job's workspace and connects to its standard streams; what it says goes to
 * the observer. Disposed of, it and all that it started have ended.
 */
export function openAcp(
  options: AcpOptions,
  job: AgentJob,
  observer: AgentObserver,
  extension: AcpExtension = {},
): AcpConnection {
  const { agent, graceMs } = options
  const group = job.start(
    {
      command: agent.command,
      args: agent.args,
      cwd: job.workspace,
      env: { ...job.env, ...agent.env },
    },
    graceMs,
  )
  followErrors(group, observer)
  const follower = followSession(job.workspace, observer)
  const output: ReadableStream<Uint8Array> = Readable.toWeb(group.stdout)
    .pipeThrough(counted((bytes) => observer.received(bytes)))
    .pipeThrough(
      protocolLines(
        () => observer.active(),
        (line) => observer.log('agent', line),
      ),
    )
  const permissions = createPermissions(options.permissions, { ...job, ...observer })
  const terminals = serveTerminals({ job, observer, permissions, graceMs })
  const files = serveFiles(job.workspace, observer)
  const side = { files, follower, permissions, terminals, extension }
  const connection = serveAgent(side).connect(
    countTurns(boundRequests(ndJsonStream(Writable.toWeb(group.stdin), output)), () =>
      observer.turn(),
    ),
  )
  return {
    agent: connection.agent,
    closed: connection.closed.catch(() => undefined),
    exit: () => withinGrace(group.exited, graceMs),
    async [Symbol.asyncDispose]() {
      // What came together with the last answer is still on its way through the handlers, and closing
      // would drop it.
      await setImmediate()
      follower.flush()
      connection.close()
      await terminals[Symbol.asyncDispose]()
      await group.end()
    },
  }
}
