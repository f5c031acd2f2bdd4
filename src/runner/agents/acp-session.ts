import { methods } from '@agentclientprotocol/sdk'
import type { ClientContext, InitializeResponse } from '@agentclientprotocol/sdk'
import { AppError } from '../../domain/errors.ts'

const spokenVersion = 1

/** Agrees on version 1 of the protocol; throws `agent_error` when the agent speaks another one. */
export async function initialise(agent: ClientContext): Promise<InitializeResponse> {
  const answer = await agent.request(methods.agent.initialize, {
    protocolVersion: spokenVersion,
    clientInfo: { name: 'talkwright-runner', version: '1' },
    clientCapabilities: { fs: { readTextFile: false, writeTextFile: false }, terminal: true },
  })
  if (answer.protocolVersion === spokenVersion) return answer
  const message = `The agent speaks version ${answer.protocolVersion} of ACP only; this runner speaks ${spokenVersion}.`
  throw new AppError('agent_error', message)
}

/** A new session in a folder. */
export async function newSession(agent: ClientContext, cwd: string): Promise<string> {
  const { sessionId } = await agent.request(methods.agent.session.new, { cwd, mcpServers: [] })
  return sessionId
}

/** One turn; gives the reason why it ended. */
export async function prompt(
  agent: ClientContext,
  sessionId: string,
  text: string,
): Promise<string> {
  const { stopReason } = await agent.request(methods.agent.session.prompt, {
    sessionId,
    prompt: [{ type: 'text', text }],
  })
  return stopReason
}
