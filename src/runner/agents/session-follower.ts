import type { AgentObserver } from './agent-driver.ts'
import type { LogLineKind } from '../builds/build-log.ts'
import { joinLines } from '../process/log-text.ts'
import { mergeToolCall, readUpdate } from './session-update.ts'
import type { ToolCall, ToolCallPart } from './session-update.ts'

/** Turns what an agent reports into log lines, and says when the workspace may have changed. */
export interface SessionFollower {
  update(params: unknown): void
  /** The tool call with what this part adds to what is known of it. */
  toolCall(part: ToolCallPart): ToolCall
  /** Writes the last unfinished line of the agent's text. */
  flush(): void
}

/** Tool calls that are remembered at the same time; older ones are forgotten. */
const maxToolCalls = 500

function logKind(call: ToolCall): LogLineKind {
  switch (call.kind) {
    case 'edit':
    case 'delete':
    case 'move':
      return 'file'
    case 'execute':
      return 'command'
    case 'read':
    case 'search':
    case 'think':
    case 'fetch':
    case 'other':
      return 'tool'
    default:
      return call.kind satisfies never
  }
}

/** Follows one session; paths are shown relative to the workspace. */
export function followSession(workspace: string, observer: AgentObserver): SessionFollower {
  const calls = new Map<string, ToolCall>()
  const text = joinLines()
  const say = (lines: readonly string[]) => {
    for (const line of lines) observer.log('agent', line)
  }
  const short = (line: string) => line.replaceAll(`${workspace}/`, '')

  const toolCall = (part: ToolCallPart): ToolCall => {
    const call = mergeToolCall(calls.get(part.toolCallId), part)
    calls.delete(call.id)
    calls.set(call.id, call)
    const [oldest] = calls.keys()
    if (calls.size > maxToolCalls && oldest !== undefined) calls.delete(oldest)
    return call
  }
  const describe = (call: ToolCall) =>
    short([call.title || call.kind, ...call.paths.slice(0, 5)].join(' '))

  const followTool = (part: ToolCallPart) => {
    const before = calls.get(part.toolCallId)
    const call = toolCall(part)
    if (!before) observer.log(logKind(call), describe(call))
    if (call.status === before?.status) return
    if (call.status === 'failed') observer.log(logKind(call), `failed: ${describe(call)}`)
    if (call.status === 'completed' || call.status === 'failed') observer.changed()
  }
  return {
    toolCall,
    flush: () => say(text.flush()),
    update(params) {
      const update = readUpdate(params)
      if (update.type === 'text') say(text.push(update.text))
      if (update.type === 'cost') observer.spent(update.session, update.cost)
      if (update.type !== 'tool') return
      say(text.flush())
      followTool(update.part)
    },
  }
}
