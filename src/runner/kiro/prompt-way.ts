import { explainFailure, explainTurn } from '../agents/acp-failures.ts'
import { newSession, prompt } from '../agents/acp-session.ts'
import { type AgentOutcome, whenStopped } from '../agents/agent-driver.ts'
import { mendPrompt, taskPrompt } from '../agents/task-prompt.ts'
import { carryOutTasks } from '../tasks/carry-out-tasks.ts'
import type { TaskWorker } from '../tasks/task-worker.ts'
import { type KiroConnection, openKiro } from './kiro-connection.ts'
import { explainLoss } from './kiro-failures.ts'
import type { KiroRun, WayOutcome } from './kiro-run.ts'

/** Has Kiro carry the tasks out one prompt at a time over ACP, as any other agent. */
export async function drivePrompts(run: KiroRun, args: readonly string[]): Promise<WayOutcome> {
  const { job, signal } = run
  await using kiro = openKiro(run, args)
  const outside = Promise.race([kiro.loginAsked, whenStopped(signal)])
  const begun = await Promise.race([begin(kiro, job.workspace), outside])
  if (begun.type !== 'session') return begun
  const { includeOptional, maxReturns } = job
  const worker = workIn(begun.id, kiro, run, outside)
  return await carryOutTasks(await job.openWorkbench(), worker, {
    includeOptional,
    maxReturns,
    signal,
  })
}

async function begin(
  kiro: KiroConnection,
  workspace: string,
): Promise<{ type: 'session'; id: string } | WayOutcome> {
  let answers = false
  try {
    await kiro.start()
    answers = true
    return { type: 'session', id: await newSession(kiro.agent, workspace) }
  } catch (error) {
    const end = await explainLoss(error, kiro, { began: false, answers })
    return end.type === 'lost' ? end.outcome : end
  }
}

function workIn(
  sessionId: string,
  kiro: KiroConnection,
  { job }: KiroRun,
  outside: Promise<AgentOutcome>,
): TaskWorker {
  const say = async (text: string): Promise<AgentOutcome> => {
    try {
      return explainTurn(await prompt(kiro.agent, sessionId, text))
    } catch (error) {
      return explainFailure(error, kiro.exit)
    }
  }
  return {
    carryOut: async (task) => Promise.race([say(await taskPrompt(job.feature, task)), outside]),
    mend: async (task, complaint) =>
      Promise.race([say(await mendPrompt(task, complaint)), outside]),
  }
}
