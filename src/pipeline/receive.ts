import type { EventBody } from '../domain/event.ts'
import { hasDialogue, type Turn } from '../domain/turn.ts'
import { type ConversationRow, storeNoDialogue } from '../store/conversations.ts'
import type { Tx } from '../store/database.ts'
import { insertProject } from '../store/projects.ts'
import type { PipelineDeps } from './deps.ts'

/** What became of a transcript. */
export type Reception =
  { kind: 'project'; projectId: string } | { kind: 'no_dialogue' } | { kind: 'already_there' }

/**
 * Takes in the transcript of a conversation whose row is locked: its project, the project's first
 * events and the job that analyses it commit together, once, whatever is repeated.
 */
export async function receiveTranscript(
  deps: PipelineDeps,
  tx: Tx,
  conversation: ConversationRow,
  turns: readonly Turn[],
): Promise<Reception> {
  if (conversation.status === 'transcribed' || conversation.status === 'no_dialogue') {
    return { kind: 'already_there' }
  }
  if (!hasDialogue(turns)) {
    await storeNoDialogue(tx, conversation.id, turns)
    return { kind: 'no_dialogue' }
  }
  const projectId = deps.id()
  const project = {
    id: projectId,
    workspaceId: conversation.workspace_id,
    conversationId: conversation.id,
    title: conversation.title ?? 'Untitled conversation',
    approval: conversation.approval,
    priority: conversation.priority,
    specId: deps.id(),
  }
  const events: EventBody[] = [
    { type: 'conversation.received', source: conversation.source, turns: turns.length },
    { type: 'project.status', from: null, to: 'received' },
  ]
  if (!(await insertProject(tx, project, turns, events))) return { kind: 'already_there' }
  const { priority } = conversation
  await deps.queue.send(tx, 'analyse', [{ data: { projectId }, key: projectId, priority }])
  return { kind: 'project', projectId }
}
