import path from 'node:path'
import { type ClientContext, methods, RequestError } from '@agentclientprotocol/sdk'
import type { AgentJob } from '../agents/agent-driver.ts'
import { readTaskStatuses, SessionAnswer, type TaskStatuses } from './spec-messages.ts'

/** Kiro's own methods for specs, for the spec of one build. */
export interface SpecCalls {
  /** The session that belongs to the spec; made when there is none. */
  resolveSession(): Promise<string>
  /** Takes up a session of an earlier process; Kiro makes a new one of an id that it has lost. */
  loadSession(sessionId: string): Promise<void>
  taskStatuses(): Promise<TaskStatuses>
  /** Starts the required tasks; the answer comes at once. Gives the session that carries them out. */
  runAllTasks(sessionId: string): Promise<string>
  /** Starts one task, named as `taskStatuses` names it. */
  executeTask(sessionId: string, taskId: string): Promise<string>
}

const methodNotFound = -32601

/** Whether an error says that Kiro has no such method. */
export function isUnknownMethod(error: unknown): boolean {
  return error instanceof RequestError && error.code === methodNotFound
}

/**
 * The methods behind the namespace that the handshake gave, for the spec in `folder`; every call
 * throws what Kiro answers.
 */
export function specCalls(
  agent: ClientContext,
  namespace: string,
  folder: string,
  { workspace, feature }: Pick<AgentJob, 'workspace' | 'feature'>,
  documents: readonly string[],
): SpecCalls {
  const tasksFile = path.join(folder, 'tasks.md')
  const call = (method: string, params: object) =>
    agent.request(`${namespace}spec/${method}`, params)
  const place = { featureName: feature, workspacePaths: [workspace] }
  const invoke = async (sessionId: string, operation: object) => {
    const answer = await call('invoke', {
      ...operation,
      sessionId,
      featureName: feature,
      specDocuments: documents.map((name) => path.join(folder, name)),
      tasksFilePath: tasksFile,
    })
    return SessionAnswer.safeParse(answer).data?.sessionId ?? sessionId
  }
  return {
    async resolveSession() {
      const answer = await call('resolveSession', { ...place, strategy: 'reuse' })
      return SessionAnswer.parse(answer).sessionId
    },
    async loadSession(sessionId) {
      await agent.request(methods.agent.session.load, { sessionId, cwd: workspace, mcpServers: [] })
    },
    async taskStatuses() {
      const answer = await call('getTaskStatuses', { ...place, tasksFilePath: tasksFile })
      return readTaskStatuses(answer)
    },
    runAllTasks: (sessionId) => invoke(sessionId, { operation: 'runAllTasks' }),
    executeTask: (sessionId, taskId) => invoke(sessionId, { operation: 'executeTask', taskId }),
  }
}
