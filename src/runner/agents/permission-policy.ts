import path from 'node:path'
import type {
  Effect,
  PermissionPolicy,
  PermissionRule as Rule,
} from '../../domain/permission-policy.ts'
import { isWithin } from '../workspace/confined-files.ts'
import { splitCommand } from './command-parts.ts'
import type { ToolCall } from './session-update.ts'

/** Work on files. Where they lie is looked at before any rule. */
const onFiles = ['read', 'search', 'edit', 'delete', 'move'] as const

/**
 * The policy where nothing else is said. In a sandbox an agent may do what the sandbox lets it;
 * without one a person is asked before a command runs.
 */
export function usualPolicy(isConfined: boolean): PermissionPolicy {
  return {
    rules: [
      { kinds: [...onFiles, 'think'], do: 'allow' },
      { kinds: ['execute'], do: isConfined ? 'allow' : 'ask' },
    ],
    otherwise: 'ask',
  }
}

export interface PolicyDecision {
  effect: Effect
  /** Why it is not simply allowed; empty when it is. */
  reason: string
}

/** Refusals that no policy can lift. */
function objection(call: ToolCall, workspace: string): string | undefined {
  if (!onFiles.some((kind) => kind === call.kind)) return undefined
  const stray = call.paths.find((file) => !isWithin(workspace, file))
  return stray === undefined ? undefined : `${stray} does not lie within the workspace`
}

function fitsPaths(patterns: readonly string[], call: ToolCall, workspace: string): boolean {
  const inside = call.paths.map((file) => path.relative(workspace, path.resolve(workspace, file)))
  return (
    inside.length > 0 &&
    inside.every((file) => patterns.some((pattern) => path.posix.matchesGlob(file, pattern)))
  )
}

function beginsWith(words: readonly string[], prefix: string): boolean {
  const wanted = prefix.split(' ').filter(Boolean)
  return wanted.length > 0 && wanted.every((word, index) => words[index] === word)
}

/**
 * Whether a rule's commands fit. To allow or ask, every part of a compound command must fit, and
 * nothing in it may be worked out by the shell; to deny, one part is enough.
 */
function fitsCommand(rule: Rule, commands: readonly string[], call: ToolCall): boolean {
  if (call.command === undefined) return false
  const { parts, isPlain } = splitCommand(call.command)
  const fits = (words: readonly string[]) => commands.some((prefix) => beginsWith(words, prefix))
  if (rule.do === 'deny') return parts.some(fits)
  return isPlain && parts.length > 0 && parts.every(fits)
}

function fits(rule: Rule, call: ToolCall, workspace: string): boolean {
  if (rule.kinds !== undefined && !rule.kinds.includes(call.kind)) return false
  if (rule.paths !== undefined && !fitsPaths(rule.paths, call, workspace)) return false
  return rule.commands === undefined || fitsCommand(rule, rule.commands, call)
}

const reasons = {
  allow: '',
  ask: 'a person has to allow it',
  deny: 'this runner does not let agents do that',
} as const satisfies Record<Effect, string>

/**
 * Whether the policy lets an agent run any command without a word: for agents that can only be told
 * so once, before they begin.
 */
export function trustsCommands({ rules, otherwise }: PermissionPolicy): boolean {
  const forCommands = rules.filter(({ kinds }) => kinds?.includes('execute') ?? true)
  const limiting = forCommands.filter(
    (rule) => rule.commands !== undefined || rule.paths !== undefined,
  )
  const general = forCommands.find((rule) => !limiting.includes(rule))?.do ?? otherwise
  return general === 'allow' && limiting.every((rule) => rule.do === 'allow')
}

/** What the policy says of a tool call. Nothing outside of the workspace is ever allowed. */
export function decide(
  policy: PermissionPolicy,
  call: ToolCall,
  workspace: string,
): PolicyDecision {
  const objected = objection(call, workspace)
  if (objected !== undefined) return { effect: 'deny', reason: objected }
  const effect = policy.rules.find((rule) => fits(rule, call, workspace))?.do ?? policy.otherwise
  return { effect, reason: reasons[effect] }
}
