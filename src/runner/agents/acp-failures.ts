import { RequestError } from '@agentclientprotocol/sdk'
import { AppError } from '../../domain/errors.ts'
import type { Exit } from '../process/child-process.ts'
import type { AgentOutcome } from './agent-driver.ts'

/** What an error in the talk with an agent comes to; `exit` tells how the agent ended. */
export async function explainFailure(
  error: unknown,
  exit: () => Promise<Exit | undefined>,
): Promise<AgentOutcome> {
  if (error instanceof RequestError) return explainRefusal(error)
  if (error instanceof AppError)
    return { type: 'failed', code: 'agent_error', message: error.message }
  return explainExit(await exit())
}

/** How a turn came out that the agent ended with this reason. */
export function explainTurn(stopReason: string): AgentOutcome {
  if (stopReason !== 'refusal') return { type: 'ended', stopReason }
  return { type: 'failed', code: 'agent_refused', message: 'The agent refused to go on.' }
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
