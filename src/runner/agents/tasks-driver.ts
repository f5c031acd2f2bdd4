import type { ClientContext } from '@agentclientprotocol/sdk'
import { carryOutTasks } from '../tasks/carry-out-tasks.ts'
import type { TaskWorker } from '../tasks/task-worker.ts'
import { type AcpConnection, type AcpOptions, openAcp, exposedTo } from './acp-connection.ts'
import { explainFailure, explainTurn } from './acp-failures.ts'
import { initialise, newSession, prompt } from './acp-session.ts'
import { type AgentDriver, type AgentJob, whenStopped } from './agent-driver.ts'
import { mendPrompt, taskPrompt } from './task-prompt.ts'

/** Drives any agent that speaks the Agent Client Protocol (version 1), one prompt for each task. */
export function createTasksDriver(options: AcpOptions): AgentDriver {
  return {
    name: options.agent.name,
    afterRestart: 'goes_on',
    exposed: exposedTo(options.agent),
    async run(job, observer, signal) {
      const bench = await job.openWorkbench()
      await using connection = openAcp(options, job, observer)
      const worker = acpWorker(connection, job, signal)
      const { includeOptional, maxReturns } = job
      return await carryOutTasks(bench, worker, { includeOptional, maxReturns, signal })
    },
  }
}

/** A worker with one session for all tasks. */
function acpWorker(connection: AcpConnection, job: AgentJob, signal: AbortSignal): TaskWorker {
  let session: Promise<string> | undefined
  const open = async (agent: ClientContext) => {
    await initialise(agent)
    return newSession(agent, job.workspace)
  }
  const say = async (text: string) => {
    try {
      session ??= open(connection.agent)
      return explainTurn(await prompt(connection.agent, await session, text))
    } catch (error) {
      return explainFailure(error, connection.exit)
    }
  }
  const stopped = whenStopped(signal)
  return {
    carryOut: async (task) => Promise.race([say(await taskPrompt(job.feature, task)), stopped]),
    mend: async (task, complaint) =>
      Promise.race([say(await mendPrompt(task, complaint)), stopped]),
  }
}
