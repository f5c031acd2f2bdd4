import type { BuildCost } from '../../domain/build.ts'
import type { Ask } from '../builds/questions.ts'
import type { WriteLog } from '../builds/build-log.ts'
import type { StartProgram } from '../process/child-process.ts'
import type { Exposed } from '../sandbox/sandbox.ts'
import type { TickedTasks } from '../tasks/ticked-tasks.ts'
import type { Workbench } from '../tasks/workbench.ts'

/** What an agent is to carry out, and where. */
export interface AgentJob {
  name: string
  feature: string
  planHash: string
  includeOptional: boolean
  /** An earlier attempt was cut off by the runner's end. */
  resumed: boolean
  /** A real path; the agent's working folder. */
  workspace: string
  home: string
  /** What every process of the build has in its environment. */
  env: Readonly<Record<string, string>>
  /** Whether they run in a sandbox. */
  isConfined: boolean
  /** Starts programs where the build's programs run. */
  start: StartProgram
  /** For drivers that have tasks verified and committed by the runner, one at a time. */
  openWorkbench: () => Promise<Workbench>
  /** For drivers whose agent carries out and ticks all tasks by itself. */
  openTickedTasks: () => Promise<TickedTasks>
  /** How often a task goes back to the agent after a failed verification. */
  maxReturns: number
}

/** What a driver tells while its agent works. */
export interface AgentObserver {
  /** The agent gave a sign of life. */
  active(): void
  /** The workspace may have changed. */
  changed(): void
  /** What a session has cost so far; a later word replaces an earlier one. */
  spent(session: string, cost: BuildCost): void
  /** The agent is given another turn. */
  turn(): void
  /** The agent sent so many bytes more. */
  received(bytes: number): void
  log: WriteLog
  /** Asks a person, and waits for the answer; the build's limits stand still meanwhile. */
  ask: Ask
}

export type AgentOutcome =
  | { type: 'ended'; stopReason: string }
  | { type: 'failed'; code: AgentFailure; message: string }
  /** The signal was raised. */
  | { type: 'stopped' }

export type AgentFailure =
  'agent_not_started' | 'agent_needs_login' | 'agent_refused' | 'agent_died' | 'agent_error'

/**
 * What a driver does with a build that was cut off by the runner's end: `goes_on` from the last
 * commit, or `begins_again` from the plan, because its agent does not know what it did before.
 */
export type AfterRestart = 'goes_on' | 'begins_again'

/** A way to have a plan carried out. When `run` resolves, nothing that it started runs any more. */
export interface AgentDriver {
  readonly name: string
  readonly afterRestart: AfterRestart
  /** What its agent needs of the machine. */
  readonly exposed: Exposed
  run(job: AgentJob, observer: AgentObserver, signal: AbortSignal): Promise<AgentOutcome>
}

/** Resolves once the signal is raised; never rejects. */
export function whenStopped(signal: AbortSignal): Promise<AgentOutcome> {
  return new Promise((resolve) => {
    const stop = () => resolve({ type: 'stopped' })
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
}
