import type { EventBody } from '../domain/event.ts'
import { hasDialogue, type Turn } from '../domain/turn.ts'
import { type ConversationRow, storeNoDialogue } from '../store/conversations.ts'
import type { Tx } from '../store/database.ts'
import { type FirstOfProject, insertProjects } from '../store/projects.ts'
import type { PipelineDeps } from './deps.ts'
import { continueProjects } from './revise.ts'

/** What became of a transcript. */
export type Reception =
  { kind: 'project'; projectId: string } | { kind: 'no_dialogue' } | { kind: 'already_there' }

/** A transcript of a conversation whose row is locked. */
export interface Transcript {
  conversation: ConversationRow
  turns: readonly Turn[]
}

function firstOf(deps: PipelineDeps, { conversation, turns }: Transcript): FirstOfProject {
  const events: EventBody[] = [
    { type: 'conversation.received', source: conversation.source, turns: turns.length },
    { type: 'project.status', from: null, to: 'received' },
  ]
  const project = {
    id: deps.id(),
    workspaceId: conversation.workspace_id,
    conversationId: conversation.id,
    title: conversation.title ?? 'Untitled conversation',
    approval: conversation.approval,
    priority: conversation.priority,
    specId: deps.id(),
  }
  return { project, turns, events }
}

function isNew({ conversation: { status } }: Transcript): boolean {
  return status !== 'transcribed' && status !== 'no_dialogue'
}

/**
 * Takes in the transcripts of different conversations: their projects, the projects' first events and
 * the jobs that analyse them commit together, once, whatever is repeated. One that goes on with a
 * project adds to its talk instead. Gives what became of each.
 */
export async function receiveTranscripts(
  deps: PipelineDeps,
  tx: Tx,
  transcripts: readonly Transcript[],
): Promise<Reception[]> {
  const fresh = transcripts.filter(isNew)
  const silent = new Set(fresh.filter(({ turns }) => !hasDialogue(turns)))
  for (const { conversation, turns } of silent) await storeNoDialogue(tx, conversation.id, turns)
  const spoken = fresh.filter((transcript) => !silent.has(transcript))
  const further = new Map(
    spoken.flatMap((transcript) => {
      const { continues: projectId } = transcript.conversation
      return projectId === null ? [] : [[transcript, { ...transcript, projectId }] as const]
    }),
  )
  await continueProjects(deps, tx, [...further.values()])
  const firsts = new Map(
    spoken
      .filter((transcript) => !further.has(transcript))
      .map((transcript) => [transcript, firstOf(deps, transcript)]),
  )
  const made = await insertProjects(tx, [...firsts.values()])
  const projects = [...firsts.values()].map(({ project }) => project)
  await deps.queue.send(
    tx,
    'analyse',
    projects
      .filter(({ id }) => made.has(id))
      .map(({ id, priority }) => ({ data: { projectId: id }, key: id, priority })),
  )
  return transcripts.map((transcript) => {
    if (silent.has(transcript)) return { kind: 'no_dialogue' }
    const continued = further.get(transcript)
    if (continued !== undefined) return { kind: 'project', projectId: continued.projectId }
    const id = firsts.get(transcript)?.project.id
    if (id === undefined || !made.has(id)) return { kind: 'already_there' }
    return { kind: 'project', projectId: id }
  })
}

/** Like receiveTranscripts, for one. */
export async function receiveTranscript(
  deps: PipelineDeps,
  tx: Tx,
  conversation: ConversationRow,
  turns: readonly Turn[],
): Promise<Reception> {
  const [reception] = await receiveTranscripts(deps, tx, [{ conversation, turns }])
  return reception ?? { kind: 'already_there' }
}
