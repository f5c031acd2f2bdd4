import { isWithin } from '../workspace/confined-files.ts'
import type { PermissionRequest, ToolCall } from './session-update.ts'

export type PermissionDecision =
  | { type: 'allowed'; optionId: string }
  | { type: 'rejected'; optionId: string; reason: string }
  /** The agent offered no way to say no once. */
  | { type: 'cancelled'; reason: string }

/** Why a tool call may not run, or undefined when it may. */
function objection(call: ToolCall, workspace: string, allowCommands: boolean): string | undefined {
  switch (call.kind) {
    case 'edit':
    case 'delete':
    case 'move':
    case 'read':
    case 'search': {
      const stray = call.paths.find((path) => !isWithin(workspace, path))
      if (stray !== undefined) return `${stray} does not lie within the workspace`
      const names = call.paths.length > 0 || call.kind === 'read' || call.kind === 'search'
      return names ? undefined : 'it does not say which file it changes'
    }
    case 'think':
      return undefined
    case 'execute':
      return allowCommands ? undefined : 'this runner does not let agents run commands on request'
    case 'fetch':
    case 'other':
      return 'only work on files of the workspace is allowed'
    default:
      return call.kind satisfies never
  }
}

/** Answers a permission request: work on files within the workspace once, everything else not. */
export function decidePermission(
  call: ToolCall,
  options: PermissionRequest['options'],
  workspace: string,
  allowCommands: boolean,
): PermissionDecision {
  const allow = options.find((option) => option.kind === 'allow_once')
  const reason =
    objection(call, workspace, allowCommands) ??
    (allow ? undefined : 'the agent offered no way to allow it once')
  if (reason === undefined && allow) return { type: 'allowed', optionId: allow.optionId }
  const reject = options.find((option) => option.kind === 'reject_once')
  return reject
    ? { type: 'rejected', optionId: reject.optionId, reason: reason ?? '' }
    : { type: 'cancelled', reason: reason ?? '' }
}
