import { parseTranscript } from '../sources/transcripts/parse.ts'
import { insertConversation, lockConversation } from '../store/conversations.ts'
import { projectOfConversation } from '../store/projects.ts'
import type { Approval } from '../store/schema.ts'
import type { PipelineDeps } from './deps.ts'
import { receiveTranscript } from './receive.ts'
import { transact } from './transact.ts'

export interface Upload {
  /** The conversation's id, for an upload that may come again; a repeat finds the first one. */
  id?: string | undefined
  workspaceId: string
  transcript: string
  title?: string | undefined
  filename?: string | undefined
  approval?: Approval | undefined
  /** From -100 to 100; higher goes first. */
  priority?: number | undefined
  /** The project that it goes on with. */
  project?: string | undefined
  /** The person who uploads it. */
  createdBy?: string | undefined
}

export interface Uploaded {
  conversationId: string
  /** Null when nobody spoke. */
  projectId: string | null
}

/**
 * Takes in a transcript file and queues its analysis.
 *
 * @throws AppError `transcript_unreadable`, `transcript_empty`, `transcript_too_large`
 */
export async function uploadTranscript(deps: PipelineDeps, upload: Upload): Promise<Uploaded> {
  const parsed = parseTranscript(
    upload.transcript,
    upload.filename === undefined ? undefined : { filename: upload.filename },
  )
  const conversationId = upload.id ?? deps.id()
  const projectId = await transact(deps, async (tx) => {
    await insertConversation(tx, {
      id: conversationId,
      workspaceId: upload.workspaceId,
      source: 'upload',
      externalId: null,
      title: upload.title ?? parsed.title ?? null,
      approval: upload.approval ?? deps.approval,
      priority: upload.priority,
      continues: upload.project,
      createdBy: upload.createdBy,
    })
    const conversation = await lockConversation(tx, conversationId)
    const reception = await receiveTranscript(deps, tx, conversation, parsed.turns)
    if (reception.kind === 'already_there') return projectOfConversation(tx, conversationId)
    return reception.kind === 'project' ? reception.projectId : null
  })
  if (projectId === null) deps.changed(upload.workspaceId)
  else deps.committed(projectId)
  return { conversationId, projectId }
}
