import type { WriteLog } from '../builds/build-log.ts'
import type { StartProgram } from '../process/child-process.ts'
import type { Exposed } from '../sandbox/sandbox.ts'

/** What an agent is to carry out, and where. */
export interface AgentJob {
  name: string
  feature: string
  planHash: string
  includeOptional: boolean
  /** A real path; the agent's working folder. */
  workspace: string
  home: string
  /** What every process of the build has in its environment. */
  env: Readonly<Record<string, string>>
  /** Starts programs where the build's programs run. */
  start: StartProgram
}

/** What a driver tells while its agent works. */
export interface AgentObserver {
  /** The agent gave a sign of life. */
  active(): void
  /** The workspace may have changed. */
  changed(): void
  log: WriteLog
}

export type AgentOutcome =
  | { type: 'ended'; stopReason: string }
  | { type: 'failed'; code: AgentFailure; message: string }
  /** The signal was raised. */
  | { type: 'stopped' }

export type AgentFailure =
  'agent_not_started' | 'agent_needs_login' | 'agent_refused' | 'agent_died' | 'agent_error'

/** A way to have a plan carried out. When `run` resolves, nothing that it started runs any more. */
export interface AgentDriver {
  readonly name: string
  /** What its agent needs of the machine. */
  readonly exposed: Exposed
  run(job: AgentJob, observer: AgentObserver, signal: AbortSignal): Promise<AgentOutcome>
}
