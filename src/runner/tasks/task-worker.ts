import type { AgentOutcome } from '../agents/agent-driver.ts'
import type { PlanTask } from './plan-task.ts'

/**
 * Whoever carries out one task at a time. How an agent is spoken to is its own business; what a task
 * is worth is decided by the workbench.
 */
export interface TaskWorker {
  /** Has the agent carry out a task; resolves when its turn is over. */
  carryOut(task: PlanTask): Promise<AgentOutcome>
  /** Tells the agent what is still wrong with the task that it carried out last. */
  mend(task: PlanTask, complaint: string): Promise<AgentOutcome>
}
