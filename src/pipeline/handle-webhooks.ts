import { AppError } from '../domain/errors.ts'
import { parseTavusBody, type TavusBody } from '../sources/tavus/webhook.ts'
import {
  type ConversationRow,
  ensureConversations,
  markEnded,
  type WantedConversation,
} from '../store/conversations.ts'
import type { Tx } from '../store/database.ts'
import { getInboxes, type KeptMessage, markHandled } from '../store/inbox.ts'
import { type Batcher, createBatcher, type Reply } from './batcher.ts'
import type { PipelineDeps } from './deps.ts'
import { fetchDelayMs } from './fetch-transcript.ts'
import { whyNotCompleted } from './queue/complete-one.ts'
import type { Attempt } from './queue/queue.ts'
import { receiveTranscripts } from './receive.ts'
import { type ActingBody, acts, tavusSource } from './tavus-webhooks.ts'
import { transact } from './transact.ts'

type Ingest = Attempt<'ingest'>

/** A kept message as far as it can be read: nothing is left to do for one that is gone or handled. */
type Read = { todo: TavusBody | undefined; goesOn?: boolean } | { unreadable: unknown }

function read(message: KeptMessage | undefined): Read {
  if (message === undefined || message.handled) return { todo: undefined }
  try {
    return { todo: parseTavusBody(message.body), goesOn: message.goesOn }
  } catch (thrown) {
    return { unreadable: thrown }
  }
}

/** A message that is acted on in this transaction. */
interface Acting<B extends ActingBody = ActingBody> {
  inboxId: string
  body: B
}

async function conversationsFor(
  deps: PipelineDeps,
  tx: Tx,
  actings: readonly Acting[],
): Promise<(acting: Acting) => ConversationRow> {
  const wanted = new Map<string, WantedConversation>(
    actings.map(({ body: { conversationId: externalId } }) => [
      externalId,
      { id: deps.id(), source: tavusSource, externalId, title: null, approval: deps.approval },
    ]),
  )
  const found = await ensureConversations(tx, [...wanted.values()])
  return ({ body }) => {
    const conversation = found.get(body.conversationId)
    if (conversation !== undefined) return conversation
    throw new AppError('no_workspace', 'There is no workspace yet. Start the server once first.')
  }
}

async function handleEnd(
  deps: PipelineDeps,
  tx: Tx,
  conversation: ConversationRow,
  reason: string,
): Promise<void> {
  await markEnded(tx, conversation, reason, deps.clock())
  if (deps.tavus === undefined || conversation.status !== 'live') return
  const { id: key, priority } = conversation
  const data = { conversationId: key }
  const job = { data, key, priority, delaySeconds: fetchDelayMs / 1_000 }
  await deps.queue.send(tx, 'fetch', [job])
}

function ofKind<K extends ActingBody['kind']>(actings: readonly Acting[], kind: K) {
  return actings.filter(
    (acting): acting is Acting<Extract<ActingBody, { kind: K }>> => acting.body.kind === kind,
  )
}

/** What has news after a transaction. */
interface Changed {
  projects: readonly string[]
  workspaces: ReadonlySet<string>
}

/** Acts on messages about different conversations; gives what they made and whose they are. */
async function act(deps: PipelineDeps, tx: Tx, actings: readonly Acting[]): Promise<Changed> {
  const conversationOf = await conversationsFor(deps, tx, actings)
  const ended = ofKind(actings, 'ended')
  for (const end of ended) await handleEnd(deps, tx, conversationOf(end), end.body.rawReason)
  const transcripts = ofKind(actings, 'transcript')
  const receptions = await receiveTranscripts(
    deps,
    tx,
    transcripts.map((acting) => ({
      conversation: conversationOf(acting),
      turns: acting.body.turns,
    })),
  )
  await markHandled(
    tx,
    [
      ...[...ofKind(actings, 'joined'), ...ended].map(({ inboxId }) => ({
        id: inboxId,
        outcome: 'conversation',
      })),
      ...transcripts.map(({ inboxId }, index) => ({
        id: inboxId,
        outcome: receptions[index]?.kind ?? 'already_there',
      })),
    ],
    deps.clock(),
  )
  return {
    projects: receptions.flatMap((reception) =>
      reception.kind === 'project' ? [reception.projectId] : [],
    ),
    workspaces: new Set(actings.map((acting) => conversationOf(acting).workspace_id)),
  }
}

/** How those are handled whose conversation goes on with a project, which somebody may hold. */
type Further = 'here' | 'apart'

interface Handled {
  reads: ReadonlyMap<Ingest, Read>
  held: ReadonlySet<Ingest>
  changed: Changed
}

function isFurther(found: Read | undefined): boolean {
  return found !== undefined && 'todo' in found && found.goesOn === true
}

async function handleBatch(
  deps: PipelineDeps,
  tx: Tx,
  batch: readonly Ingest[],
  further: Further,
): Promise<Handled> {
  const messages = await getInboxes(
    tx,
    batch.map(({ data }) => data.inboxId),
  )
  const reads = new Map(
    batch.map((attempt) => [attempt, read(messages.get(attempt.data.inboxId))] as const),
  )
  const readable = [...reads].flatMap(([attempt, found]) =>
    'todo' in found && (further === 'here' || !isFurther(found)) ? [attempt] : [],
  )
  const held = await deps.queue.complete(tx, readable)
  const bodies = [...reads].flatMap(([attempt, found]) => {
    if (!held.has(attempt) || !('todo' in found) || found.todo === undefined) return []
    return [{ inboxId: attempt.data.inboxId, body: found.todo }]
  })
  const actings = bodies.flatMap(({ inboxId, body }) => (acts(body) ? [{ inboxId, body }] : []))
  const ignored = bodies.filter(({ body }) => !acts(body))
  await markHandled(
    tx,
    ignored.map(({ inboxId }) => ({ id: inboxId, outcome: 'ignored' })),
    deps.clock(),
  )
  return { reads, held, changed: await act(deps, tx, actings) }
}

/**
 * Acts on kept messages in one transaction; of each the outcome and its job's completion commit
 * together. Those whose conversation goes on with a project go to `apart`, where there is one.
 */
async function handleTogether(
  deps: PipelineDeps,
  batch: readonly Ingest[],
  apart?: Batcher<Ingest, void>,
): Promise<Reply<void>[]> {
  const further = apart === undefined ? 'here' : 'apart'
  const { reads, held, changed } = await transact(deps, (tx) =>
    handleBatch(deps, tx, batch, further),
  )
  for (const id of changed.projects) deps.committed(id)
  for (const id of changed.workspaces) deps.changed(id)
  return batch.map((attempt) => async () => {
    const found = reads.get(attempt)
    if (found !== undefined && 'unreadable' in found) throw found.unreadable
    if (apart !== undefined && isFurther(found)) await apart.ask(attempt)
    else if (!held.has(attempt)) throw whyNotCompleted(attempt)
  })
}

/** Acts on kept messages, those that are taken up at about the same time together. */
export function createReceptions(deps: PipelineDeps): Batcher<Ingest, void> {
  const bounds = { flights: 2, heaviest: 50, weigh: () => 1 }
  // These wait for those who hold the projects, so the others have flights of their own.
  const apart = createBatcher<Ingest, void>({
    ...bounds,
    run: (batch) => handleTogether(deps, batch),
    most: 1,
  })
  return createBatcher<Ingest, void>({
    ...bounds,
    run: (batch) => handleTogether(deps, batch, apart),
    most: 50,
    keyOf: ({ data }) => data.inboxId,
  })
}
