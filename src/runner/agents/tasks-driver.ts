import { carryOutTasks } from '../tasks/carry-out-tasks.ts'
import { type AcpOptions, exposedTo } from './acp-connection.ts'
import { openAcpWorker, type OpenSession } from './acp-worker.ts'
import { openSession } from './lasting-session.ts'
import type { AgentDriver } from './agent-driver.ts'

/** Drives any agent that speaks the Agent Client Protocol (version 1), one prompt for each task. */
export function createTasksDriver(options: AcpOptions): AgentDriver {
  return {
    name: options.agent.name,
    afterRestart: 'goes_on',
    exposed: exposedTo(options.agent),
    async run(job, observer, signal) {
      const bench = await job.openWorkbench()
      const open: OpenSession = (known, opened) =>
        openSession(options, job, observer, known, opened)
      await using worker = openAcpWorker(open, job, observer, signal)
      const { includeOptional, maxReturns } = job
      return await carryOutTasks(bench, worker, { includeOptional, maxReturns, signal })
    },
  }
}
