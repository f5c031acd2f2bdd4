import type { PlanTask } from '../tasks/plan-task.ts'
import type { TaskWorker } from '../tasks/task-worker.ts'
import type { AcpConnection } from './acp-connection.ts'
import { explainFailure, explainTurn } from './acp-failures.ts'
import { prompt } from './acp-session.ts'
import {
  type AgentJob,
  type AgentObserver,
  type AgentOutcome,
  whenStopped,
} from './agent-driver.ts'
import type { LastingSession } from './lasting-session.ts'
import { turnPrompt, type Turn } from './task-prompt.ts'

/** Opens a session: the known one where it can be taken up; `opened` gets the connection at once. */
export type OpenSession = (
  known: string | undefined,
  opened: (connection: AcpConnection) => void,
) => Promise<LastingSession>

export interface WorkerOptions {
  /** The session to begin with. */
  first?: LastingSession
  /** Ends every turn with what it gives. */
  outside?: Promise<AgentOutcome>
}

/** How often an agent that was lost is started again in one build. */
const maxLosses = 3

/** What a worker remembers between turns. */
interface Memory {
  connection?: AcpConnection
  session?: LastingSession
  /** The session that was open last. */
  known?: string
  /** Whether the session has yet to be told what an earlier one knew. */
  hasToBeTold: boolean
  losses: number
  /** Tasks that were handed out so far. */
  handed: Set<PlanTask>
}

/** What the parts of a worker share. */
interface Work {
  open: OpenSession
  job: AgentJob
  observer: AgentObserver
  memory: Memory
}

/**
 * A worker with one session for all tasks. An agent that is lost is started again, a few times, and its
 * session taken up where it can be, else a new one is told what was handed out before. A turn ends when
 * the signal is raised, whatever the agent does then.
 */
export function openAcpWorker(
  openSession: OpenSession,
  job: AgentJob,
  observer: AgentObserver,
  signal: AbortSignal,
  { first, outside }: WorkerOptions = {},
): TaskWorker & AsyncDisposable {
  const memory: Memory = { losses: 0, hasToBeTold: false, handed: new Set() }
  if (first) {
    memory.connection = first.connection
    memory.session = first
    memory.known = first.id
  }
  const work: Work = { open: openSession, job, observer, memory }
  const stopped = Promise.race([whenStopped(signal), ...(outside ? [outside] : [])])
  const take = async (turn: Omit<Turn, 'isAgain'>): Promise<AgentOutcome> => {
    for (let isAgain = false; ; isAgain = true) {
      const outcome = await attempt({ ...turn, isAgain }, work)
      memory.handed.add(turn.task)
      if (signal.aborted || !isWorthARestart(outcome, memory)) return outcome
      memory.losses += 1
      const count = `${memory.losses} of ${maxLosses}`
      observer.log('runner', `${outcome.message} It is started again (${count}).`)
      await close(memory)
    }
  }
  return {
    carryOut: (task) => Promise.race([take({ task }), stopped]),
    mend: (task, complaint) => Promise.race([take({ task, complaint }), stopped]),
    [Symbol.asyncDispose]: () => close(memory),
  }
}

async function close(memory: Memory): Promise<void> {
  await memory.connection?.[Symbol.asyncDispose]()
  delete memory.connection
  delete memory.session
}

/** One turn in the session that is open, or in one that is opened for it. */
async function attempt(turn: Turn, work: Work): Promise<AgentOutcome> {
  const { memory, job } = work
  try {
    const { connection, id } = memory.session ?? (await open(work))
    const text = await turnPrompt(job.feature, turn, memory.hasToBeTold ? memory.handed : undefined)
    memory.hasToBeTold = false
    return explainTurn(await prompt(connection.agent, id, text))
  } catch (error) {
    const { connection } = memory
    return explainFailure(error, async () => connection?.exit())
  }
}

async function open({ open: openSession, memory }: Work): Promise<LastingSession> {
  const session = await openSession(memory.known, (connection) => {
    memory.connection = connection
  })
  memory.session = session
  memory.hasToBeTold = memory.known !== undefined && !session.goesOn
  memory.known = session.id
  return session
}

/** An agent that never got as far as a session will not do so in the next attempt either. */
function isWorthARestart(
  outcome: AgentOutcome,
  { known, losses }: Memory,
): outcome is Extract<AgentOutcome, { type: 'failed' }> {
  if (outcome.type !== 'failed' || known === undefined || losses >= maxLosses) return false
  return outcome.code === 'agent_died' || outcome.code === 'agent_error'
}
