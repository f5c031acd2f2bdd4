import { newSession } from '../agents/acp-session.ts'
import { openAcpWorker, type OpenSession } from '../agents/acp-worker.ts'
import { type AgentOutcome, whenStopped } from '../agents/agent-driver.ts'
import type { LastingSession } from '../agents/lasting-session.ts'
import { carryOutTasks } from '../tasks/carry-out-tasks.ts'
import { openKiro, type KiroConnection } from './kiro-connection.ts'
import { explainLoss } from './kiro-failures.ts'
import type { KiroRun, WayOutcome } from './kiro-run.ts'

/**
 * Has Kiro carry the tasks out one prompt at a time over ACP, as any other agent: one that is lost is
 * started again, a few times, and a new session is told what was handed out before.
 */
export async function drivePrompts(run: KiroRun, args: readonly string[]): Promise<WayOutcome> {
  const { job, observer, signal } = run
  const login = Promise.withResolvers<AgentOutcome>()
  const start = () => {
    const kiro = openKiro(run, args)
    void kiro.loginAsked.then(login.resolve)
    return kiro
  }
  const outside = Promise.race([login.promise, whenStopped(signal)])
  const kiro = start()
  const first = await Promise.race([begin(kiro, job.workspace), outside])
  if (!('connection' in first)) {
    await kiro[Symbol.asyncDispose]()
    return first
  }
  const again: OpenSession = async (_, opened) => {
    const next = start()
    opened(next)
    await next.start()
    return sessionOf(next, job.workspace)
  }
  await using worker = openAcpWorker(again, job, observer, signal, { first, outside })
  const { includeOptional, maxReturns } = job
  return await carryOutTasks(await job.openWorkbench(), worker, {
    includeOptional,
    maxReturns,
    signal,
  })
}

async function sessionOf(kiro: KiroConnection, workspace: string): Promise<LastingSession> {
  return { connection: kiro, id: await newSession(kiro.agent, workspace), goesOn: false }
}

async function begin(
  kiro: KiroConnection,
  workspace: string,
): Promise<LastingSession | WayOutcome> {
  let answers = false
  try {
    await kiro.start()
    answers = true
    return await sessionOf(kiro, workspace)
  } catch (error) {
    const end = await explainLoss(error, kiro, { began: false, answers })
    return end.type === 'lost' ? end.outcome : end
  }
}
