import { z } from 'zod'
import { assertNever } from './assert-never.ts'

export const ProjectStatus = z.enum([
  'received',
  'analysing',
  'planning',
  'awaiting_approval',
  'building',
  'completed',
  'failed',
  'cancelled',
  'paused',
])
export type ProjectStatus = z.infer<typeof ProjectStatus>

/** The stages that queue work, in order. */
export const Stage = z.enum(['ingest', 'fetch', 'analyse', 'plan', 'build'])
export type Stage = z.infer<typeof Stage>

/** A stage that a person may start again from what is stored. */
export const RetryStage = z.enum(['analyse', 'plan', 'build'])
export type RetryStage = z.infer<typeof RetryStage>

/** Everything that can happen to a project. */
export type StatusAction =
  | { type: 'start_analysis' }
  | { type: 'start_planning' }
  | { type: 'await_approval' }
  | { type: 'start_build' }
  | { type: 'complete' }
  | { type: 'fail' }
  | { type: 'cancel' }
  | { type: 'pause' }
  | { type: 'retry'; from: RetryStage }
  /** More was said, so the talk is analysed anew. */
  | { type: 'revise' }
  /** A person wrote the plan's next version. */
  | { type: 'edit_plan' }

/** No more work is under way or queued in this status. */
export function isSettled(status: ProjectStatus): boolean {
  return status === 'completed' || status === 'failed' || status === 'cancelled'
}

function retryStatus(from: RetryStage): ProjectStatus {
  switch (from) {
    case 'analyse':
      return 'analysing'
    case 'plan':
      return 'planning'
    case 'build':
      return 'building'
    default:
      return assertNever(from)
  }
}

/**
 * The status after an action, or undefined when the action is not allowed from there.
 * Repeating the action that led to the present status is allowed and changes nothing, because a
 * stage may be tried again after its first attempt had begun.
 */
export function nextStatus(status: ProjectStatus, action: StatusAction): ProjectStatus | undefined {
  switch (action.type) {
    case 'start_analysis':
      return status === 'received' || status === 'analysing' ? 'analysing' : undefined
    case 'start_planning':
      return status === 'analysing' || status === 'planning' ? 'planning' : undefined
    case 'await_approval':
      return status === 'planning' || status === 'building' ? 'awaiting_approval' : undefined
    case 'start_build':
      return status === 'awaiting_approval' || status === 'building' ? 'building' : undefined
    case 'complete':
      return status === 'building' ? 'completed' : undefined
    case 'fail':
      return isSettled(status) ? undefined : 'failed'
    case 'cancel':
      return isSettled(status) ? undefined : 'cancelled'
    case 'pause':
      return isSettled(status) || status === 'paused' ? undefined : 'paused'
    case 'retry':
      return isSettled(status) || status === 'paused' || status === 'awaiting_approval'
        ? retryStatus(action.from)
        : undefined
    case 'revise':
      return status === 'building' ? undefined : 'analysing'
    case 'edit_plan':
      return isSettled(status) || status === 'awaiting_approval' ? 'awaiting_approval' : undefined
    default:
      return assertNever(action)
  }
}
