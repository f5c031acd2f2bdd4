import { type AcpConnection, type AcpOptions, openAcp, exposedTo } from './acp-connection.ts'
import { explainFailure, explainTurn } from './acp-failures.ts'
import { initialise, newSession, prompt } from './acp-session.ts'
import { type AgentDriver, type AgentJob, type AgentOutcome, whenStopped } from './agent-driver.ts'
import { buildPrompt } from './build-prompt.ts'

/** Drives any agent that speaks the Agent Client Protocol (version 1), with one prompt for all. */
export function createAcpDriver(options: AcpOptions): AgentDriver {
  return {
    name: options.agent.name,
    afterRestart: 'begins_again',
    exposed: exposedTo(options.agent),
    async run(job, observer, signal) {
      await using connection = openAcp(options, job, observer)
      return await Promise.race([converse(connection, job), whenStopped(signal)])
    },
  }
}

/** One session with one prompt; the talk ends with the agent's turn or with the agent. */
async function converse({ agent, exit }: AcpConnection, job: AgentJob): Promise<AgentOutcome> {
  try {
    await initialise(agent)
    const sessionId = await newSession(agent, job.workspace)
    return explainTurn(await prompt(agent, sessionId, await buildPrompt(job)))
  } catch (error) {
    return explainFailure(error, exit)
  }
}
