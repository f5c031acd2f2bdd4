import type { AcpOptions } from '../agents/acp-connection.ts'
import type { AgentJob, AgentObserver, AgentOutcome } from '../agents/agent-driver.ts'
import type { KiroSettings } from '../options.ts'

/** One build that Kiro carries out. */
export interface KiroRun {
  options: AcpOptions
  settings: KiroSettings
  job: AgentJob
  observer: AgentObserver
  signal: AbortSignal
  /** Adds what a turn cost, in Kiro's own unit: credits. */
  spend: (amount: number, unit: string) => void
}

/** How one way of driving Kiro came out. */
export type WayOutcome =
  | AgentOutcome
  /** The installed Kiro cannot be driven like this; nothing has begun. `answers`: it speaks ACP. */
  | { type: 'unable'; reason: string; answers: boolean }
