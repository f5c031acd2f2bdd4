import { Readable, Writable } from 'node:stream'
import { client, methods, ndJsonStream } from '@agentclientprotocol/sdk'
import type { ClientApp, ClientContext } from '@agentclientprotocol/sdk'
import { startGroup, withinGrace, type Exit, type GroupProcess } from '../process/child-process.ts'
import { buildEnvironment } from '../process/environment.ts'
import { joinLines } from '../process/log-text.ts'
import type { AgentCommand } from '../options.ts'
import type { AgentJob, AgentObserver } from './agent-driver.ts'
import { serveFiles } from './agent-files.ts'
import { protocolLines } from './protocol-lines.ts'
import { answerPermission, followSession, type SessionFollower } from './session-follower.ts'

export interface AcpOptions {
  agent: AgentCommand
  /** Search path of the agent's environment. */
  path: string
  allowCommands: boolean
  graceMs: number
}

/** An agent that runs, and the talk with it. */
export interface AcpConnection extends AsyncDisposable {
  /** Where its requests go. */
  agent: ClientContext
  /** How it ended, when it did so within the grace. */
  exit: () => Promise<Exit | undefined>
}

/** Adds what an agent's own extension of the protocol asks of its client. */
export type ExtendClient = (app: ClientApp) => ClientApp

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
): ClientApp {
  const files = serveFiles(job.workspace, observer)
  return client({ name: 'talkwright-runner' })
    .onRequest(methods.client.session.requestPermission, ({ params }) =>
      answerPermission(params, follower, job.workspace, allowCommands, observer),
    )
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
      ({ params }) => follower.update(params),
    )
}

/**
 * Starts an agent in the job's workspace and connects to its standard streams; what it says goes to
 * the observer. Disposed of, it and all that it started have ended.
 */
export function openAcp(
  options: AcpOptions,
  job: AgentJob,
  observer: AgentObserver,
  extend: ExtendClient = (app) => app,
): AcpConnection {
  const { agent, path, graceMs } = options
  const group = startGroup(
    {
      command: agent.command,
      args: agent.args,
      cwd: job.workspace,
      noteFile: job.noteFile,
      env: { ...buildEnvironment(path, job.home), ...agent.env },
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
  const connection = extend(serveAgent(options, follower, job, observer))
    .onNotification('*', () => undefined)
    .connect(ndJsonStream(Writable.toWeb(group.stdin), output))
  return {
    agent: connection.agent,
    exit: () => withinGrace(group.exited, graceMs),
    async [Symbol.asyncDispose]() {
      follower.flush()
      connection.close()
      await group.end()
    },
  }
}
