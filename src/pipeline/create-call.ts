import { AppError, notFound, toAppError } from '../domain/errors.ts'
import type { TavusClient } from '../sources/tavus/client.ts'
import type { CreatedTavusCall } from '../sources/tavus/created-call.ts'
import { markedCallback } from '../sources/tavus/find-call.ts'
import { wasRefused } from '../sources/tavus/reply-error.ts'
import {
  forgetCallOrder,
  noteCallOrder,
  renewCallOrder,
  settleCallOrder,
} from '../store/call-orders.ts'
import { ensureConversation, setWishes } from '../store/conversations.ts'
import type { Approval } from '../store/schema.ts'
import type { PipelineDeps } from './deps.ts'
import { requireTavus } from './fetch-transcript.ts'
import { tavusSource } from './tavus-webhooks.ts'

export interface CallRequest {
  /** The order's id, for a call that may be asked for again; a repeat finds the first one. */
  id?: string | undefined
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
  /** The person who asks for it. */
  createdBy?: string | undefined
  /** Where Tavus sends its webhooks. */
  callbackUrl: string
}

export interface CreatedCall {
  conversationId: string
  joinUrl: string
}

/** How long Tavus may still be at work on a call that was asked for: twice what we wait for its answer. */
const settleMs = 60_000

function unsettled(waitMs: number): AppError {
  return new AppError(
    'tavus_unsettled',
    'Tavus has not answered whether it made this call, and may still be making it. Ask again, with the same Idempotency-Key, when the time of Retry-After is over.',
    { status: 503, retryable: true, details: { retryAfterSeconds: Math.ceil(waitMs / 1_000) } },
  )
}

function order(
  tavus: TavusClient,
  { palId, faceId, title, callbackUrl }: CallRequest,
): Promise<CreatedTavusCall> {
  return tavus.createConversation({
    palId,
    callbackUrl,
    ...(faceId !== undefined && { faceId }),
    ...(title !== undefined && { conversationName: title }),
  })
}

/** Stores a call that Tavus has made, with what is wished of it. */
async function keep(
  deps: PipelineDeps,
  request: CallRequest,
  made: CreatedTavusCall,
): Promise<CreatedCall> {
  const joinUrl = made.conversationUrl
  const conversationId = await deps.database.db.transaction().execute(async (tx) => {
    const wanted = {
      title: request.title ?? null,
      approval: request.approval ?? deps.approval,
      priority: request.priority ?? 0,
    }
    const known = await ensureConversation(tx, {
      id: deps.id(),
      workspaceId: request.workspaceId,
      source: tavusSource,
      externalId: made.conversationId,
      ...wanted,
      continues: request.project,
      createdBy: request.createdBy,
    })
    if (known === undefined) throw notFound('workspace')
    // Its first webhook may be quicker than Tavus's answer to us, and knows nothing of our wishes.
    if (known.status === 'live' || known.status === 'ended') {
      await setWishes(tx, known.id, {
        ...wanted,
        continues: request.project ?? null,
        created_by: request.createdBy ?? null,
      })
    }
    const conversationId = known.id
    if (request.id !== undefined) await settleCallOrder(tx, request.id, { conversationId, joinUrl })
    return conversationId
  })
  deps.changed(request.workspaceId)
  return { conversationId, joinUrl }
}

/**
 * Orders a call under an id. The order is noted before Tavus is asked, so that a repeat after a lost
 * answer looks for the call first, by the id in its callback URL.
 */
async function orderOnce(
  deps: PipelineDeps,
  tavus: TavusClient,
  request: CallRequest,
  id: string,
): Promise<CreatedCall> {
  const { db } = deps.database
  const askedAt = deps.clock()
  const before = await noteCallOrder(db, { id, workspaceId: request.workspaceId, askedAt })
  if (before !== undefined) {
    const { conversation_id: conversationId, join_url: joinUrl, asked_at: since } = before
    if (conversationId !== null && joinUrl !== null) return { conversationId, joinUrl }
    const found = await tavus.findCall({ mark: id, since })
    if (found !== undefined) return keep(deps, request, found)
    const waitMs = since.getTime() + settleMs - askedAt.getTime()
    if (waitMs > 0) throw unsettled(waitMs)
    // Looking may have taken long, and of two that found nothing only one may order.
    const renewed = await renewCallOrder(db, id, { before: since, now: deps.clock() })
    if (!renewed) throw unsettled(settleMs)
  }
  const callbackUrl = markedCallback(request.callbackUrl, id)
  try {
    return await keep(deps, request, await order(tavus, { ...request, callbackUrl }))
  } catch (thrown) {
    if (wasRefused(toAppError(thrown))) await forgetCallOrder(db, id)
    throw thrown
  }
}

/**
 * Creates a Tavus call whose transcript comes back here. One with an id is created once, however
 * often it is asked for and whichever answers are lost.
 *
 * @throws AppError `no_tavus_key`, `tavus_…`; `tavus_unsettled` while it cannot be told whether an
 *   earlier order was carried out, `tavus_call_uncertain` when it never can.
 */
export async function createCall(deps: PipelineDeps, request: CallRequest): Promise<CreatedCall> {
  const tavus = requireTavus(deps)
  if (request.id !== undefined) return orderOnce(deps, tavus, request, request.id)
  return keep(deps, request, await order(tavus, request))
}
