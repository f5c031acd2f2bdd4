import type { AgentJob, AgentObserver } from './agent-driver.ts'
import type { PermissionPolicy } from '../../domain/permission-policy.ts'
import { decide, type PolicyDecision } from './permission-policy.ts'
import type { ToolCall } from './session-update.ts'

export type Permit =
  | { type: 'allowed' }
  | { type: 'denied'; reason: string }
  /** The build ended while a person was asked. */
  | { type: 'withdrawn' }

/** Says what of an agent's wishes may be done, by the policy or by a person, and logs it. */
export interface Permissions {
  permit(call: ToolCall): Promise<Permit>
  /** The same for a command that the runner is to start itself; one that was allowed before passes once. */
  permitCommand(line: string): Promise<Permit>
}

const choices = [
  { id: 'allow', label: 'Allow once' },
  { id: 'allow_build', label: 'Allow the same for the rest of this build' },
  { id: 'deny', label: 'Do not allow' },
] as const

const shownPaths = 5

/** What a call is about, in words for the log and for a person. */
function describe({ kind, command, paths, title }: ToolCall, workspace: string): string {
  const short = (text: string) => text.replaceAll(`${workspace}/`, '')
  if (kind === 'execute') return `run \`${short(command ?? title)}\``
  const more = paths.length > shownPaths ? ` and ${paths.length - shownPaths} more` : ''
  const what = short(paths.length > 0 ? paths.slice(0, shownPaths).join(', ') + more : title)
  return kind === 'other' ? `use a tool: ${title || 'unnamed'}` : `${kind} ${what}`.trim()
}

/** What makes a call the same as another one: what a person is told of it. */
function keyOf({ kind, command, paths, title }: ToolCall): string {
  if (kind === 'execute') return JSON.stringify([kind, command ?? title])
  return JSON.stringify([kind, paths.length > 0 ? paths : title])
}

const changes = ['edit', 'delete', 'move']

/** Without a sandbox, a change that names no file could be one anywhere. */
function tighten(decision: PolicyDecision, call: ToolCall, isConfined: boolean): PolicyDecision {
  const isVague = changes.includes(call.kind) && call.paths.length === 0
  if (isConfined || !isVague || decision.effect !== 'allow') return decision
  return { effect: 'ask', reason: 'it does not say which file it changes' }
}

type Options = Pick<AgentJob, 'workspace' | 'isConfined'> & Pick<AgentObserver, 'log' | 'ask'>

/** Questions to a person in one build; an agent may wish for things without end. */
const maxAsked = 200

/** A longer question would be cut, and its end be allowed unseen. */
const maxQuestion = 2_000

/** Asks a person about calls, and remembers what is allowed for the whole build. */
function createPerson({ workspace, ask }: Options): (call: ToolCall) => Promise<Permit> {
  const allowedForBuild = new Set<string>()
  let asked = 0
  return async (call) => {
    if (allowedForBuild.has(keyOf(call))) return { type: 'allowed' }
    if (asked >= maxAsked) return { type: 'denied', reason: 'people were asked too often' }
    const question = `The agent wants to ${describe(call, workspace)}. May it?`
    if (question.length > maxQuestion) {
      return { type: 'denied', reason: 'it is too long to be shown to a person as a whole' }
    }
    asked += 1
    const answer = await ask({ question, options: choices })
    if (answer.type === 'none') {
      return answer.end === 'withdrawn'
        ? { type: 'withdrawn' }
        : { type: 'denied', reason: 'nobody allowed it in time' }
    }
    const chosen = answer.type === 'option' ? answer.option : 'deny'
    if (chosen === 'allow_build') allowedForBuild.add(keyOf(call))
    return chosen === 'deny'
      ? { type: 'denied', reason: 'a person did not allow it' }
      : { type: 'allowed' }
  }
}

/** The permissions of one build's agent. */
export function createPermissions(policy: PermissionPolicy, options: Options): Permissions {
  const { workspace, isConfined, log } = options
  const allowedOnce = new Map<string, number>()
  const askPerson = createPerson(options)

  const settle = async (call: ToolCall): Promise<Permit> => {
    const { effect, reason } = tighten(decide(policy, call, workspace), call, isConfined)
    switch (effect) {
      case 'allow':
        return { type: 'allowed' }
      case 'deny':
        return { type: 'denied', reason }
      case 'ask':
        return askPerson(call)
      default:
        return effect satisfies never
    }
  }
  const permit = async (call: ToolCall): Promise<Permit> => {
    const decision = await settle(call)
    const what = describe(call, workspace)
    if (decision.type === 'allowed') log('runner', `Allowed: ${what}`)
    if (decision.type === 'denied') log('runner', `Not allowed: ${what} (${decision.reason})`)
    return decision
  }
  return {
    async permit(call) {
      const decision = await permit(call)
      // A command beside work on files was judged by nobody.
      const { kind, command } = call
      if (decision.type === 'allowed' && kind === 'execute' && command !== undefined) {
        allowedOnce.set(command, (allowedOnce.get(command) ?? 0) + 1)
      }
      return decision
    },
    async permitCommand(line) {
      const left = allowedOnce.get(line) ?? 0
      if (left > 0) {
        allowedOnce.set(line, left - 1)
        return { type: 'allowed' }
      }
      const id = `command ${line}`
      return permit({ id, title: line, kind: 'execute', status: '', paths: [], command: line })
    },
  }
}
