import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { methods } from '@agentclientprotocol/sdk'
import type { AgentContext, SessionUpdate } from '@agentclientprotocol/sdk'
import { assertNever } from '../../domain/assert-never.ts'
import type { TaskState } from '../../domain/build.ts'
import type { ReportProgress, ScaffoldEvent } from './progress-report.ts'

/** Tells a client what happens, in the session's updates. */
export function sessionReporter(
  client: AgentContext,
  sessionId: string,
  cwd: string,
): ReportProgress {
  const running = new Map<string, string>()
  return async (event) => {
    for (const update of updatesFor(event, cwd, running)) {
      await client.notify(methods.client.session.update, { sessionId, update })
    }
  }
}

function updatesFor(
  event: ScaffoldEvent,
  cwd: string,
  running: Map<string, string>,
): SessionUpdate[] {
  switch (event.type) {
    case 'plan':
      return [
        {
          sessionUpdate: 'plan',
          entries: event.tasks.map(({ number, title, state, optional }) => ({
            content: `${number} ${title}`,
            priority: optional ? 'low' : 'medium',
            status: statusOf(state),
          })),
        },
      ]
    case 'files':
      return event.paths.flatMap((file) => writeUpdates(path.join(cwd, file), file, event.task))
    case 'tests_started': {
      const toolCallId = randomUUID()
      running.set(event.task, toolCallId)
      const title = `Run the tests for task ${event.task}`
      return [
        { sessionUpdate: 'tool_call', toolCallId, title, kind: 'execute', status: 'in_progress' },
      ]
    }
    case 'tests_finished': {
      const toolCallId = running.get(event.task) ?? randomUUID()
      running.delete(event.task)
      return [
        {
          sessionUpdate: 'tool_call_update',
          toolCallId,
          status: event.passed ? 'completed' : 'failed',
          content: [{ type: 'content', content: { type: 'text', text: event.summary } }],
        },
      ]
    }
    case 'said':
      return [
        {
          sessionUpdate: 'agent_message_chunk',
          content: { type: 'text', text: `${event.text}\n` },
        },
      ]
    default:
      return assertNever(event)
  }
}

function writeUpdates(location: string, file: string, task: string): SessionUpdate[] {
  const toolCallId = randomUUID()
  return [
    {
      sessionUpdate: 'tool_call',
      toolCallId,
      title: `Write ${file} for task ${task}`,
      kind: 'edit',
      status: 'in_progress',
      locations: [{ path: location }],
    },
    { sessionUpdate: 'tool_call_update', toolCallId, status: 'completed' },
  ]
}

function statusOf(state: TaskState): 'pending' | 'in_progress' | 'completed' {
  switch (state) {
    case 'completed':
      return 'completed'
    case 'in_progress':
      return 'in_progress'
    case 'queued':
    case 'not_started':
      return 'pending'
    default:
      return assertNever(state)
  }
}
