import { Readable, Writable } from 'node:stream'
import { client, methods, ndJsonStream, RequestError } from '@agentclientprotocol/sdk'
import type { ClientApp, ClientContext } from '@agentclientprotocol/sdk'
import { withinGrace, type Exit, type GroupProcess } from '../process/child-process.ts'
import { joinLines } from '../process/log-text.ts'
import type { AgentCommand } from '../options.ts'
import type { Exposed } from '../sandbox/sandbox.ts'
import type { AgentJob, AgentObserver } from './agent-driver.ts'
import { serveFiles } from './agent-files.ts'
import { protocolLines } from './protocol-lines.ts'
import { answerPermission, followSession, type SessionFollower } from './session-follower.ts'

export interface AcpOptions {
  agent: AgentCommand
  allowCommands: boolean
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
    for (const line of lines.push(chunk)) observer.log('agent', line)
  })
  agent.stderr.once('close', () => {
    for (const line of lines.flush()) observer.log('agent', line)
  })
  agent.stderr.on('error', () => undefined)
}

/** The client's side: permissions, files and what the agent reports. */
function serveAgent(
  { allowCommands }: AcpOptions,
  follower: SessionFollower,
  job: AgentJob,
  observer: AgentObserver,
  extension: AcpExtension,
): ClientApp {
  const files = serveFiles(job.workspace, observer)
  return client({ name: 'talkwright-runner' })
    .onRequest(methods.client.session.requestPermission, async ({ params }) => {
      await extension.beforePermission?.()
      return answerPermission(params, follower, job.workspace, allowCommands, observer)
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
  const output: ReadableStream<Uint8Array> = Readable.toWeb(group.stdout).pipeThrough(
    protocolLines(
      () => observer.active(),
      (line) => observer.log('agent', line),
    ),
  )
  const connection = serveAgent(options, follower, job, observer, extension).connect(
    ndJsonStream(Writable.toWeb(group.stdin), output),
  )
  return {
    agent: connection.agent,
    closed: connection.closed.catch(() => undefined),
    exit: () => withinGrace(group.exited, graceMs),
    async [Symbol.asyncDispose]() {
      follower.flush()
      connection.close()
      await group.end()
    },
  }
}
