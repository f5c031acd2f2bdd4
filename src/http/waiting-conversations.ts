import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { requireRole } from '../access/authenticate.ts'
import { pageOf, readCursor } from '../domain/cursor.ts'
import { notFound } from '../domain/errors.ts'
import { dismissTalk } from '../pipeline/dismiss-talk.ts'
import { type Waiting, waitingOf } from '../pipeline/waiting.ts'
import { asCaller } from '../store/caller.ts'
import { getConversation } from '../store/conversations.ts'
import {
  findFollowedConversation,
  type FollowedConversation,
  listWaitingConversations,
} from '../store/waiting-conversations.ts'
import type { HttpDeps, SignedIn } from './deps.ts'
import { callerAt } from './may-act.ts'
import { adminProblems, Done, makeRouter, ok, problems } from './router.ts'

/** Who waits longer than this has been told, and would only clutter the list. */
const listedMs = 14 * 24 * 60 * 60 * 1_000

export const ConversationStateView = z.object({
  id: z.string(),
  source: z.string(),
  title: z.string().nullable(),
  /** The user who created it; null when it came by itself. */
  createdBy: z.string().nullable(),
  createdAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  /** Why it ended, as its source tells it. */
  endReason: z.string().nullable(),
  /**
   * `live`: held, or its end was not told yet; `awaiting_transcript`: ended; `transcribed`;
   * `no_dialogue`: no client said anything; `given_up`: nobody waits for its transcript any more.
   */
  state: z.enum(['live', 'awaiting_transcript', 'transcribed', 'no_dialogue', 'given_up']),
  /** What stands in the way, with what a person can do. */
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** When Tavus is asked for the transcript, unless it sends it before; null where it is not asked. */
  asksAt: z.iso.datetime().nullable(),
  /** When it was taken off the list; null while it is on it. */
  dismissedAt: z.iso.datetime().nullable(),
  /** The project that it began or goes on with; null before there is one. */
  projectId: z.string().nullable(),
})
export type ConversationStateView = z.infer<typeof ConversationStateView>

export const WaitingListView = z.object({
  items: z.array(ConversationStateView),
  nextCursor: z.string().nullable(),
})
export type WaitingListView = z.infer<typeof WaitingListView>

const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
})

function stateView(row: FollowedConversation, { asksAt, ...waiting }: Waiting) {
  const { id, source, title, createdBy, createdAt, endedAt, endReason, projectId } = row
  const { dismissedAt } = row
  return {
    id,
    source,
    title,
    createdBy,
    createdAt: createdAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    endReason,
    ...waiting,
    asksAt: asksAt?.toISOString() ?? null,
    dismissedAt: dismissedAt?.toISOString() ?? null,
    projectId,
  } satisfies ConversationStateView
}

function addDismiss(app: OpenAPIHono<SignedIn>, pipeline: HttpDeps['pipeline']): void {
  app.openapi(
    createRoute({
      method: 'post',
      path: '/v1/conversations/{id}/dismiss',
      request: { params: z.object({ id: z.uuid() }) },
      responses: { 200: ok(Done, 'It is off the list'), ...adminProblems },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const asked = c.get('principal')
      const principal = await asCaller(pipeline.database.db, asked, async (tx) => {
        const { workspace_id: workspaceId } = await getConversation(tx, id)
        return callerAt(tx, asked, workspaceId)
      })
      if (principal === undefined) throw notFound('conversation')
      requireRole(principal, 'member')
      await dismissTalk(pipeline, principal, id)
      return c.json({ ok: true as const }, 200)
    },
  )
}

/** Conversations on their way to a project, read as the caller: row-level security decides. */
export function waitingConversationRoutes({ pipeline }: HttpDeps): OpenAPIHono<SignedIn> {
  const { database, clock, tavus } = pipeline
  const app = makeRouter()
  const view = (row: FollowedConversation) =>
    stateView(row, waitingOf(row, tavus !== undefined, clock()))
  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/conversations',
      request: { query: PageQuery },
      responses: {
        200: ok(WaitingListView, 'Those of the last 14 days that have no project, newest first'),
        ...problems,
      },
    }),
    async (c) => {
      const principal = c.get('principal')
      const { workspaceId } = principal
      const { limit, cursor } = c.req.valid('query')
      const after = readCursor(cursor)
      const since = new Date(clock().getTime() - listedMs)
      const rows = await asCaller(database.db, principal, (tx) =>
        listWaitingConversations(tx, { workspaceId, since, limit: limit + 1 }, after),
      )
      const { shown, next } = pageOf(rows, limit, ({ place: at, id }) => ({ at, id }))
      return c.json({ items: shown.map(view), nextCursor: next }, 200)
    },
  )
  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/conversations/{id}',
      request: { params: z.object({ id: z.uuid() }) },
      responses: { 200: ok(ConversationStateView, 'What it waits for'), ...problems },
    }),
    async (c) => {
      const row = await asCaller(database.db, c.get('principal'), (tx) =>
        findFollowedConversation(tx, c.req.valid('param').id),
      )
      if (row === undefined) throw notFound('conversation')
      return c.json(view(row), 200)
    },
  )
  addDismiss(app, pipeline)
  return app
}
