import { createRoute } from '@hono/zod-openapi'
import { requireRole } from '../access/authenticate.ts'
import { createCall } from '../pipeline/create-call.ts'
import { uploadTranscript } from '../pipeline/upload.ts'
import type { HttpDeps } from './deps.ts'
import { mayAct } from './may-act.ts'
import { jsonBody, makeRouter, ok, problems } from './router.ts'
import {
  ConversationCreatedView,
  type CreateCall,
  CreateConversation,
  type PlaceView,
  type UploadConversation,
} from './views.ts'

/** Who brings a conversation, and its id when it may be brought again. */
interface Bringer {
  workspaceId: string
  createdBy: string
  id: string | undefined
}

function upload(deps: HttpDeps, request: UploadConversation, bringer: Bringer) {
  return uploadTranscript(deps.pipeline, { ...request, ...bringer })
}

function call(deps: HttpDeps, request: CreateCall, bringer: Bringer) {
  const callbackUrl = `${deps.publicUrl}/webhooks/tavus/${deps.tavusToken}`
  const { tavus, ...wishes } = request
  return createCall(deps.pipeline, { callbackUrl, ...tavus, ...wishes, ...bringer })
}

/**
 * Where a new conversation stands when the queue is over what `TALKWRIGHT_BUSY` says. It is stored
 * all the same: the caller learns when to look again, and what cannot be told keeps nobody out.
 */
async function longQueue(
  { gauge, pipeline }: HttpDeps,
  projectId: string | null,
): Promise<PlaceView | null> {
  try {
    const { state } = await gauge.backlog()
    if (state === 'ok') return null
    const place = projectId === null ? await gauge.nextPlace() : await gauge.placeOf(projectId)
    return place ?? null
  } catch (error) {
    pipeline.log.warn({ error: String(error) }, 'queue.not_read')
    return null
  }
}

/** New conversations: a transcript that exists, or a Tavus call that has yet to be held. */
export function conversationRoutes(deps: HttpDeps) {
  const app = makeRouter()
  app.openapi(
    createRoute({
      method: 'post',
      path: '/v1/conversations',
      request: {
        body: jsonBody(CreateConversation),
      },
      responses: { 201: ok(ConversationCreatedView, 'The conversation'), ...problems },
    }),
    async (c) => {
      const request = c.req.valid('json')
      const { project } = request
      const asked = c.get('principal')
      const principal =
        project === undefined ? asked : await mayAct(deps.pipeline.database, asked, project)
      requireRole(principal, 'member')
      const { workspaceId, userId: createdBy } = principal
      if ((request.priority ?? 0) > 0) requireRole(principal, 'admin')
      const bringer = { workspaceId, createdBy, id: c.get('repeatId') }
      const created =
        'transcript' in request
          ? { joinUrl: null, ...(await upload(deps, request, bringer)) }
          : { projectId: project ?? null, ...(await call(deps, request, bringer)) }
      const queue = await longQueue(deps, created.projectId)
      if (queue !== null) c.header('Retry-After', String(Math.max(1, queue.expectedWaitSeconds)))
      return c.json({ ...created, queue }, 201)
    },
  )
  return app
}
