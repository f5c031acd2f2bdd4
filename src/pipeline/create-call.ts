import { notFound } from '../domain/errors.ts'
import { ensureConversation, setWishes } from '../store/conversations.ts'
import type { Approval } from '../store/schema.ts'
import type { PipelineDeps } from './deps.ts'
import { requireTavus } from './fetch-transcript.ts'
import { tavusSource } from './tavus-webhooks.ts'

export interface CallRequest {
  workspaceId: string
  /** Of the Tavus PAL that leads the call. */
  palId: string
  faceId?: string | undefined
  title?: string | undefined
  approval?: Approval | undefined
  /** From -100 to 100; higher goes first. */
  priority?: number | undefined
  /** The project that the call goes on with. */
  project?: string | undefined
  /** Where Tavus sends its webhooks. */
  callbackUrl: string
}

/**
 * Creates a Tavus call whose transcript comes back here.
 *
 * @throws AppError `no_tavus_key`, `tavus_concurrency`, `tavus_unauthorised`
 */
export async function createCall(
  deps: PipelineDeps,
  request: CallRequest,
): Promise<{ conversationId: string; joinUrl: string }> {
  const tavus = requireTavus(deps)
  const created = await tavus.createConversation({
    palId: request.palId,
    callbackUrl: request.callbackUrl,
    ...(request.faceId !== undefined && { faceId: request.faceId }),
    ...(request.title !== undefined && { conversationName: request.title }),
  })
  const row = await deps.database.db.transaction().execute(async (tx) => {
    const wanted = {
      title: request.title ?? null,
      approval: request.approval ?? deps.approval,
      priority: request.priority ?? 0,
    }
    const known = await ensureConversation(tx, {
      id: deps.id(),
      workspaceId: request.workspaceId,
      source: tavusSource,
      externalId: created.conversationId,
      ...wanted,
      continues: request.project,
    })
    if (known === undefined) throw notFound('workspace')
    // Its first webhook may be quicker than Tavus's answer to us, and knows nothing of our wishes.
    await setWishes(tx, known.id, { ...wanted, continues: request.project ?? null })
    return known
  })
  return { conversationId: row.id, joinUrl: created.conversationUrl }
}
