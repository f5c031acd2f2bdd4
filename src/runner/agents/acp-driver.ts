import { methods, RequestError } from '@agentclientprotocol/sdk'
import type { Exit } from '../process/child-process.ts'
import { type AcpConnection, type AcpOptions, openAcp } from './acp-connection.ts'
import type { AgentDriver, AgentJob, AgentOutcome } from './agent-driver.ts'
import { buildPrompt } from './build-prompt.ts'

/** Drives any agent that speaks the Agent Client Protocol (version 1), with one prompt for all. */
export function createAcpDriver(options: AcpOptions): AgentDriver {
  return {
    name: options.agent.name,
    exposed: { readable: options.agent.readable ?? [], programs: [options.agent.command] },
    async run(job, observer, signal) {
      await using connection = openAcp(options, job, observer)
      return await Promise.race([converse(connection, job), whenAborted(signal)])
    },
  }
}

const spokenVersion = 1

/** One session with one prompt; the talk ends with the agent's turn or with the agent. */
async function converse({ agent, exit }: AcpConnection, job: AgentJob): Promise<AgentOutcome> {
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
