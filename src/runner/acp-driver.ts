import { Readable, Writable } from 'node:stream'
import { client, methods, ndJsonStream, RequestError } from '@agentclientprotocol/sdk'
import type { ClientConnection, ClientContext } from '@agentclientprotocol/sdk'
import type { AgentDriver, AgentJob, AgentObserver, AgentOutcome } from './agent-driver.ts'
import { serveFiles } from './agent-files.ts'
import { buildPrompt } from './build-prompt.ts'
import { startGroup, withinGrace, type Exit, type GroupProcess } from './child-process.ts'
import { buildEnvironment } from './environment.ts'
import { joinLines } from './log-text.ts'
import type { AgentCommand } from './options.ts'
import { protocolLines } from './protocol-lines.ts'
import { answerPermission, followSession, type SessionFollower } from './session-follower.ts'

export interface AcpDriverOptions {
  agent: AgentCommand
  /** Search path of the agent's environment. */
  path: string
  allowCommands: boolean
  graceMs: number
}

/** Drives any agent that speaks the Agent Client Protocol (version 1) on its standard streams. */
export function createAcpDriver(options: AcpDriverOptions): AgentDriver {
  return {
    name: options.agent.name,
    async run(job, observer, signal) {
      const agent = startGroup(
        {
          command: options.agent.command,
          args: options.agent.args,
          cwd: job.workspace,
          noteFile: job.noteFile,
          env: { ...buildEnvironment(options.path, job.home), ...options.agent.env },
        },
        options.graceMs,
      )
      followErrors(agent, observer)
      const follower = followSession(job.workspace, observer)
      const connection = connect(agent, follower, job, observer, options.allowCommands)
      try {
        return await Promise.race([
          converse(connection.agent, job, () => withinGrace(agent.exited, options.graceMs)),
          whenAborted(signal),
        ])
      } finally {
        follower.flush()
        connection.close()
        await agent.end()
      }
    },
  }
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

function connect(
  agent: GroupProcess,
  follower: SessionFollower,
  job: AgentJob,
  observer: AgentObserver,
  allowCommands: boolean,
): ClientConnection {
  const files = serveFiles(job.workspace, observer)
  const output: ReadableStream<Uint8Array> = Readable.toWeb(agent.stdout).pipeThrough(
    protocolLines(
      () => observer.active(),
      (line) => observer.log('agent', line),
    ),
  )
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
    .onNotification('*', () => undefined)
    .connect(ndJsonStream(Writable.toWeb(agent.stdin), output))
}

const spokenVersion = 1

/** One session with one prompt; the talk ends with the agent's turn or with the agent. */
async function converse(
  agent: ClientContext,
  job: AgentJob,
  exit: () => Promise<Exit | undefined>,
): Promise<AgentOutcome> {
  try {
    const { protocolVersion } = await agent.request(methods.agent.initialize, {
      protocolVersion: spokenVersion,
      clientInfo: { name: 'talkwright-runner', version: '1' },
      clientCapabilities: { fs: { readTextFile: false, writeTextFile: false }, terminal: false },
    })
    if (protocolVersion !== spokenVersion) return explainVersion(protocolVersion)
    const { sessionId } = await agent.request(methods.agent.session.new, {
      cwd: job.workspace,
      mcpServers: [],
    })
    const { stopReason } = await agent.request(methods.agent.session.prompt, {
      sessionId,
      prompt: [{ type: 'text', text: await buildPrompt(job) }],
    })
    return stopReason === 'refusal'
      ? {
          type: 'failed',
          code: 'agent_refused',
          message: 'The agent refused to carry out the plan.',
        }
      : { type: 'ended', stopReason }
  } catch (error) {
    return error instanceof RequestError ? explainRefusal(error) : explainExit(await exit())
  }
}

function explainVersion(version: number): AgentOutcome {
  const message = `The agent speaks version ${version} of ACP only; this runner speaks ${spokenVersion}.`
  return { type: 'failed', code: 'agent_error', message }
}

const authenticationRequired = -32000

function explainRefusal(error: RequestError): AgentOutcome {
  return error.code === authenticationRequired
    ? {
        type: 'failed',
        code: 'agent_needs_login',
        message: 'The agent wants a login or an API key: set it in the agent’s environment.',
      }
    : {
        type: 'failed',
        code: 'agent_error',
        message: `The agent answered with an error: ${error.message}`,
      }
}

function explainExit(exit: Exit | undefined): AgentOutcome {
  if (exit === undefined) {
    const message = 'The agent closed the connection before its turn was over.'
    return { type: 'failed', code: 'agent_error', message }
  }
  if (exit.type === 'not_started') {
    const message = `The agent could not be started: ${exit.message}`
    return { type: 'failed', code: 'agent_not_started', message }
  }
  const how = exit.signal ? `by ${exit.signal}` : `with exit code ${exit.code ?? 'unknown'}`
  const message = `The agent ended ${how} before its turn was over; the log shows its last words.`
  return { type: 'failed', code: 'agent_died', message }
}

function whenAborted(signal: AbortSignal): Promise<AgentOutcome> {
  return new Promise((resolve) => {
    const stop = () => resolve({ type: 'stopped' })
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
}
