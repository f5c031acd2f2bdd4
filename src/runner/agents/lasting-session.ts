import { setImmediate as nextTurn } from 'node:timers/promises'
import { methods, RequestError } from '@agentclientprotocol/sdk'
import type { ClientContext, InitializeResponse } from '@agentclientprotocol/sdk'
import { type AcpConnection, type AcpOptions, openAcp } from './acp-connection.ts'
import { initialise, newSession } from './acp-session.ts'
import type { AgentJob, AgentObserver } from './agent-driver.ts'

/** A session of an agent that runs. */
export interface LastingSession {
  connection: AcpConnection
  id: string
  /** Whether it knows what was said in the session before it. */
  goesOn: boolean
}

/**
 * Starts the agent and opens a session: the known one where the agent can take it up, else a new one.
 * `opened` gets the connection before anything is said, so that it can be disposed of whatever happens.
 */
export async function openSession(
  options: AcpOptions,
  job: AgentJob,
  observer: AgentObserver,
  known: string | undefined,
  opened: (connection: AcpConnection) => void,
): Promise<LastingSession> {
  let isRepeating = false
  const connection = openAcp(options, job, observer, { update: () => !isRepeating })
  opened(connection)
  const { agent } = connection
  const { agentCapabilities } = await initialise(agent)
  if (known !== undefined) {
    isRepeating = true
    const goesOn = await takeUp(agent, agentCapabilities, known, job.workspace)
    // What came before the answer may still wait to be handled.
    await nextTurn()
    isRepeating = false
    if (goesOn) return { connection, id: known, goesOn }
  }
  return { connection, id: await newSession(agent, job.workspace), goesOn: false }
}

/** Takes a session up by the means that the agent has; false when it has none, or forgot the session. */
async function takeUp(
  agent: ClientContext,
  capabilities: InitializeResponse['agentCapabilities'],
  sessionId: string,
  cwd: string,
): Promise<boolean> {
  const session = { sessionId, cwd, mcpServers: [] }
  try {
    if (capabilities?.sessionCapabilities?.resume) {
      await agent.request(methods.agent.session.resume, session)
    } else if (capabilities?.loadSession === true) {
      await agent.request(methods.agent.session.load, session)
    } else return false
    return true
  } catch (error) {
    if (error instanceof RequestError) return false
    throw error
  }
}
